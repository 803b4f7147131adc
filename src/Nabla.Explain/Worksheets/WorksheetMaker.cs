namespace Nabla.Explain;

/// <summary>Makes worksheets: numbers by a seed, and a blank for each number of the step.</summary>
internal static class WorksheetMaker
{
    // Numbers are drawn again where something is not finite or at a kink.
    private const int MostTries = 100;
    private const int LargestNumber = 5;

    public static Worksheet Make(string title, int? seed, IReadOnlyList<(string Name, double Value)> values, Func<IReadOnlyList<(string Name, double Value)>, Trace> make)
    {
        Trace trace = make(values);
        Random random = new(seed ?? 0);
        for (int i = 0; seed is not null && i < MostTries; i++)
        {
            trace = make([.. values.Select(v => (v.Name, Drawn(random, v.Value)))]);
            if (trace.Nodes.All(n => double.IsFinite(n.Values[0]) && n.Checks.All(c => c.Verdict is NudgeVerdict.Agrees or NudgeVerdict.Close)) && trace.Result.Values[0] != 0)
            {
                break;
            }
        }

        return new Worksheet { Title = title, Seed = seed, Trace = trace, Items = [.. Items(trace)] };
    }

    // Of the kind that it was: a whole number, a label of 0 or 1, or one digit behind the point.
    private static double Drawn(Random random, double value) => double.IsInteger(value)
        ? value is 0 or 1 ? value : random.Next(1, LargestNumber + 1) * (random.Next(2) == 0 ? -1 : 1)
        : random.Next(-9, 10) / 10.0;

    private static IEnumerable<WorksheetItem> Items(Trace trace)
    {
        foreach (TraceNode node in trace.Nodes.Where(n => n.Role is TraceRole.Value or TraceRole.Result))
        {
            yield return new WorksheetItem(node.Name, $"{node.Name} = {node.Formula} =", node.Values[0], node.Numbers);
        }

        foreach (TraceNode node in trace.Nodes.Reverse().Where(n => n.Gradient is not null && n != trace.Result))
        {
            TraceEdge[] paths = [.. trace.PathsFrom(node)];
            string symbols = string.Join(" + ", paths.Select(p => $"({p.LocalFormula}) * {Gradient(trace, p.To)}"));
            string numbers = string.Join(" + ", paths.Select(p => $"{Numerals.Operand(p.Local?[0] ?? 0)} * {Numerals.Operand(trace.Nodes[p.To].Gradient![0])}"));
            yield return new WorksheetItem(Gradient(trace, node.Id), $"{Gradient(trace, node.Id)} = {symbols} =", node.Gradient![0], numbers);
        }

        foreach (TraceParameter parameter in trace.Update?.Parameters ?? [])
        {
            TraceNode node = trace.Nodes[parameter.Node];
            yield return new WorksheetItem(
                $"{node.Name} after", $"{node.Name} := {node.Name} - {Numerals.Of(trace.Update!.LearningRate)}*{Gradient(trace, node.Id)} =", parameter.After[0],
                $"{Numerals.Of(node.Values[0])} - {Numerals.Of(trace.Update.LearningRate)}*{Numerals.Operand(node.Gradient?[0] ?? 0)}");
        }
    }

    internal static string Gradient(Trace trace, int node) => $"d{trace.Result.Name}/d{trace.Nodes[node].Name}";
}
