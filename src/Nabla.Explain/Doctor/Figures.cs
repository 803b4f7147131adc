using System.Globalization;

namespace Nabla.Explain;

/// <summary>Numbers as a diagnosis shows them.</summary>
internal static class Figures
{
    /// <summary>Up to 6 digits, the same in every culture.</summary>
    public static string Text(double value) => Text(value, 6);

    /// <summary>Up to 4 digits: for ratios and shares of ratios.</summary>
    public static string Rough(double value) => Text(value, 4);

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");

    /// <summary>The root of the mean square; 0 of nothing.</summary>
    public static double Rms(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return values.Length == 0 ? 0 : Math.Sqrt(sum / values.Length);
    }

    /// <summary>The cosine of the angle between two directions; NaN where one of them is no direction.</summary>
    public static double Cosine(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        (double product, double left, double right) = (0, 0, 0);
        for (int i = 0; i < a.Length; i++)
        {
            product += a[i] * b[i];
            left += a[i] * a[i];
            right += b[i] * b[i];
        }

        return product / Math.Sqrt(left * right);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }

    private static string Text(double value, int digits) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "infinity",
        double.NegativeInfinity => "-infinity",
        _ => value.ToString($"G{digits}", CultureInfo.InvariantCulture),
    };
}
