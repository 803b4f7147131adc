namespace Nabla.Explain;

/// <summary>Features of very different or very large scale: one step of the weights is huge for one feature and nothing for another.</summary>
internal sealed class FeatureScale() : DoctorRule("unscaled-features", "L38")
{
    private const double LargestRatio = 100;
    private const double LargestSize = 30;

    // A column that nearly always has one value is a mark, not a quantity; its standard deviation says how rare it is.
    private const double MarkShare = 0.9;

    /// <inheritdoc/>
    public override string About => $"Columns whose standard deviations differ by more than {LargestRatio} times, or features whose root of the mean square is above {LargestSize}.";

    protected override IEnumerable<Advice> Check(Examination seen) => seen.Last is { } last
        ? last.Products.Where(p => p.Product.FromData).SelectMany(p => Look(p.Features.Floats, p.Inputs, c => ColumnName(seen, p, c)))
        : [];

    /// <summary>What there is to say of columns as they are.</summary>
    public IEnumerable<Advice> Check(DataFacts data) => data.IsPicture ? [] : Look(data.Sample, data.Columns, data.Name);

    private IEnumerable<Advice> Look(double[] values, int columns, Func<int, string> name)
    {
        int rows = values.Length / columns;
        if (rows < 2)
        {
            yield break;
        }

        List<(int Column, double Spread)> spreads = [];
        for (int c = 0; c < columns; c++)
        {
            double[] column = [.. Enumerable.Range(0, rows).Select(r => values[(r * columns) + c])];
            double middle = column.Order().ElementAt(rows / 2);
            if (column.Count(v => v == middle) <= MarkShare * rows)
            {
                double mean = column.Average();
                spreads.Add((c, Math.Sqrt(column.Average(v => (v - mean) * (v - mean)))));
            }
        }

        const string ToDo = "Bring all features to about -1..1: put a Normalization layer first and let it Adapt to the training data.";
        double size = Figures.Rms(values);
        if (spreads.Count > 1 && spreads.Max(s => s.Spread) / spreads.Min(s => s.Spread) is > LargestRatio and var ratio)
        {
            (int wide, double most) = spreads.MaxBy(s => s.Spread);
            (int narrow, double least) = spreads.MinBy(s => s.Spread);
            yield return Finding(
                $"The features have very different scales: {name(wide)} spreads over {Numerals.Brief(most)}, {name(narrow)} over {Numerals.Brief(least)}, so one learning rate cannot suit both.",
                ToDo,
                ("largest standard deviation", $"{Figures.Text(most)} ({name(wide)})"),
                ("smallest standard deviation", $"{Figures.Text(least)} ({name(narrow)})"),
                ("ratio", $"{Numerals.Brief(ratio)} (threshold: above {LargestRatio})"));
        }
        else if (size > LargestSize)
        {
            yield return Finding(
                $"The features are large: {Numerals.Brief(size)} in the root of the mean square, so the first layer's sums and gradients are too.",
                $"{ToDo} For pixels from 0 to 255 take new Rescaling(1.0 / 255).",
                ("root mean square of the features", $"{Figures.Text(size)} (threshold: above {LargestSize})"));
        }
    }

    private static string ColumnName(Examination seen, ProductNumbers product, int column) =>
        seen.Data is { } data && data.Columns == product.Inputs ? data.Name(column) : $"input {column} of '{product.Product.Layer}'";
}
