namespace Nabla;

/// <summary>
/// Random numbers by place: number i of a stream is the same whoever asks for it and in whatever order
/// (Philox 4x32-10, Salmon et al. 2011).
/// </summary>
/// <param name="seed">The key.</param>
/// <param name="stream">Which of the seed's streams.</param>
internal sealed class RandomStream(ulong seed, ulong stream)
{
    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double Uniform(int index, uint draw = 0) => (Bits(index, draw) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in [0, <paramref name="bound"/>), each equally likely to within 2⁻³².</summary>
    public int Below(int index, int bound) => (int)Math.BigMul(Bits(index, 0), (ulong)bound, out _);

    /// <summary>A standard normal number, drawn again until it lies within two standard deviations.</summary>
    public double CutNormal(int index)
    {
        for (uint draw = 0; ; draw += 2)
        {
            // Box and Muller; 1 - u keeps the logarithm away from 0.
            double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(index, draw)));
            double normal = radius * Math.Cos(2 * Math.PI * Uniform(index, draw + 1));
            if (Math.Abs(normal) <= 2)
            {
                return normal;
            }
        }
    }

    private ulong Bits(int index, uint draw)
    {
        (uint c0, uint c1, uint c2, uint c3) = ((uint)index, draw, (uint)stream, (uint)(stream >> 32));
        (uint k0, uint k1) = ((uint)seed, (uint)(seed >> 32));
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0;
            ulong p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 = unchecked(k0 + 0x9E3779B9);
            k1 = unchecked(k1 + 0xBB67AE85);
        }

        return ((ulong)c1 << 32) | c0;
    }
}
