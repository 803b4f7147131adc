namespace Nabla.Export;

/// <summary>The hash (FNV-1a over 64-bit words) by which a printed class knows its own numbers: one changed number changes it for sure.</summary>
internal static class Fingerprint
{
    public static ulong Of(IEnumerable<NDArray> arrays)
    {
        ulong hash = 14695981039346656037;
        foreach (NDArray array in arrays)
        {
            if (array.DType.IsFloat)
            {
                foreach (double value in array.AsType(DType.Float64).AsSpan<double>())
                {
                    hash = Mix(hash, BitConverter.DoubleToInt64Bits(value));
                }
            }
            else
            {
                foreach (long value in array.AsType(DType.Int64).AsSpan<long>())
                {
                    hash = Mix(hash, value);
                }
            }
        }

        return hash;
    }

    private static ulong Mix(ulong hash, long bits) => unchecked((hash ^ (ulong)bits) * 1099511628211);
}
