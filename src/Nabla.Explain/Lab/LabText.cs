using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>Answers of the lab as lines of text.</summary>
/// <param name="unicode">Whether the other end shows more than ASCII.</param>
/// <param name="width">The characters of a line.</param>
internal sealed class LabText(bool unicode, int width)
{
    /// <summary>The lines of a cell's answer.</summary>
    public IEnumerable<string> Lines(LabCell cell) => cell.Parts.SelectMany(Lines).Select(Plain);

    private IEnumerable<string> Lines(LabPart part) => part switch
    {
        LabPart.Line line => [line.Text],
        LabPart.Equation equation => [string.Join(" = ", equation.Sides.Select(Text))],
        LabPart.Table table => Rows(table),
        LabPart.Plot { Data: var plot } => LabCanvas.Lines(plot, unicode, width),
        LabPart.Drawing { Graph: var graph } => graph.Lines(unicode),
        LabPart.Explanation { Trace: var trace } => trace.ToText(new TextOptions { Unicode = unicode }).TrimEnd('\n').Split('\n'),
        LabPart.Verbatim verbatim => [verbatim.Text],
        _ => throw new InvalidOperationException($"Lab: no text for {part.GetType().Name}."),
    };

    private string Text(LabTerm term) => Plain(unicode ? term.Unicode : term.Ascii);

    /// <summary>A line as the other end can show it.</summary>
    public string Plain(string text) => unicode ? text : PlainText.Of(text);

    /// <summary>An error as the other end can show it.</summary>
    public string Pointed(string error) => unicode ? error : PlainText.Pointed(error);

    private IEnumerable<string> Rows(LabPart.Table table)
    {
        string[][] rows = [[.. table.Head], .. table.Rows.Select(r => r.Select(Text).ToArray())];
        int[] widths = [.. table.Head.Select((_, c) => rows.Max(r => r[c].Length))];
        foreach (string[] row in rows)
        {
            yield return string.Join("  ", row.Select((cell, c) => c == row.Length - 1 ? cell : cell.PadRight(widths[c]))).TrimEnd();
        }
    }
}
