namespace Nabla;

/// <summary>The same program for another size of a named dim (the last, smaller batch): the user's code is not run again.</summary>
/// <example><code>
/// TensorType batch = new(DType.Float32, [new Dim(32, "batch"), 4]);
/// Graph graph = Differentiable.Of((Tensor t) =&gt; t.Mean(axis: 0)).Trace(batch);
/// Graph rest = Resize.Run(graph, "batch", 7);   // the same program for a last batch of 7
/// </code></example>
public static class Resize
{
    /// <summary>Rebuilds a graph with every dim called <paramref name="dimName"/> set to <paramref name="size"/>.</summary>
    /// <exception cref="ShapeException">An op does not take the new size.</exception>
    public static Graph Run(Graph graph, string dimName, int size)
    {
        GraphBuilder builder = new();
        Dictionary<Node, Node> copies = new(graph.Nodes.Length);
        foreach (Node node in graph.Nodes)
        {
            using IDisposable _ = builder.Enter(node.Scope, node.Source);
            copies[node] = builder.Add(node.Op.Resized(dimName, size), [.. node.Inputs.Select(n => copies[n])]);
        }

        return new Graph(graph.Name, graph.Inputs.Select(n => copies[n]), graph.Outputs.Select(o => o with { Node = copies[o.Node] }));
    }
}
