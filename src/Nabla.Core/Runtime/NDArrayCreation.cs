using System.Globalization;
using System.Numerics;

namespace Nabla;

/// <summary>Arrays from a rule instead of from values.</summary>
/// <example><code>
/// NDArray ones = NDArray.Ones(DType.Float32, [2, 3]);
/// NDArray grid = NDArray.Arange(0.0, 1.0, 0.25);   // 0, 0.25, 0.5, 0.75
/// </code></example>
public static class NDArrayCreation
{
    extension(NDArray)
    {
        /// <summary>An array of ones (true for booleans).</summary>
        public static NDArray Ones(DType dtype, Dims dims)
        {
            NDArray ones = NDArray.From(new byte[] { 1 }).AsType(dtype);
            NDArray result = NDArray.Zeros(dtype, dims);
            ReadOnlySpan<byte> one = ones.Bytes;
            for (long at = 0; at < (long)result.Count * one.Length; at += one.Length)
            {
                one.CopyTo(result.ByteRun(at, one.Length));
            }

            return result;
        }

        /// <summary>An array of one value, whose .NET type decides the element type.</summary>
        public static NDArray Full<T>(T value, Dims dims)
            where T : unmanaged
        {
            var storage = new T[dims.Count];
            storage.AsSpan().Fill(value);
            return NDArray.Wrap(storage, dims);
        }

        /// <summary>0, 1, 2, ... up to but without <paramref name="stop"/>, of the element type that <typeparamref name="T"/> has.</summary>
        public static NDArray Arange<T>(T stop)
            where T : unmanaged, INumber<T> => NDArray.Arange(T.Zero, stop, T.One);

        /// <summary>
        /// <paramref name="start"/>, <paramref name="start"/> + <paramref name="step"/>, ... up to but without <paramref name="stop"/>.
        /// Element i is start + i * step, computed in <typeparamref name="T"/>; with a fractional step, rounding decides whether the last is there.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">The step is 0 or not a number, or more elements than an array can hold.</exception>
        public static NDArray Arange<T>(T start, T stop, T step)
            where T : unmanaged, INumber<T>
        {
            // Counted in double, as NumPy does.
            double length = Math.Ceiling((double.CreateChecked(stop) - double.CreateChecked(start)) / double.CreateChecked(step));
            if (T.IsZero(step) || double.IsNaN(length) || length > Array.MaxLength)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(step),
                    string.Create(CultureInfo.InvariantCulture, $"NDArray.Arange: expected a step that leads from {start} to {stop} in at most {Array.MaxLength} elements, received {step}."));
            }

            var values = new T[(int)Math.Max(0, length)];
            for (int i = 0; i < values.Length; i++)
            {
                // Truncating: among narrow integers i itself may not fit, but the wrapped sum is right.
                values[i] = start + (T.CreateTruncating(i) * step);
            }

            return NDArray.Wrap(values, [values.Length]);
        }
    }
}
