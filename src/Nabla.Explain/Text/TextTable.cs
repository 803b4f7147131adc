using System.Text;

namespace Nabla.Explain;

/// <summary>Rows of cells under each other: numbers end, words begin, in one column.</summary>
/// <param name="headers">The headers; one that begins with &gt; stands above numbers.</param>
internal sealed class TextTable(params IReadOnlyList<string> headers)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; missing cells are empty.</summary>
    public void Add(params IEnumerable<string> cells) => _rows.Add([.. cells]);

    /// <summary>The lines, the headers first where there are any.</summary>
    public IEnumerable<string> Lines()
    {
        string[] titles = [.. headers.Select(h => h.StartsWith('>') ? h[1..] : h)];
        string[][] all = titles.Any(t => t.Length > 0) ? [titles, .. _rows] : [.. _rows];
        int[] widths = [.. titles.Select((_, c) => all.Max(r => c < r.Length ? r[c].Length : 0))];
        foreach (string[] row in all)
        {
            StringBuilder line = new();
            for (int c = 0; c < row.Length; c++)
            {
                line.Append(c == 0 ? " " : Gap);
                line.Append(headers[c].StartsWith('>') ? row[c].PadLeft(widths[c]) : row[c].PadRight(widths[c]));
            }

            yield return line.ToString().TrimEnd();
        }
    }
}
