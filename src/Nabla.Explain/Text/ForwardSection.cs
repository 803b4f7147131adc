namespace Nabla.Explain;

/// <summary>What is computed, in order: formula, numbers, value.</summary>
internal static class ForwardSection
{
    public static IEnumerable<string> Lines(Trace trace, Wording words)
    {
        TextTable table = new("", "", "", ">");
        TraceNode[] computed = [.. trace.Nodes.Where(n => n.Role is TraceRole.Value or TraceRole.Result)];
        foreach ((int i, TraceNode node) in computed.Index())
        {
            table.Add($"{i + 1}", $"{words.Name(node.Name)} = {words.Formula(node.Formula)}", words.Formula(node.Numbers), $"= {words.Number(node.Values[0], node.ExactValue)}");
        }

        return ["FORWARD", .. table.Lines()];
    }
}
