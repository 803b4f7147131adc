using System.Text;

namespace Nabla.Explain;

/// <summary>A trace as a table for spreadsheets: a row for each value, numbers to the last bit.</summary>
/// <example><code>
/// string csv = Trace.Of("J = w^2", ("w", 3)).ToCsv();   // name,role,formula,...
/// </code></example>
public static class TraceCsv
{
    /// <summary>The table; elements of tensors get a row each.</summary>
    public static string ToCsv(this Trace trace)
    {
        StringBuilder text = new(CsvCells.Row(["name", "element", "role", "formula", "value", "gradient", "epsilon", "nudged", "ratio", "central", "check"]));
        foreach (TraceNode node in trace.Nodes)
        {
            for (int i = 0; i < node.Values.Count; i++)
            {
                Nudge? nudge = node.Nudges.FirstOrDefault(n => n.Element == i);
                NudgeCheck? check = node.Checks.FirstOrDefault(c => c.Element == i);
                text.Append(CsvCells.Row([
                    node.Name, node.Dims.Count == 0 ? "" : i.ToString(System.Globalization.CultureInfo.InvariantCulture), node.Role.ToString(), node.Formula,
                    Numerals.Of(node.Values[i], exact: true),
                    node.Gradient is null ? node.GradientState.ToString() : Numerals.Of(node.Gradient[i], exact: true),
                    .. nudge is null ? ["", "", "", ""] : new[] { nudge.Epsilon, nudge.Result, nudge.Ratio, nudge.Central }.Select(v => Numerals.Of(v, exact: true)),
                    check?.Verdict.ToString() ?? "",
                ]));
            }
        }

        return text.ToString();
    }
}
