using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>From one element type to another.</summary>
/// <example><code>
/// NDArray whole = NDArray.From(new[] { 1.9, -1.9 }).AsType(DType.Int32);   // 1, -1
/// </code></example>
public static class NDArrayCasting
{
    extension(NDArray array)
    {
        /// <summary>The same values as another element type; the array itself where it has that type already.</summary>
        /// <remarks>
        /// To bool: everything but 0 is true (NaN too, as in NumPy). From bool: 0 and 1.
        /// To a floating type: rounded to nearest, ties to even; too large becomes infinity.
        /// To a whole-number type: the fraction is dropped; NaN, infinity and values out of range are refused, never wrapped.
        /// Complex to real: refused unless every imaginary part is 0.
        /// </remarks>
        /// <exception cref="OverflowException">A value that <paramref name="dtype"/> cannot hold; the message names it and its place.</exception>
        public NDArray AsType(DType dtype) => array.DType == dtype ? array : array.DType switch
        {
            DType.Boolean => Convert(array, MemoryMarshal.AsBytes(array.AsSpan<bool>()), dtype),
            DType.Int8 => Convert(array, array.AsSpan<sbyte>(), dtype),
            DType.Int16 => Convert(array, array.AsSpan<short>(), dtype),
            DType.Int32 => Convert(array, array.AsSpan<int>(), dtype),
            DType.Int64 => Convert(array, array.AsSpan<long>(), dtype),
            DType.UInt8 => Convert(array, array.AsSpan<byte>(), dtype),
            DType.UInt16 => Convert(array, array.AsSpan<ushort>(), dtype),
            DType.UInt32 => Convert(array, array.AsSpan<uint>(), dtype),
            DType.UInt64 => Convert(array, array.AsSpan<ulong>(), dtype),
            DType.Float16 => Convert(array, array.AsSpan<Half>(), dtype),
            DType.BFloat16 => Convert<float>(array, Map(array.AsSpan<BFloat16>(), static v => (float)v), dtype),
            DType.Float32 => Convert(array, array.AsSpan<float>(), dtype),
            DType.Float64 => Convert(array, array.AsSpan<double>(), dtype),
            DType.Complex128 => FromComplex(array, dtype),
            _ => throw new InvalidOperationException($"NDArray: {array.DType} is not an element type."),
        };
    }

    private static NDArray Convert<T>(NDArray source, ReadOnlySpan<T> values, DType to)
        where T : unmanaged, INumber<T> => to switch
        {
            DType.Boolean => NDArray.Wrap(Map(values, static v => !T.IsZero(v)), source.Dims),
            DType.Int8 => Checked<T, sbyte>(source, values),
            DType.Int16 => Checked<T, short>(source, values),
            DType.Int32 => Checked<T, int>(source, values),
            DType.Int64 => Checked<T, long>(source, values),
            DType.UInt8 => Checked<T, byte>(source, values),
            DType.UInt16 => Checked<T, ushort>(source, values),
            DType.UInt32 => Checked<T, uint>(source, values),
            DType.UInt64 => Checked<T, ulong>(source, values),
            DType.Float16 => Checked<T, Half>(source, values),
            DType.BFloat16 => NDArray.Wrap(Map(values, static v => Narrow(double.CreateChecked(v))), source.Dims),
            DType.Float32 => Checked<T, float>(source, values),
            DType.Float64 => Checked<T, double>(source, values),
            DType.Complex128 => NDArray.Wrap(Map(values, static v => new Complex(double.CreateChecked(v), 0)), source.Dims),
            _ => throw new ArgumentOutOfRangeException(nameof(to), to, "Not an element type."),
        };

    // CreateChecked is the rule of the remarks above for every pair of number types: it rounds, drops fractions, and throws where it must.
    private static NDArray Checked<TFrom, TTo>(NDArray source, ReadOnlySpan<TFrom> values)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        var result = new TTo[values.Length];
        int i = 0;
        try
        {
            for (; i < values.Length; i++)
            {
                result[i] = TTo.CreateChecked(values[i]);
            }
        }
        catch (OverflowException e)
        {
            throw DoesNotFit(source, i, string.Create(CultureInfo.InvariantCulture, $"{values[i]}"), DTypeFacts.Of<TTo>(), e);
        }

        return NDArray.Wrap(result, source.Dims);
    }

    private static NDArray FromComplex(NDArray source, DType to)
    {
        ReadOnlySpan<Complex> values = source.AsSpan<Complex>();
        if (to == DType.Boolean)
        {
            return NDArray.Wrap(Map(values, static v => v != Complex.Zero), source.Dims);
        }

        var real = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].Imaginary != 0)
            {
                throw DoesNotFit(source, i, values[i].ToString(CultureInfo.InvariantCulture), to, null);
            }

            real[i] = values[i].Real;
        }

        return NDArray.Wrap(real, source.Dims).AsType(to);
    }

    private static TTo[] Map<TFrom, TTo>(ReadOnlySpan<TFrom> values, Func<TFrom, TTo> convert)
    {
        var result = new TTo[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            result[i] = convert(values[i]);
        }

        return result;
    }

    // Rounding twice (to float, then to bfloat16) could miss the nearest; rounding to odd first cannot, as float keeps over two bits more.
    private static BFloat16 Narrow(double value)
    {
        float near = (float)value;
        if (near != value && float.IsFinite(near))
        {
            uint bits = BitConverter.SingleToUInt32Bits(near);
            near = BitConverter.UInt32BitsToSingle((Math.Abs((double)near) > Math.Abs(value) ? bits - 1 : bits) | 1);
        }

        return (BFloat16)near;
    }

    private static OverflowException DoesNotFit(NDArray source, int flat, string value, DType to, Exception? cause)
    {
        int[] strides = source.Dims.Strides();
        var place = new int[strides.Length];
        for (int axis = 0; axis < strides.Length; axis++)
        {
            place[axis] = flat / strides[axis] % source.Dims[axis].Size;
        }

        string range = to.Name.Contains("int", StringComparison.Ordinal) ? $"values that fit {to.Name}" : "values without imaginary part";
        return new OverflowException($"NDArray.AsType({to.Name}): expected {range}, received {value} at [{string.Join(",", place)}] of {source.Type}. Round, clip or mask first.", cause);
    }
}
