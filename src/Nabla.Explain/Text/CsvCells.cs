namespace Nabla.Explain;

/// <summary>Cells of a CSV file, quoted where they must be.</summary>
internal static class CsvCells
{
    /// <summary>A row with its line end.</summary>
    public static string Row(IEnumerable<string> cells) => $"{string.Join(',', cells.Select(Cell))}\r\n";

    private static string Cell(string text) =>
        text.IndexOfAny(['"', ',', '\n', '\r']) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
