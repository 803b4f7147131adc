namespace Nabla.Explain;

/// <summary>A column with one value: it can tell nothing about any sample.</summary>
internal sealed class ConstantFeature() : DataRule("constant-feature", "L38")
{
    // Of wide data, such as pixels, some columns are always empty, and nobody minds.
    private const int WidestTable = 32;

    /// <inheritdoc/>
    public override string About => $"A column with one value in every row, of a table also one that was left out for it; a hint where all such are 0 among more than {WidestTable} columns, as empty pixels are.";

    public override IEnumerable<Advice> Check(DataFacts data)
    {
        if (data.IsPicture || data.SampleRows < 2)
        {
            yield break;
        }

        double[] values = data.Sample;
        int[] constant = [.. Enumerable.Range(0, data.Columns).Where(c => Enumerable.Range(1, data.SampleRows - 1).All(r => values[(r * data.Columns) + c] == values[c]))];
        if (constant.Length == 0)
        {
            yield break;
        }

        yield return Advise([.. constant.Select(c => (data.Name(c), (object)values[c]))], data.Columns, data.SampleRows, "Drop the column, or find out why it does not change.");
    }

    // The mean that stands in for missing numbers is that one value; a text beside nothing does tell two kinds of rows apart.
    public override IEnumerable<Advice> Check(TableFacts table)
    {
        (string, object)[] constant =
        [
            .. from column in table.Columns
               where table.Rows > 1 && column.Fate is ColumnFate.LeftOut or ColumnFate.Standardised && column.OnlyValue is not null
               select (column.Missing > 0 ? $"'{column.Name}' ({Numerals.Count(column.Missing)} missing)" : $"'{column.Name}'", column.OnlyValue!),
        ];
        if (constant.Length > 0)
        {
            yield return Advise(constant, table.Columns.Count, table.Rows, "Find out why it does not change, or drop the column from the file.");
        }
    }

    private Advice Advise(IReadOnlyList<(string Name, object Value)> constant, int columns, int rows, string toDo)
    {
        bool isTable = columns <= WidestTable || constant.Any(c => c.Value is not 0.0);
        string some = string.Join(", ", constant.Take(5).Select(c => $"{c.Name} = {(c.Value is double number ? Figures.Text(number) : c.Value)}")) + (constant.Count > 5 ? $" and {constant.Count - 5} more" : "");
        return Make(
            isTable ? AdviceLevel.Finding : AdviceLevel.Hint,
            $"{(constant.Count == 1 ? "A feature has" : $"{constant.Count} features have")} the same value in every row: {some}. Nothing can be learned from {(constant.Count == 1 ? "it" : "them")}.",
            toDo,
            ("constant features", $"{constant.Count} of {columns} (threshold: above 0; a hint where all are 0 among more than {WidestTable})"),
            ("rows looked at", $"{Numerals.Count(rows)}"));
    }
}
