namespace Nabla.Explain;

/// <summary>Where the marks of an axis stand: at round numbers, 1, 2 or 5 times a power of ten apart, from below the least value to above the greatest.</summary>
internal static class Ticks
{
    // Some five steps; rarely up to ten.
    private const double Steps = 5;
    private const int Most = 12;
    private static readonly double[] Round = [1, 2, 5, 10];

    /// <summary>The round numbers between two values, for an axis that begins and ends where its values do.</summary>
    public static IEnumerable<double> Within(double low, double high) => Of(low, high).Where(v => v >= low && v <= high);

    /// <summary>The marks, at least two; the script of the player draws the same.</summary>
    public static IReadOnlyList<double> Of(double low, double high)
    {
        double least = (high - low) / Steps;
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double step = Round.Select(m => m * power).FirstOrDefault(s => s >= least * 0.999);
        double first = Math.Floor(low / step);
        double count = Math.Ceiling(high / step) - first;

        // A range that is next to nothing beside its numbers, or beyond all numbers, has no round ones.
        return count is >= 1 and <= Most ? [.. Enumerable.Range(0, (int)count + 1).Select(i => (first + i) * step)] : [low, high];
    }
}
