namespace Nabla;

/// <summary>Replaces parts of an expression, all at the same time.</summary>
internal static class Substitution
{
    public static Expr Run(Expr expression, ReadOnlySpan<(Expr Part, Expr Value)> replacements)
    {
        Node[] nodes = [expression.Node, .. Flat(replacements)];
        Graph graph = Sheet.Interned(nodes);
        GraphBuilder builder = graph.Nodes[0].Builder;
        Dictionary<Node, Node> copies = [];
        for (int i = 0; i < replacements.Length; i++)
        {
            (Node part, Node value) = (graph.Outputs[1 + 2 * i].Node, graph.Outputs[2 + 2 * i].Node);
            if (!part.Type.Equals(value.Type))
            {
                throw new ArgumentException($"Subs: expected a {Kind(part)} for {replacements[i].Part}, received the {Kind(value)} {replacements[i].Value}.");
            }

            if (!copies.TryAdd(part, value))
            {
                throw new ArgumentException($"Subs: expected one value for {replacements[i].Part}, received two. Values are put in at the same time.");
            }
        }

        foreach (Node node in TopologicalOrder.Of([graph.Outputs[0].Node]))
        {
            if (!copies.ContainsKey(node))
            {
                copies[node] = node.Inputs.IsEmpty ? node : builder.Add(node.Op, [.. node.Inputs.Select(n => copies[n])]);
            }
        }

        return NormalForm.Of(copies[graph.Outputs[0].Node]);
    }

    private static Node[] Flat(ReadOnlySpan<(Expr Part, Expr Value)> replacements)
    {
        List<Node> nodes = [];
        foreach ((Expr part, Expr value) in replacements)
        {
            nodes.Add(part.Node);
            nodes.Add(value.Node);
        }

        return [.. nodes];
    }

    private static string Kind(Node node) => node.TensorType.DType == DType.Boolean ? "condition" : "number";
}
