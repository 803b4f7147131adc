using System.Text;

namespace Nabla.Explain;

/// <summary>A training of a formula as a table for people and for machines.</summary>
internal static class IterationText
{
    // A line with more weights than this, and as many gradients, is read by nobody.
    private const int MostColumns = 10;

    public static string Csv(Iterations table)
    {
        StringBuilder text = new();
        text.Append(CsvCells.Row(["step", table.Result, .. table.Parameters, .. table.Parameters.Select(p => $"d{table.Result}/d{p}")]));
        foreach (Iteration row in table.Rows)
        {
            text.Append(CsvCells.Row([
                Numerals.Count(row.Steps).Replace(",", "", StringComparison.Ordinal), Numerals.Of(row.Cost, exact: true),
                .. row.Parameters.Concat(row.Gradients).Select(v => Numerals.Of(v, exact: true)),
            ]));
        }

        return text.ToString();
    }

    public static string Text(Iterations table, TextOptions options)
    {
        Wording words = new(table.Start, options);
        bool isWide = table.Parameters.Count > MostColumns;
        int[] shown = options.Elements.Count > 0 ? [.. options.Elements.Select(e => Place(table, e))] : isWide ? [] : [.. table.Parameters.Select((_, i) => i)];
        string[] sizes = isWide ? [">rms weight", ">rms gradient"] : [];
        TextTable cells = new([">step", $">{words.Name(table.Result)}", .. sizes, .. shown.Select(i => $">{words.Name(table.Parameters[i])}"), .. shown.Select(i => $">{words.Gradient(table.Parameters[i])}")]);
        foreach (Iteration row in table.Rows)
        {
            double[] sized = isWide ? [Size(row.Parameters), Size(row.Gradients)] : [];
            IEnumerable<double> values = [row.Cost, .. sized, .. shown.Select(i => row.Parameters[i]), .. shown.Select(i => row.Gradients[i])];
            cells.Add([Numerals.Count(row.Steps), .. values.Select(words.Number)]);
        }

        string open = isWide
            ? $"rms: the root of the mean of squares, over all {Numerals.Count(table.Parameters.Count)}. Each weight and gradient stands in the CSV; --param {table.Parameters[0]} shows one here.\n"
            : "";
        string cost = ModelSections.Fits(table.Start) ? "" : $"{TraceText.CostLine(table.Start, options, words)}\n";
        return $"ITERATIONS (each row after that many steps; 0 is the beginning)\n{string.Concat(cells.Lines().Select(l => $"{l}\n"))}{open}{cost}";
    }

    private static double Size(IReadOnlyList<double> values) => Math.Sqrt(values.Sum(v => v * v) / values.Count);

    // By its name, or by the program's path, as a trace finds it.
    private static int Place(Iterations table, string words)
    {
        TraceElement element = TraceElement.Of(table.Start, words);
        TraceNode node = table.Start.Nodes[element.Node];
        string name = node.Name + TensorCells.Place(element.Index, node.Dims);
        return table.Parameters.ToList().IndexOf(name) is >= 0 and var place ? place : throw DidYouMean.Unknown("Iterations", name, table.Parameters, "Only parameters have a column.");
    }
}
