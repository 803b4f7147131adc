namespace Nabla.Explain;

/// <summary>Columns of a table that training refuses: names and ids, dates, more categories than can be learned.</summary>
internal sealed class UnusableColumn() : DoctorRule("unusable-column", "L118")
{
    /// <inheritdoc/>
    public override string About => "A column of a table that training refuses, and why: a different text in nearly every row, as names and ids are, numbers of rows, dates, too many categories.";

    public override IEnumerable<Advice> Check(TableFacts table)
    {
        foreach (ColumnFacts column in table.Columns.Where(c => c.Fate == ColumnFate.Refused))
        {
            // The last sentence says what to do.
            int end = column.Done.TrimEnd('.').LastIndexOf(". ", StringComparison.Ordinal);
            (string why, string toDo) = end < 0 ? (column.Done, "Leave the column out.") : (column.Done[..(end + 1)], column.Done[(end + 2)..]);
            yield return Finding(
                $"Column '{column.Name}' cannot be learned from: {why}",
                toDo,
                ("different values", $"{Numerals.Count(column.Cells.OfType<object>().Distinct().Count())} in {Numerals.Count(table.Rows - column.Missing)} rows with one"));
        }
    }
}
