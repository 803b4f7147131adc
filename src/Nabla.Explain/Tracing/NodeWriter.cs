namespace Nabla.Explain;

/// <summary>Writes the named values of a trace.</summary>
internal sealed class NodeWriter(
    Quantities quantities,
    IReadOnlyDictionary<Node, Tensor> gradients,
    IReadOnlyDictionary<Node, Value<double>> values,
    IReadOnlyDictionary<Node, Value<Rational>>? exact,
    Nudging nudging,
    Node result,
    Func<Node, bool> isParameter)
{
    // Derivatives over the inputs' names grow with the program; beyond this nobody reads them.
    private const int LargestProgram = 60;

    // Nudging runs the program again, several times for each value: in a long one only what is given is nudged.
    private const int LargestNudged = 150;

    private readonly HashSet<Node> _used = [.. quantities.Nodes];

    public TraceNode Write(Node node, int id)
    {
        bool isFloat = node.TensorType.DType.IsFloat;
        bool isScalar = node.TensorType.Dims.Rank == 0;
        Node? opened = node.Op is Leaf ? null : quantities.Open(node).Result;
        Tensor? gradient = gradients.GetValueOrDefault(node);
        IReadOnlyList<double>? slope = gradient is null ? null : values[gradient.Node].Floats;
        return new TraceNode
        {
            Id = id,
            Name = quantities.Names[node],
            Role = node == result ? TraceRole.Result : node.Op is not Leaf ? TraceRole.Value : isParameter(node) ? TraceRole.Parameter : TraceRole.Input,
            Scope = node.Scope.Path,
            Formula = opened is null ? "" : FormulaWords.Of(opened) ?? $"{node.Op.Name}(...)",
            Numbers = opened is null || !isScalar || !AllScalar(opened) ? "" : FormulaWords.WithNumbers(opened, ValueOf) ?? "",
            Dims = [.. Enumerable.Range(0, node.TensorType.Dims.Rank).Select(a => node.TensorType.Dims[a].Size)],
            HasBatch = !isScalar && node.TensorType.Dims[0].Name == StepGraphs.Batch,
            Values = Numbers(values[node]),
            ExactValue = isScalar && isFloat && exact?.GetValueOrDefault(node) is { } value ? ExactValues.Text(value.Floats[0]) : null,
            GradientState = gradient is not null ? GradientState.Computed : _used.Contains(node) ? GradientState.Stopped : GradientState.Unused,
            Gradient = slope,
            ExactGradient = gradient is not null && exact?.GetValueOrDefault(gradient.Node) is { } fraction ? ExactValues.Text(fraction.Floats[0]) : null,
            Derivative = gradient is not null && IsReadable && isScalar ? FormulaWords.Simplified(gradient.Node) : null,
            Nudges = isFloat && IsNudged(node) ? nudging.Lessons(node) : [],
            Source = node.Source?.ToString(),
            Checks = slope is null || !IsNudged(node) ? [] : nudging.Checks(node, slope),
        };
    }

    private bool IsNudged(Node node) => node.Op is Leaf || quantities.Owners.Count <= LargestNudged;

    private bool IsReadable => quantities.Nodes.Count <= LargestProgram;

    private double ValueOf(string name) => values[quantities.Owners.First(o => quantities.Names[o] == name)].Floats[0];

    private static bool AllScalar(Node node) => TopologicalOrder.Of([node]).All(n => n.Type is TensorType { Dims.Rank: 0 });

    private static IReadOnlyList<double> Numbers(Value<double> value) => value.TensorType.DType switch
    {
        { IsFloat: true } => value.Floats,
        DType.Boolean => Array.ConvertAll(value.Booleans, b => b ? 1.0 : 0),
        _ => Array.ConvertAll(value.Integers, i => (double)i),
    };
}
