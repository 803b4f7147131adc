namespace Nabla.Data;

/// <summary>
/// Random numbers that depend on the seed alone: SplitMix64 (Steele, Lea, Flood 2014). The same bits on every platform and runtime,
/// because nothing but integer arithmetic and IEEE additions, multiplications, divisions and roots takes part.
/// </summary>
internal sealed class SeededRandom(int seed)
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    // Mixing once keeps neighbouring seeds from walking the same sequence a few steps apart.
    private ulong _state = Mix((ulong)(long)seed + Golden);

    public ulong NextUInt64() => Mix(_state += Golden);

    /// <summary>From 0 up to but not including 1, in steps of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    public double NextDouble(double from, double to) => from + (to - from) * NextDouble();

    /// <summary>A normal number of mean 0 and deviation 1 (Box and Muller 1958; the second of the pair is left unused).</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * PortableMath.Log(1 - NextDouble()));
        return radius * PortableMath.CosTurns(NextDouble());
    }

    /// <summary>From 0 to <paramref name="bound"/> - 1, each equally likely (Lemire 2019).</summary>
    public int Below(int bound)
    {
        ulong high = Math.BigMul(NextUInt64(), (ulong)bound, out ulong low);
        if (low < (ulong)bound)
        {
            ulong threshold = (0UL - (ulong)bound) % (ulong)bound;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), (ulong)bound, out low);
            }
        }

        return (int)high;
    }

    /// <summary>Every order equally likely (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
