namespace Nabla.Explain;

/// <summary>Lists of numbers as the page shows them where there is little room.</summary>
internal static class Numbers
{
    // More elements than this are told by their shape, not by themselves.
    private const int Few = 3;

    /// <summary>A number, a short list, or what a long one holds in one word: the root of the mean square.</summary>
    /// <param name="values">The list.</param>
    /// <param name="digits">The most significant digits of a number that stands alone.</param>
    public static string Short(IReadOnlyList<double> values, int digits = 10) => values.Count switch
    {
        1 => Numerals.Printed(values[0], digits),
        0 => "nothing",
        // -0 + 0 is 0: in a list the sign of nothing is noise.
        <= Few => $"({string.Join(", ", values.Select(v => Numerals.PrintedBrief(v + 0.0)))})",
        _ => $"rms {Numerals.PrintedBrief(Math.Sqrt(values.Sum(v => v * v) / values.Count))}",
    };

    /// <summary>The shape: <c>2 × 3</c>; empty for a scalar.</summary>
    public static string Shape(IReadOnlyList<int> dims) => string.Join(" × ", dims.Select(d => d.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Why there is no gradient, in a word.</summary>
    public static string Absent(GradientState state) => state switch
    {
        GradientState.Unused => "not used",
        GradientState.Stopped => "stopped",
        GradientState.NotComputed => "not computed",
        _ => "",
    };
}
