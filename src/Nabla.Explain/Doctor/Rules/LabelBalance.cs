namespace Nabla.Explain;

/// <summary>Classes so unequal that always answering the most frequent one looks like success.</summary>
internal sealed class LabelBalance() : DataRule("class-imbalance", "L29")
{
    private const double LargestShare = 0.95;
    private const double LargestRatio = 100;
    private const double HintShare = 0.8;

    /// <inheritdoc/>
    public override string About => $"One class with more than {Numerals.Percent(LargestShare)} of the labels, or {LargestRatio} times as many as the rarest; a hint above {Numerals.Percent(HintShare)}.";

    public override IEnumerable<Advice> Check(DataFacts data)
    {
        (int Class, int Count)[] counts = [.. data.Classes.CountBy(c => c).Select(c => (c.Key, c.Value)).OrderByDescending(c => c.Value)];
        if (counts.Length == 0 || data.Rows < 20)
        {
            yield break;
        }

        (int most, int count) = counts[0];
        (int least, int few) = counts[^1];
        double share = (double)count / data.Rows;
        double ratio = (double)count / few;
        string seen = counts.Length == 1
            ? $"All {data.Rows} labels are of {data.Class(most)}: there is nothing to tell apart."
            : $"C{data.Class(most)[1..]} has {Numerals.Percent(share)} of the labels and {data.Class(least)} {few} of {data.Rows}: always answering the first would be right that often.";
        if (share > LargestShare || ratio > LargestRatio)
        {
            yield return Finding(
                seen,
                "Give classWeight (rare classes more), collect more of the rare ones, and watch precision and recall, not accuracy.",
                ("share of the most frequent class", $"{Numerals.Percent(share)} (threshold: above {Numerals.Percent(LargestShare)})"),
                ("most frequent to rarest", $"{Numerals.Brief(ratio)} (threshold: above {LargestRatio})"));
        }
        else if (share > HintShare)
        {
            yield return Hint(
                seen,
                "Compare the accuracy with that share.",
                ("share of the most frequent class", $"{Numerals.Percent(share)} (hint above {Numerals.Percent(HintShare)}, finding above {Numerals.Percent(LargestShare)})"));
        }
    }
}
