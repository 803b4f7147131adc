namespace Nabla;

/// <summary>Writes the nodes of one graph into another builder.</summary>
internal static class GraphCopy
{
    /// <summary>Copies every node of <paramref name="graph"/>, its inputs replaced; returns the copy of each.</summary>
    /// <param name="builder">Where to.</param>
    /// <param name="graph">What.</param>
    /// <param name="inputs">What its inputs become.</param>
    /// <param name="instead">Given a node and its copy, what to take for it; null takes the copy.</param>
    public static Dictionary<Node, Node> Into(GraphBuilder builder, Graph graph, ReadOnlySpan<Node> inputs, Func<Node, Node, Node>? instead = null)
    {
        Dictionary<Node, Node> copies = new(graph.Nodes.Length);
        for (int i = 0; i < inputs.Length; i++)
        {
            copies[graph.Inputs[i]] = inputs[i];
        }

        foreach (Node node in graph.Nodes)
        {
            if (!copies.ContainsKey(node))
            {
                using IDisposable _ = builder.Enter(node.Scope, node.Source);
                Node copy = builder.Add(node.Op, [.. node.Inputs.Select(n => copies[n])]);
                copies[node] = instead?.Invoke(node, copy) ?? copy;
            }
        }

        return copies;
    }
}
