namespace Nabla.Explain;

/// <summary>Features of very different or very large scale: one step of the weights is huge for one feature and nothing for another.</summary>
internal sealed class FeatureScale() : DoctorRule("unscaled-features", "L38")
{
    private const double LargestRatio = 100;
    private const double LargestSize = 30;

    // A column that nearly always has one value is a mark, not a quantity; its standard deviation says how rare it is.
    private const double MarkShare = 0.9;

    /// <inheritdoc/>
    public override string About => $"Columns whose standard deviations differ by more than {LargestRatio} times, or features whose root of the mean square is above {LargestSize}; of a table, whose columns training standardises, a hint.";

    protected override IEnumerable<Advice> Check(Examination seen) => seen.Last is { } last
        ? last.Products.Where(p => p.Product.FromData).SelectMany(p => Look(p.Features.Floats, p.Inputs, c => ColumnName(seen, p, c)))
        : [];

    /// <summary>What there is to say of columns as they are.</summary>
    public IEnumerable<Advice> Check(DataFacts data) => data.IsPicture ? [] : Look(data.Sample, data.Columns, data.Name);

    /// <summary>Training standardises the columns of a table: what they are like is worth knowing, and harms nobody who trains so.</summary>
    public override IEnumerable<Advice> Check(TableFacts table)
    {
        ColumnFacts[] columns = [.. table.Columns.Where(c => c.Fate == ColumnFate.Standardised)];
        if (Differ(Spreads([.. columns.Select(c => c.Numbers)]), c => $"'{columns[c].Name}'") is { } seen)
        {
            yield return Hint(
                $"{seen.What}, so one learning rate could not suit both as they are. They were standardised before looking, as 'nabla train' does.",
                "In code of your own take Table.Prepare, which does the same, or put a Normalization layer first and let it Adapt to the training data.",
                seen.Evidence);
        }
    }

    private IEnumerable<Advice> Look(double[] values, int columns, Func<int, string> name)
    {
        int rows = values.Length / columns;
        if (rows < 2)
        {
            yield break;
        }

        const string ToDo = "Bring all features to about -1..1: put a Normalization layer first and let it Adapt to the training data.";
        double size = Figures.Rms(values);
        if (Differ(Spreads([.. Enumerable.Range(0, columns).Select(c => Enumerable.Range(0, rows).Select(r => values[(r * columns) + c]).ToArray())]), name) is { } seen)
        {
            yield return Finding($"{seen.What}, so one learning rate cannot suit both.", ToDo, seen.Evidence);
        }
        else if (size > LargestSize)
        {
            yield return Finding(
                $"The features are large: {Numerals.Brief(size)} in the root of the mean square, so the first layer's sums and gradients are too.",
                $"{ToDo} For pixels from 0 to 255 take new Rescaling(1.0 / 255).",
                ("root mean square of the features", $"{Figures.Text(size)} (threshold: above {LargestSize})"));
        }
    }

    // The standard deviation of each column that is a quantity.
    private static List<(int Column, double Spread)> Spreads(IReadOnlyList<double[]> columns)
    {
        List<(int Column, double Spread)> spreads = [];
        for (int c = 0; c < columns.Count; c++)
        {
            double[] column = columns[c];
            double middle = column.Length == 0 ? 0 : column.Order().ElementAt(column.Length / 2);
            if (column.Count(v => v == middle) <= MarkShare * column.Length && column.Length > 1)
            {
                double mean = column.Average();
                spreads.Add((c, Math.Sqrt(column.Average(v => (v - mean) * (v - mean)))));
            }
        }

        return spreads;
    }

    private static (string What, (string, string)[] Evidence)? Differ(IReadOnlyList<(int Column, double Spread)> spreads, Func<int, string> name)
    {
        if (spreads.Count < 2 || !(spreads.Max(s => s.Spread) / spreads.Min(s => s.Spread) is > LargestRatio and var ratio))
        {
            return null;
        }

        (int wide, double most) = spreads.MaxBy(s => s.Spread);
        (int narrow, double least) = spreads.MinBy(s => s.Spread);
        return (
            $"The features have very different scales: {name(wide)} spreads over {Numerals.Brief(most)}, {name(narrow)} over {Numerals.Brief(least)}",
            [
                ("largest standard deviation", $"{Figures.Text(most)} ({name(wide)})"),
                ("smallest standard deviation", $"{Figures.Text(least)} ({name(narrow)})"),
                ("ratio", $"{Numerals.Brief(ratio)} (threshold: above {LargestRatio})"),
            ]);
    }

    private static string ColumnName(Examination seen, ProductNumbers product, int column) =>
        seen.Data is { } data && data.Columns == product.Inputs ? data.Name(column) : $"input {column} of '{product.Product.Layer}'";
}
