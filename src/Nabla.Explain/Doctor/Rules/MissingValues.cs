namespace Nabla.Explain;

/// <summary>Cells of a table without a value: something that nobody measured stands in for them.</summary>
internal sealed class MissingValues() : DoctorRule("missing-values", "L38")
{
    private const double LargestShare = 0.5;
    private const int MostShown = 5;

    /// <inheritdoc/>
    public override string About => $"Columns of a table with empty cells, NaN, NA, null or '?', and how many; a finding where more than {Numerals.Percent(LargestShare)} of a column is missing, a hint below.";

    public override IEnumerable<Advice> Check(TableFacts table)
    {
        ColumnFacts[] columns = [.. table.Columns.Where(c => c.Missing > 0 && c.Fate != ColumnFate.Ignored).OrderByDescending(c => c.Missing)];
        foreach (IGrouping<AdviceLevel, ColumnFacts> group in columns.GroupBy(c => c.Missing > LargestShare * table.Rows ? AdviceLevel.Finding : AdviceLevel.Hint))
        {
            ColumnFacts[] some = [.. group];
            string shown = string.Join(", ", some.Take(MostShown).Select(c => $"'{c.Name}' in {Numerals.Count(c.Missing)} of {Numerals.Count(table.Rows)} rows"))
                + (some.Length > MostShown ? $" and {Numerals.Count(some.Length - MostShown)} columns more" : "");
            yield return Make(
                group.Key,
                group.Key == AdviceLevel.Finding
                    ? $"Most values are missing: {shown}. What stands in for them was not measured, so little of {(some.Length == 1 ? "the column" : "these columns")} is left to learn from."
                    : $"Values are missing: {shown}. The mean of a column of numbers stands in for them, and no category of a column of texts.",
                group.Key == AdviceLevel.Finding ? "Leave the column out (--ignore), or find the values." : "See whether a missing value means something; then add a column that says where they are.",
                ("most missing", $"'{some[0].Name}': {Numerals.Percent((double)some[0].Missing / table.Rows)} (finding above {Numerals.Percent(LargestShare)}, hint below)"),
                ("columns with missing values", $"{columns.Length} of {table.Columns.Count}"));
        }
    }
}
