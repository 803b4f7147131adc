namespace Nabla.Explain;

/// <summary>Writes what a step changes without a gradient.</summary>
/// <param name="changes">The leaf of each piece of state, and the node of its new value.</param>
/// <param name="pathOf">The name of a leaf in the program.</param>
internal sealed class StateWriter(IReadOnlyList<(Node Leaf, Node Next)> changes, Func<Node, string> pathOf)
{
    /// <summary>The leaves that are read on the way.</summary>
    public IEnumerable<Node> Leaves => changes.Count == 0 ? [] : TopologicalOrder.Of([.. changes.Select(c => c.Next)]).Where(n => n.Op is Leaf).Concat(changes.Select(c => c.Leaf));

    /// <summary>What is computed.</summary>
    public IEnumerable<Node> Outputs => changes.Select(c => c.Next);

    public IReadOnlyList<TraceState> Write(Quantities quantities, IReadOnlyDictionary<Node, Value<double>> values) =>
    [
        .. changes.Select(c => new TraceState
        {
            Path = pathOf(c.Leaf),
            Formula = FormulaWords.Of(c.Next, n => n == c.Leaf ? Last(pathOf(n)) : quantities.Names.GetValueOrDefault(n) ?? Known(n)) ?? "",
            Dims = [.. c.Leaf.TensorType.Dims.Select(d => d.Size)],
            Before = Floats(values[c.Leaf]),
            After = Floats(values[c.Next]),
        }),
    ];

    // A share is 0.99 to people, not 99/100.
    private string? Known(Node node) => node.Op switch
    {
        Leaf => Last(pathOf(node)),
        Constant { Value: { IsInteger: false } value } when value > Rational.Zero => Numerals.Of(value.ToDouble()),
        _ => null,
    };

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static IReadOnlyList<double> Floats(Value<double> value) => value.TensorType.DType.IsFloat ? value.Floats : Array.ConvertAll(value.Integers, i => (double)i);
}
