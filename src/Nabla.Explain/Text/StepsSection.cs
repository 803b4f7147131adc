namespace Nabla.Explain;

/// <summary>The three steps of the lectures: define f, state the cost, minimise it. Each in the trace's own formulas.</summary>
internal static class StepsSection
{
    // More updates than this say the same again.
    private const int MostUpdates = 4;

    public static IEnumerable<string> Lines(Trace trace, Wording words)
    {
        HashSet<int> labelled = Labelled(trace);
        (IReadOnlyList<TraceNode> answer, IReadOnlyList<TraceNode> cost) = Parts(trace);
        string parameters = string.Join(",", trace.Nodes.Where(n => n.Role == TraceRole.Parameter).Select(n => words.Name(n.Name)));
        string given = string.Join(",", trace.Nodes.Where(n => n.Role == TraceRole.Input && !labelled.Contains(n.Id)).Select(n => words.Name(n.Name)));
        yield return "THREE STEPS";
        yield return answer.Count == 0
            ? " 1 define f     nothing is computed before the cost"
            : $" 1 define f     f{(parameters.Length > 0 ? $"_{{{parameters}}}" : "")}{(given.Length > 0 ? $"({given})" : "")}:  {Equations(answer, words)}";
        yield return $" 2 cost         {Equations(cost, words)}   {Examples(trace, words)}";
        yield return $" 3 minimise     {Minimise(trace, words)}";
    }

    /// <summary>What the answer is computed by, and what it costs: all that depends on a label, and the result.</summary>
    public static (IReadOnlyList<TraceNode> Answer, IReadOnlyList<TraceNode> Cost) Parts(Trace trace)
    {
        HashSet<int> labelled = Labelled(trace);
        TraceNode[] computed = [.. trace.Nodes.Where(n => n.Role == TraceRole.Value)];
        bool split = computed.Any(n => !labelled.Contains(n.Id)) && labelled.Count > 0;
        return ([.. computed.Where(n => !split || !labelled.Contains(n.Id))], [.. computed.Where(n => split && labelled.Contains(n.Id)), trace.Result]);
    }

    /// <summary>Inputs that are called as labels are, and all that is computed from them.</summary>
    private static HashSet<int> Labelled(Trace trace)
    {
        HashSet<int> found = [.. trace.Nodes.Where(n => n.Role == TraceRole.Input && n.Name[0] is ('y' or 't')).Select(n => n.Id)];
        foreach (TraceNode node in trace.Nodes)
        {
            if (trace.PathsInto(node).Any(e => found.Contains(e.From)))
            {
                found.Add(node.Id);
            }
        }

        return found;
    }

    private static string Equations(IEnumerable<TraceNode> nodes, Wording words) => string.Join(";  ", nodes.Select(n => $"{words.Name(n.Name)} = {words.Formula(n.Formula)}"));

    private static string Examples(Trace trace, Wording words)
    {
        string result = words.Name(trace.Result.Name);
        return trace.Examples.Count > 1
            ? $"({result} is the mean over m = {trace.Examples.Count} examples)"
            : $"(one example; for m of them {result} is the mean, (1/m) times the sum of their losses)";
    }

    private static string Minimise(Trace trace, Wording words)
    {
        TraceNode[] parameters = [.. trace.Nodes.Where(n => n.Role == TraceRole.Parameter)];
        if (parameters.Length == 0)
        {
            return "nothing is learned here";
        }

        string updates = parameters.Length <= MostUpdates
            ? string.Join(",  ", parameters.Select(n => $"{words.Name(n.Name)} := {words.Name(n.Name)} - {words.Alpha}*{words.Gradient(n.Name)}"))
            : $"w := w - {words.Alpha}*{words.Gradient("w")} for each w among {string.Join(", ", parameters.Select(n => words.Name(n.Name)))}";
        return trace.Update switch
        {
            null => $"{updates}   (all at once)",
            { Optimizer: "SGD" } update => $"{updates}   (gradient descent, {words.Alpha} = {words.Number(update.LearningRate)}, all at once)",
            { } update => $"{update.Optimizer} with {words.Alpha} = {words.Number(update.LearningRate)} moves {string.Join(", ", parameters.Select(n => words.Name(n.Name)))}, all at once",
        };
    }
}
