namespace Nabla.Explain;

/// <summary>
/// Makes a trace of a program: differentiates the graph by the pass that trains, with its record, adds the optimizer's step to the same graph, interprets
/// everything once in double, and writes down what came out.
/// </summary>
/// <param name="result">The scalar that is differentiated.</param>
/// <param name="given">The values of the leaves.</param>
/// <param name="names">Names of values on the way; leaves have their own.</param>
/// <param name="options">What the record shall hold.</param>
internal sealed class TraceBuilder(Node result, IReadOnlyDictionary<Node, Value<double>> given, IReadOnlyDictionary<Node, string> names, TraceOptions options)
{
    private readonly Quantities _quantities = new(result, names, options.EveryOperation);
    private readonly BackwardRecord _record = new();
    private readonly Dictionary<Node, Tensor> _gradients = [];
    private Dictionary<Node, Value<double>> _values = [];
    private Dictionary<Node, Value<Rational>>? _exact;

    public required string Title { get; init; }

    public required string Convention { get; init; }

    /// <summary>Whether a leaf is a parameter.</summary>
    public required Func<Node, bool> IsParameter { get; init; }

    /// <summary>The parameters in the order of <see cref="State"/>'s weights, unused ones with them; null takes them as the program meets them.</summary>
    public IReadOnlyList<Node>? Parameters { get; init; }

    /// <summary>The path of a parameter in the program.</summary>
    public Func<Node, string> PathOf { get; init; } = node => ((Leaf)node.Op).Label;

    /// <summary>The layers of the network, given the places of its nodes.</summary>
    public Func<Func<Node, int>, IReadOnlyList<TraceLayer>>? LayersOf { get; init; }

    /// <summary>What the optimizer remembers; null for a first step.</summary>
    public OptimizerState? State { get; init; }

    /// <summary>What the step changes without a gradient.</summary>
    public StateWriter StateChanges { get; init; } = new([], _ => "");

    /// <summary>Where the optimizer's step of a parameter begins: the leaf itself, or what the program made of it first, to which its gradient then belongs.</summary>
    public Func<Node, Node>? StartOf { get; init; }

    /// <summary>The samples of the batch, given all values and the gradients.</summary>
    public Func<IReadOnlyDictionary<Node, Value<double>>, IReadOnlyDictionary<Node, Tensor>, IReadOnlyList<TraceExample>>? ExamplesOf { get; init; }

    /// <summary>Where in a training the step is.</summary>
    public TraceRun? Run { get; init; }

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public Trace Build()
    {
        Differentiated();
        IReadOnlyList<Node> parameters = Parameters ?? [.. Leaves.Where(IsParameter)];
        ParameterStep? step = options.Optimizer is { } optimizer && parameters.Count > 0
            ? ParameterStep.Record(optimizer, State, parameters, node => _gradients.GetValueOrDefault(node), PathOf, StartOf)
            : null;
        Evaluate(step);
        Nudging nudging = new(result, Leaves, given, _values, options, Weight());
        Dictionary<Node, int> places = _quantities.Owners.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        EdgeWriter edges = new(_quantities, _record, _values, places);
        NodeWriter nodes = new(_quantities, _gradients, _values, _exact, nudging, result, IsParameter);
        long elements = Leaves.Where(IsParameter).Sum(n => (long)n.TensorType.Dims.Count);
        return new Trace
        {
            Title = Title,
            Convention = Convention,
            Nodes = [.. _quantities.Owners.Select((n, i) => nodes.Write(n, i))],
            Edges = edges.Write(),
            Update = step?.Write(_values, given, places, result),
            State = StateChanges.Write(_quantities, _values),
            Layers = LayersOf?.Invoke(n => places.GetValueOrDefault(n, -1)) ?? [],
            Examples = ExamplesOf?.Invoke(_values, _gradients) ?? [],
            Run = Run,
            Notes = Notes,
            Work = new TraceWork(
                _quantities.Owners.Where(n => n.Op is not Leaf).Sum(n => (long)n.TensorType.Dims.Count),
                elements,
                _quantities.Nodes.Count(n => n.Op is not (Leaf or Constant or Literal)),
                _record.RuleApplications),
            Program = Program(),
        };
    }

    // Under the names of the trace, so that who reads the program finds its values.
    private string Program()
    {
        Node[] leaves = [.. Leaves];
        Graph written = new("trace", leaves, _quantities.Owners.Where(n => n.Op is not Leaf).Select(n => new GraphOutput(_quantities.Names[n], n)));
        GraphBuilder builder = new();
        Node[] inputs = [.. leaves.Select(n => n.Op is Parameter ? builder.Parameter(_quantities.Names[n], n.TensorType).Node : builder.Input(_quantities.Names[n], n.TensorType).Node)];
        Dictionary<Node, Node> copies = GraphCopy.Into(builder, written, inputs);
        return new Graph("trace", inputs, written.Outputs.Select(o => new GraphOutput(o.Name, copies[o.Node]))).ToString();
    }

    // Each use of a value, times what it contributes: the first order of what rounding can do to the result.
    private double Weight() => _record.Contributions.Where(c => c.User.Inputs[c.Input].TensorType.DType.IsFloat)
        .Sum(c => _values[c.User.Inputs[c.Input]].Floats.Zip(_values[c.Value.Node].Floats, (value, slope) => Math.Abs(value * slope)).Where(double.IsFinite).Sum());

    private IEnumerable<Node> Leaves => _quantities.Owners.Where(n => n.Op is Leaf);

    private void Differentiated()
    {
        Node[] wanted = [.. _quantities.Owners.Where(n => n.Type is TensorType { DType.IsFloat: true })];
        System.Collections.Immutable.ImmutableArray<Tensor?> found = Differentiate.Pullback(
            [result], [result.Builder.Constant(1, result.TensorType.DType)], wanted, _record);
        for (int i = 0; i < wanted.Length; i++)
        {
            if (found[i] is { } gradient)
            {
                _gradients[wanted[i]] = gradient;
            }
        }
    }

    // Once, everything: values, gradients, contributions and the step.
    private void Evaluate(ParameterStep? step)
    {
        Node[] inputs = [.. Leaves.Concat(step?.Leaves ?? []).Concat(StateChanges.Leaves).Distinct()];
        Node[] asked = [result, .. _gradients.Values.Select(t => t.Node), .. _record.Contributions.Select(c => c.Value.Node), .. step?.Outputs ?? [], .. StateChanges.Outputs];
        Graph all = new("trace", inputs, asked.Distinct().Select((n, i) => new GraphOutput($"v{i}", n)));
        Dictionary<Node, Node> accurate = AccurateRules.InDerivatives(all, _quantities.Nodes.ToHashSet());
        Graph computed = new("trace", inputs.Select(n => accurate[n]), all.Outputs.Select(o => new GraphOutput(o.Name, accurate[o.Node])));
        Dictionary<Node, Value<double>> values = new Interpreter<double>(DoubleNumbers.Smooth).Trace(computed, [.. inputs.Select(n => given.GetValueOrDefault(n) ?? step!.Given[n])]);
        _values = accurate.Where(p => values.ContainsKey(p.Value)).ToDictionary(p => p.Key, p => values[p.Value]);
        if (result.TensorType.Dims.Rank == 0 && _quantities.Owners.All(n => n.Type is TensorType { Dims.Rank: 0 }))
        {
            _exact = ExactValues.Of(new Graph("exact", Leaves, [.. _gradients.Values.Select(t => t.Node).Append(result).Distinct().Select((n, i) => new GraphOutput($"v{i}", n))]), given);
        }
    }
}
