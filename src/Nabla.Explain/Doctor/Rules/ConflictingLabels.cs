namespace Nabla.Explain;

/// <summary>The same sample with different labels: no model can be right about both.</summary>
internal sealed class ConflictingLabels() : DataRule("conflicting-labels", "L27")
{
    private const double LargestShare = 0.01;

    /// <inheritdoc/>
    public override string About => $"The same sample with different labels; a finding where more than {Numerals.Percent(LargestShare)} of the rows are in conflict, a hint below.";

    public override IEnumerable<Advice> Check(DataFacts data)
    {
        IReadOnlyList<int> classes = data.Classes;
        if (classes.Count == 0)
        {
            yield break;
        }

        IReadOnlyList<int>[] groups = [.. new RowTable(data.X).Groups.Where(g => g.Any(row => classes[row] != classes[g[0]]))];
        int rows = groups.Sum(g => g.Count);
        if (rows == 0)
        {
            yield break;
        }

        int other = groups[0].First(row => classes[row] != classes[groups[0][0]]);
        double share = (double)rows / data.Rows;
        yield return Make(
            share > LargestShare ? AdviceLevel.Finding : AdviceLevel.Hint,
            $"{rows} rows are the same as another row that has another label, such as {data.Row(groups[0][0])} ({data.Class(classes[groups[0][0]])}) and {data.Row(other)} ({data.Class(classes[other])}): no model can be right about both.",
            "Correct the labels, or add the feature that tells such samples apart.",
            ("rows in conflict", $"{rows} of {data.Rows}: {Numerals.Percent(share)} (threshold: above {Numerals.Percent(LargestShare)})"));
    }
}
