namespace Nabla.Explain;

/// <summary>The same nudge with many sizes: the ratio nears the derivative as the nudge shrinks, until rounding spoils it.</summary>
internal static class EpsilonSection
{
    // Powers of ten of the error that the plot shows, largest on top.
    private const int Lowest = -12;
    private const int Highest = 2;

    public static IEnumerable<string> Lines(Trace trace, Wording words)
    {
        // Where nothing is learned, what is given is nudged.
        TraceRole role = trace.Nodes.Any(n => n.Role == TraceRole.Parameter) ? TraceRole.Parameter : TraceRole.Input;
        foreach (TraceNode node in trace.Nodes.Where(n => n.Role == role && n.Nudges.Count > 1 && n.Gradient is not null))
        {
            double gradient = node.Gradient![0];
            string name = words.Name(node.Name);
            TextTable table = new($">{words.Epsilon}", $">{words.Name(trace.Result.Name)} at {name} + {words.Epsilon}", ">ratio", ">its error", ">central", ">its error");
            foreach (Nudge nudge in node.Nudges)
            {
                table.Add(
                    words.Number(nudge.Epsilon), words.Number(nudge.Result, nudge.ExactResult), words.Number(nudge.Ratio), Short(nudge.Ratio - gradient),
                    words.Number(nudge.Central), Short(nudge.Central - gradient));
            }

            yield return $"NUDGES OF {name} (derivative {words.Number(gradient)})";
            foreach (string line in table.Lines().Concat(Plot(node.Nudges, gradient, words)))
            {
                yield return line;
            }
        }
    }

    private static string Short(double error) => Numerals.Of(error, 3);

    // A row for each power of ten of the error, a column for each nudge, sorted: the U that everybody should see once.
    private static IEnumerable<string> Plot(IReadOnlyList<Nudge> nudges, double gradient, Wording words)
    {
        Nudge[] sorted = [.. nudges.OrderByDescending(n => n.Epsilon)];
        int?[] ones = [.. sorted.Select(n => Row(n.Ratio - gradient))];
        int?[] centrals = [.. sorted.Select(n => Row(n.Central - gradient))];
        int top = ones.Concat(centrals).Max() ?? Lowest;
        yield return $" error, a power of ten a line: r the ratio, c central, * both; {words.Epsilon} from {words.Number(sorted[0].Epsilon)} on the left to {words.Number(sorted[^1].Epsilon)} on the right";
        for (int row = top; row >= Lowest; row--)
        {
            string marks = string.Concat(sorted.Select((_, i) => (ones[i] == row, centrals[i] == row) switch
            {
                (true, true) => "  *",
                (true, false) => "  r",
                (false, true) => "  c",
                _ => "   ",
            }));
            string label = row == Lowest ? $"<1e{row}" : $"1e{row}";
            yield return $" {label,6} |{marks}".TrimEnd();
        }
    }

    private static int? Row(double error) => !double.IsFinite(error) ? null
        : error == 0 ? Lowest
        : Math.Clamp((int)Math.Floor(Math.Log10(Math.Abs(error)) + 0.5), Lowest, Highest);
}
