namespace Nabla.Explain;

/// <summary>The derivatives, last value first: each path with local times upstream, their sum, and the nudge beside it.</summary>
internal static class BackwardSection
{
    public static IEnumerable<string> Lines(Trace trace, Wording words)
    {
        string result = words.Name(trace.Result.Name);
        double? epsilon = trace.Nodes.SelectMany(n => n.Nudges).Select(n => (double?)n.Epsilon).FirstOrDefault();
        TextTable table = new(
            "", "", $"local{words.Times}upstream", ">gradient", epsilon is null ? "" : $"nudge +{words.Number(epsilon.Value)}: {result}", ">ratio", ">central", "check");
        foreach (TraceNode node in trace.Nodes.Reverse())
        {
            foreach (string[] row in Rows(trace, node, words))
            {
                table.Add(row);
            }
        }

        return ["BACKWARD", .. table.Lines()];
    }

    private static IEnumerable<string[]> Rows(Trace trace, TraceNode node, Wording words)
    {
        string name = words.Gradient(node.Name);
        if (node.Gradient is null)
        {
            yield return [name, node.GradientState switch
            {
                GradientState.Stopped => "no gradient passes",
                GradientState.Unused => "not used",
                _ => "not computed",
            }];
            yield break;
        }

        TraceEdge[] paths = [.. trace.PathsFrom(node)];
        string[] gradient = [words.Number(node.Gradient[0], node.ExactGradient), .. NudgeCells(trace, node, words)];
        if (paths.Length == 0)
        {
            yield return [name, node == trace.Result ? "where we begin" : "no path", "", .. gradient];
        }
        else if (paths.Length == 1)
        {
            yield return [name, $"= {Product(trace, paths[0], words)}", Numbers(trace, paths[0], words), .. gradient];
        }
        else
        {
            foreach ((int i, TraceEdge path) in paths.Index())
            {
                yield return [i == 0 ? name : "", $"{(i == 0 ? "=" : "+")} {Product(trace, path, words)}", Numbers(trace, path, words), words.Number(path.Contribution[0])];
            }

            yield return ["", $"= the sum of {paths.Length} paths", "", .. gradient];
        }
    }

    private static string Product(Trace trace, TraceEdge path, Wording words) =>
        $"{words.Factor(path.LocalFormula)}{words.Times}{words.Gradient(trace.Nodes[path.To].Name)}";

    private static string Numbers(Trace trace, TraceEdge path, Wording words) =>
        path.Local is null ? "" : $"{words.Number(path.Local[0])}{words.Times}{words.Operand(trace.Nodes[path.To].Gradient![0])}";

    private static string[] NudgeCells(Trace trace, TraceNode node, Wording words)
    {
        if (node == trace.Result || node.Nudges.Count == 0)
        {
            return [];
        }

        Nudge nudge = node.Nudges[0];
        return
        [
            $"{words.Number(trace.Result.Values[0])} {words.Arrow} {words.Number(nudge.Result, nudge.ExactResult)}",
            words.Number(nudge.Ratio),
            words.Number(nudge.Central),
            node.Checks.Count == 0 ? "" : Judged(node, nudge, node.Checks[0], words),
        ];
    }

    // The judge nudges by a size of its own: where the reader's nudge says something else, its number stands beside the verdict.
    private static string Judged(TraceNode node, Nudge nudge, NudgeCheck check, Wording words)
    {
        double gradient = node.Gradient![0];
        bool differs = check.Verdict is NudgeVerdict.Agrees or NudgeVerdict.Close && !(Math.Abs(nudge.Central - gradient) <= Visible * Math.Max(Math.Abs(gradient), 1));
        return differs ? $"{words.Verdict(check.Verdict)}: {words.Number(check.Slope)} with {words.Epsilon} = {words.Number(check.Epsilon)}" : words.Verdict(check.Verdict);
    }

    // A reader sees a difference in the third digit.
    private const double Visible = 1e-3;
}
