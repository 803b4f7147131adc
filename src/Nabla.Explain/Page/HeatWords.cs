namespace Nabla.Explain;

/// <summary>A large tensor in words: the plain twin of its heat map.</summary>
internal static class HeatWords
{
    /// <summary>Shape, range, mean and share of zeros: <c>784 × 25: from −0.05 to 0.05, mean 0.001, 12 % zeros</c>. What is not finite is counted apart.</summary>
    public static string Of(IReadOnlyList<int> dims, IReadOnlyList<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        string strange = finite.Length < values.Count ? $", {Numerals.Count(values.Count - finite.Length)} not finite" : "";
        string range = finite.Length == 0
            ? ""
            : $": from {Numerals.PrintedBrief(finite.Min())} to {Numerals.PrintedBrief(finite.Max())}, mean {Numerals.PrintedBrief(finite.Average())}, {Numerals.PrintedBrief(Math.Round(1000.0 * values.Count(v => v == 0) / values.Count) / 10)} % zeros";
        return $"{Numbers.Shape(dims)}{range}{strange}";
    }
}
