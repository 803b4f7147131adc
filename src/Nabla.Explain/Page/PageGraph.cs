namespace Nabla.Explain;

/// <summary>An edge to draw: a use of one value by another.</summary>
/// <param name="From">The node that is used.</param>
/// <param name="To">The node that uses it.</param>
/// <param name="Path">Its number among the paths of the trace; null where no gradient flows.</param>
internal readonly record struct DrawnEdge(int From, int To, int? Path);

/// <summary>A graph to draw: some nodes of a trace and the uses between them.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Nodes">Numbers of nodes.</param>
/// <param name="Edges">Uses between them.</param>
internal sealed record PageGraph(string Title, IReadOnlyList<int> Nodes, IReadOnlyList<DrawnEdge> Edges)
{
    // More boxes than this are no picture: they arrive folded.
    private const int Largest = 60;

    // What a part that has no scope to be named by holds.
    private const int Part = 40;

    /// <summary>All uses of a trace: its paths, and those uses that carry no gradient.</summary>
    public static IReadOnlyList<DrawnEdge> AllEdges(Trace trace, PageProgram? program)
    {
        List<DrawnEdge> edges = [.. trace.Edges.Select((e, i) => new DrawnEdge(e.From, e.To, i))];
        HashSet<(int, int)> traced = [.. edges.Select(e => (e.From, e.To))];
        edges.AddRange((program?.Uses ?? []).Distinct().Where(u => !traced.Contains(u)).Select(u => new DrawnEdge(u.From, u.To, null)));
        return [.. edges.OrderBy(e => e.To).ThenBy(e => e.From).ThenBy(e => e.Path ?? int.MaxValue)];
    }

    /// <summary>A trace as drawings: one, or where that would be too large one for each part, in order.</summary>
    public static IReadOnlyList<PageGraph> Of(Trace trace, IReadOnlyList<DrawnEdge> edges)
    {
        if (trace.Nodes.Count <= Largest)
        {
            return [new PageGraph(trace.Title, [.. trace.Nodes.Select(n => n.Id)], edges)];
        }

        List<(string Title, List<int> Members)> parts = [];
        foreach ((string title, List<int> members) in Scopes(trace))
        {
            for (int at = 0; at < members.Count; at += Part)
            {
                List<int> some = members.GetRange(at, Math.Min(Part, members.Count - at));
                parts.Add((members.Count <= Part ? title : $"{title}{trace.Nodes[some[0]].Name} … {trace.Nodes[some[^1]].Name}", some));
            }
        }

        return [.. parts.Select(part =>
        {
            HashSet<int> own = [.. part.Members];
            DrawnEdge[] inside = [.. edges.Where(e => own.Contains(e.To))];
            return new PageGraph(part.Title, [.. own.Concat(inside.Select(e => e.From)).Distinct().Order()], inside);
        })];
    }

    // The outermost scopes where they fold anything; what has none of its own goes with its neighbours.
    private static IEnumerable<(string Title, List<int> Members)> Scopes(Trace trace)
    {
        IGrouping<string, TraceNode>[] scopes = [.. trace.Nodes.GroupBy(n => n.Scope.Split('/')[0])];
        return scopes.Length <= trace.Nodes.Count / 3
            ? scopes.Select(s => (s.Key.Length == 0 ? "" : s.Key + (s.Count() > Part ? ": " : ""), s.Select(n => n.Id).ToList()))
            : [("", [.. trace.Nodes.Select(n => n.Id)])];
    }
}
