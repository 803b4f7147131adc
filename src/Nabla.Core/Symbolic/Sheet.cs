namespace Nabla;

/// <summary>
/// The one sheet of paper that all expressions are written on, so that any two of them combine. It keeps no list of what was written: an
/// expression lives as long as somebody holds it. Equal parts are found when an expression is read, in a builder of the reader's own.
/// </summary>
internal static class Sheet
{
    private static readonly GraphBuilder Builder = new();
    private static readonly Lock Pen = new();

    /// <summary>The type of every number that is not a truth value.</summary>
    public static TensorType Scalar { get; } = TensorType.Scalar(DType.Float64);

    /// <summary>Writes an expression; one hand at a time.</summary>
    public static Expr Write(Func<GraphBuilder, Tensor> make)
    {
        lock (Pen)
        {
            return new Expr(make(Builder).Node);
        }
    }

    /// <summary>Copies a value of another builder onto the sheet, its inputs by name.</summary>
    public static Expr Copy(Node value) => Write(builder => new Tensor(CopyAll(builder, [value])[value]));

    /// <summary>Values as an interned graph of their own: equal parts are one node, symbols of one name too.</summary>
    /// <param name="values">Its outputs.</param>
    /// <param name="symbols">Its inputs in order; null takes those that occur, in order of appearance.</param>
    public static Graph Interned(ReadOnlySpan<Node> values, ReadOnlySpan<Node> symbols = default)
    {
        GraphBuilder builder = new(intern: true);
        Node[] all = [.. symbols, .. values];
        Dictionary<Node, Node> copies = CopyAll(builder, all);
        var outputs = new List<GraphOutput>();
        foreach (Node value in values)
        {
            outputs.Add(new GraphOutput($"value {outputs.Count + 1}", copies[value]));
        }

        IEnumerable<Node> inputs = all.Take(symbols.Length).Concat(TopologicalOrder.Of(all).Where(n => n.Op is Leaf)).Select(n => copies[n]).Distinct();
        return new Graph("expression", inputs, outputs);
    }

    private static Dictionary<Node, Node> CopyAll(GraphBuilder builder, ReadOnlySpan<Node> values)
    {
        Dictionary<Node, Node> copies = [];
        foreach (Node node in TopologicalOrder.Of(values))
        {
            copies[node] = builder.Add(node.Op, [.. node.Inputs.Select(n => copies[n])]);
        }

        return copies;
    }
}
