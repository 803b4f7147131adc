namespace Nabla;

/// <summary>Random numbers by place: number i of a stream is the same whoever asks for it and in whatever order.</summary>
/// <param name="seed">The key.</param>
/// <param name="stream">Which of the seed's streams.</param>
/// <example><code>
/// RandomStream random = new(seed: 1, stream: 1);
/// double third = random.Uniform(2);
/// </code></example>
public readonly struct RandomStream(ulong seed, ulong stream)
{
    // The share of a normal distribution below -2.
    private const double BelowMinusTwo = 0.022750131948179207;

    // Half of 2⁻⁵³, which moves uniform numbers to the middle of their intervals: neither 0 nor 1, whose quantiles are infinite.
    private const double HalfStep = 1.0 / (1L << 54);

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double Uniform(long index) => Philox.UniformDouble(seed, stream, index);

    /// <summary>A whole number in [0, <paramref name="bound"/>), each equally likely to within 2⁻³³.</summary>
    public int Below(long index, int bound) => (int)Math.BigMul(Philox.Bits64(seed, stream, index), (ulong)bound, out _);

    /// <summary>A standard normal number: the quantile of a uniform one, at most 8.3 from 0.</summary>
    public double Normal(long index)
    {
        double share = Uniform(index);
        return share < 0.5 ? NormalDistribution.Quantile(share + HalfStep) : -NormalDistribution.Quantile(1 - share - HalfStep);
    }

    /// <summary>A standard normal number within two standard deviations: the quantile of a uniform one between the shares below -2 and 2.</summary>
    public double CutNormal(long index) =>
        Math.Clamp(NormalDistribution.Quantile(BelowMinusTwo + (Uniform(index) * (1 - (2 * BelowMinusTwo)))), -2, 2);
}
