namespace Nabla.Explain;

/// <summary>What a diagnosis counts and shows.</summary>
internal static class Figures
{
    /// <summary>A measured number, with 6 digits at most.</summary>
    public static string Text(double value) => Numerals.Of(value, 6);

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
}
