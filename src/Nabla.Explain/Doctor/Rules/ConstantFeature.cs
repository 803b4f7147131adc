namespace Nabla.Explain;

/// <summary>A column with one value: it can tell nothing about any sample.</summary>
internal sealed class ConstantFeature() : DataRule("constant-feature", "L38")
{
    // Of wide data, such as pixels, some columns are always empty, and nobody minds.
    private const int WidestTable = 32;

    /// <inheritdoc/>
    public override string About => $"A column with one value in every row; a hint where all such are 0 among more than {WidestTable} columns, as empty pixels are.";

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

        bool isTable = data.Columns <= WidestTable || constant.Any(c => values[c] != 0);
        string some = string.Join(", ", constant.Take(5).Select(c => $"{data.Name(c)} = {Figures.Text(values[c])}")) + (constant.Length > 5 ? $" and {constant.Length - 5} more" : "");
        yield return Make(
            isTable ? AdviceLevel.Finding : AdviceLevel.Hint,
            $"{(constant.Length == 1 ? "A feature has" : $"{constant.Length} features have")} the same value in every sample: {some}. Nothing can be learned from {(constant.Length == 1 ? "it" : "them")}.",
            "Drop the column, or find out why it does not change.",
            ("constant features", $"{constant.Length} of {data.Columns} (threshold: above 0; a hint where all are 0 among more than {WidestTable})"),
            ("rows looked at", $"{data.SampleRows}"));
    }
}
