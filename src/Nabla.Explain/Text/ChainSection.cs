namespace Nabla.Explain;

/// <summary>The whole chain of each parameter, from the cost to it: <c>dJ/dw = d * 1 * 1 * x</c>; a line for each way through the graph.</summary>
internal static class ChainSection
{
    // Ways multiply with depth; a reader follows a few.
    private const int MostPaths = 32;

    public static IEnumerable<string> Lines(Trace trace, Wording words)
    {
        yield return "CHAINS WRITTEN OUT";
        foreach (TraceNode node in trace.Nodes.Where(n => n.Role == TraceRole.Parameter && n.Gradient is not null))
        {
            IReadOnlyList<IReadOnlyList<TraceEdge>> chains = TraceChains.Of(trace, node, MostPaths + 1);
            string name = words.Gradient(node.Name);
            foreach ((int i, IReadOnlyList<TraceEdge> chain) in chains.Take(MostPaths).Index())
            {
                string symbols = string.Join(words.Times, chain.Select(e => words.Factor(e.LocalFormula)));
                string numbers = string.Join(words.Times, chain.Select((e, f) => f == 0 ? words.Number(e.Local![0]) : words.Operand(e.Local![0])));
                yield return $" {(i == 0 ? name : new string(' ', name.Length))} {(i == 0 ? "=" : "+")} {symbols} = {numbers} = {words.Number(chain.Aggregate(1.0, (p, e) => p * e.Local![0]))}";
            }

            if (chains.Count > MostPaths)
            {
                yield return $" {new string(' ', name.Length)} + more ways than {MostPaths}";
            }

            if (chains.Count > 1)
            {
                yield return $" {new string(' ', name.Length)} = {words.Number(node.Gradient![0])}, the sum of all ways";
            }
        }
    }
}
