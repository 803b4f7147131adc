using System.Globalization;

namespace Nabla.Bench;

/// <summary>Repeated measurements of one quantity: quoted as median and spread, never as a single best.</summary>
public sealed record Spread(double Minimum, double Median, double Maximum)
{
    /// <summary>The spread of some measurements.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(sorted[0], sorted[sorted.Length / 2], sorted[^1]);
    }

    /// <summary>Median, then minimum and maximum in brackets.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.0} ({Minimum:0.0}..{Maximum:0.0})");
}
