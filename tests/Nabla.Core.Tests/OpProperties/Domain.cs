namespace Nabla.Core.Tests.OpProperties;

/// <summary>
/// Where the values of an operand are drawn from. Kinks, poles and ties stay out of reach of the difference step (2 · 2^-11 to each side),
/// so a finite difference never straddles one; what happens at a kink itself is asserted by name in <see cref="KinkTests"/>.
/// </summary>
internal delegate double[] Domain(Random random, int count);

internal static class Domains
{
    /// <summary>Both signs, 0.5 to 1.9 in size: away from 0.</summary>
    public static Domain Signed { get; } = Each(r => (r.Next(2) == 0 ? -1 : 1) * (0.5 + 1.4 * r.NextDouble()));

    /// <summary>0.5 to 2.5.</summary>
    public static Domain Positive { get; } = Each(r => 0.5 + 2 * r.NextDouble());

    /// <summary>-0.5 to 2: the logarithm of 1 + x has its pole at -1.</summary>
    public static Domain AboveMinusOne { get; } = Each(r => -0.5 + 2.5 * r.NextDouble());

    /// <summary>At least 0.1 away from every multiple of 1/2, where floor and round jump and where the clips of the table bend.</summary>
    public static Domain BetweenHalves { get; } = Each(r => r.Next(-4, 4) * 0.5 + 0.1 + 0.3 * r.NextDouble());

    /// <summary>All different, at least 0.3 apart, in random order.</summary>
    public static Domain Distinct { get; } = Spaced(0);

    /// <summary>All different, and at least 0.1 away from every value of <see cref="Distinct"/>.</summary>
    public static Domain DistinctBetween { get; } = Spaced(0.2);

    /// <summary>0 or 1.</summary>
    public static Domain Truth { get; } = Each(r => r.Next(2));

    /// <summary>Whole numbers from 0 up to, not including, a count.</summary>
    public static Domain Below(int count) => Each(r => r.Next(count));

    /// <summary>Some of a few given values: kinks, and ties among them.</summary>
    public static Domain Among(params double[] values) => Each(r => values[r.Next(values.Length)]);

    /// <summary>Whole numbers from below 0 to beyond a count: indices that may lie outside.</summary>
    public static Domain Around(int count) => Each(r => r.Next(-2, count + 3));

    /// <summary>Whole numbers of both signs.</summary>
    public static Domain Whole { get; } = Each(r => r.Next(-9, 10));

    private static Domain Each(Func<Random, double> draw) => (random, count) => [.. Enumerable.Range(0, count).Select(_ => draw(random))];

    private static Domain Spaced(double offset) => (random, count) =>
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => (i - count / 2) * 0.4 + offset + 0.05 * random.NextDouble())];
        random.Shuffle(values);
        return values;
    };
}
