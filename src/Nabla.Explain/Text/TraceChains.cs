namespace Nabla.Explain;

/// <summary>The ways from the result back to a value: each a chain of uses, nearest to the result first.</summary>
internal static class TraceChains
{
    /// <summary>The chains to the result or another value, up to a number of them; none where a local derivative is not one number.</summary>
    public static IReadOnlyList<IReadOnlyList<TraceEdge>> Of(Trace trace, TraceNode node, int most, TraceNode? top = null)
    {
        List<IReadOnlyList<TraceEdge>> chains = [];
        ILookup<int, TraceEdge> uses = trace.Edges.Where(e => e.Local is [_]).ToLookup(e => e.From);
        Stack<(int At, TraceEdge[] Chain)> open = new([(node.Id, [])]);
        while (chains.Count < most && open.TryPop(out (int At, TraceEdge[] Chain) next))
        {
            if (next.At == (top ?? trace.Result).Id)
            {
                chains.Add(next.Chain);
                continue;
            }

            foreach (TraceEdge edge in uses[next.At].Reverse())
            {
                open.Push((edge.To, [edge, .. next.Chain]));
            }
        }

        return chains;
    }
}
