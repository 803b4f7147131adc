using System.Numerics;

namespace Nabla;

/// <summary>Whether two arrays hold the same values, exactly or nearly.</summary>
/// <example><code>
/// NDArray a = new[] { 1.0, 2.0 };
/// bool near = (a + 1e-9).AllClose(a);   // true
/// bool same = (a + 1e-9).ValueEquals(a);   // false
/// </code></example>
public static class NDArrayComparison
{
    extension(NDArray array)
    {
        /// <summary>Whether both have the same element type, the same sizes and equal values; NaN equals NaN here, and -0 equals 0.</summary>
        public bool ValueEquals(NDArray other) =>
            array.DType == other.DType && array.Dims.SameSizes(other.Dims) && array.DType switch
            {
                DType.Boolean => Same<bool>(array, other),
                DType.Int8 => Same<sbyte>(array, other),
                DType.Int16 => Same<short>(array, other),
                DType.Int32 => Same<int>(array, other),
                DType.Int64 => Same<long>(array, other),
                DType.UInt8 => Same<byte>(array, other),
                DType.UInt16 => Same<ushort>(array, other),
                DType.UInt32 => Same<uint>(array, other),
                DType.UInt64 => Same<ulong>(array, other),
                DType.Float16 => Same<Half>(array, other),
                DType.BFloat16 => Same<float>(array.AsType(DType.Float32), other.AsType(DType.Float32)),
                DType.Float32 => Same<float>(array, other),
                DType.Float64 => Same<double>(array, other),
                _ => Same<Complex>(array, other),
            };

        /// <summary>
        /// Whether |a - b| is at most <paramref name="absolute"/> + <paramref name="relative"/> * |b| for every element b of <paramref name="other"/>.
        /// Equal infinities are close; NaN is close to nothing. The element types may differ.
        /// </summary>
        /// <param name="other">The expected values.</param>
        /// <param name="relative">The tolerance relative to the expected value; NumPy's default.</param>
        /// <param name="absolute">The tolerance where expected values are near 0; NumPy's default.</param>
        /// <exception cref="ShapeException">The sizes differ.</exception>
        public bool AllClose(NDArray other, double relative = 1e-5, double absolute = 1e-8)
        {
            if (!array.Dims.SameSizes(other.Dims))
            {
                throw new ShapeException($"NDArray.AllClose: expected arrays of the same sizes, received {array.Type} and {other.Type}.");
            }

            return array.DType == DType.Complex128 || other.DType == DType.Complex128
                ? Close<Complex>(array.AsType(DType.Complex128), other.AsType(DType.Complex128), Complex.Abs, relative, absolute)
                : Close<double>(array.AsType(DType.Float64), other.AsType(DType.Float64), Math.Abs, relative, absolute);
        }
    }

    private static bool Same<T>(NDArray left, NDArray right)
        where T : unmanaged, IEquatable<T> => left.AsSpan<T>().SequenceEqual(right.AsSpan<T>());

    private static bool Close<T>(NDArray left, NDArray right, Func<T, double> size, double relative, double absolute)
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<T> a = left.AsSpan<T>();
        ReadOnlySpan<T> b = right.AsSpan<T>();
        for (int i = 0; i < a.Length; i++)
        {
            // An infinite expected value must not make everything close to it; "not at most" also catches NaN.
            double limit = T.IsFinite(b[i]) ? absolute + (relative * size(b[i])) : -1;
            if (a[i] != b[i] && !(size(a[i] - b[i]) <= limit))
            {
                return false;
            }
        }

        return true;
    }
}
