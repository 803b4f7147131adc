using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// The first pass of compiling: the graph once more, with equal nodes made one, calls replaced by their bodies, tuples taken apart,
/// and ops that only matter to derivatives or that change nothing left out.
/// </summary>
internal static class Prepare
{
    /// <summary>The graph to lower; inputs and outputs keep their order and names.</summary>
    public static Graph Run(Graph graph)
    {
        Graph current = graph;
        do
        {
            current = Copy(current);
        }
        while (current.Nodes.Any(n => n.Op is Call or MakeTuple or Project)); // one level of calls each time: bodies may call again
        return current;
    }

    private static Graph Copy(Graph graph)
    {
        GraphBuilder builder = new(intern: true);
        Dictionary<Node, ImmutableArray<Node>> copies = new(graph.Nodes.Length);
        HashSet<string> labels = [];
        for (int i = 0; i < graph.Inputs.Length; i++)
        {
            Node input = graph.Inputs[i];
            var leaf = (Leaf)input.Op;
            // Two inputs are two values even where their labels are equal: interning must not join them.
            string label = leaf.Label;
            while (!labels.Add(label))
            {
                label += "'";
            }

            copies[input] = [builder.Add(label == leaf.Label ? leaf : leaf with { Label = label })];
        }

        foreach (Node node in graph.Nodes)
        {
            if (!copies.ContainsKey(node))
            {
                using IDisposable _ = builder.Enter(node.Scope, node.Source);
                copies[node] = Copy(builder, node, copies);
            }
        }

        return new Graph(graph.Name, graph.Inputs.Select(n => copies[n][0]), graph.Outputs.Select(o => o with { Node = copies[o.Node][0] }));
    }

    // The copies of a node: one for a tensor, one a part for a tuple.
    private static ImmutableArray<Node> Copy(GraphBuilder builder, Node node, Dictionary<Node, ImmutableArray<Node>> copies)
    {
        switch (node.Op)
        {
            case MakeTuple:
                return [.. node.Inputs.Select(n => copies[n][0])];
            case Project part:
                return [copies[node.Inputs[0]][part.Index]];
            case StopGradient:
                return copies[node.Inputs[0]];
            case Call { Body: var body }:
                Dictionary<Node, Node> inlined = GraphCopy.Into(builder, body, [.. node.Inputs.Select(n => copies[n][0])]);
                return [.. body.Outputs.Select(o => inlined[o.Node])];
        }

        Node[] inputs = [.. node.Inputs.Select(n => copies[n][0])];
        return ChangesNothing(node.Op, node, inputs) ? [inputs[0]] : [builder.Add(node.Op, inputs)];
    }

    private static bool ChangesNothing(Op op, Node node, Node[] inputs) =>
        op is Cast or Broadcast or Reshape && inputs[0].TensorType.Matches(node.TensorType);
}
