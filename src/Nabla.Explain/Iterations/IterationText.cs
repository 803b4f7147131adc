using System.Text;

namespace Nabla.Explain;

/// <summary>A training of a formula as a table for people and for machines.</summary>
internal static class IterationText
{
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
        string d = options.Unicode ? "∂" : "d";
        TextTable cells = new([">step", $">{table.Result}", .. table.Parameters.Select(p => $">{p}"), .. table.Parameters.Select(p => $">{d}{table.Result}/{d}{p}")]);
        foreach (Iteration row in table.Rows)
        {
            cells.Add([Numerals.Count(row.Steps), .. row.Parameters.Prepend(row.Cost).Concat(row.Gradients).Select(v => Numerals.Of(v, options.Exact))]);
        }

        return $"ITERATIONS (each row after that many steps; 0 is the beginning)\n{string.Concat(cells.Lines().Select(l => $"{l}\n"))}";
    }
}
