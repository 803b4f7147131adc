namespace Nabla.Explain;

/// <summary>The optimizer's own step, recorded into the graph of a trace.</summary>
internal sealed class ParameterStep
{
    private readonly Optimizer _optimizer;
    private readonly OptimizerState _state;
    private readonly IReadOnlyList<Node> _parameters;
    private readonly IReadOnlyDictionary<Variable, Tensor> _remembered;
    private readonly IReadOnlyDictionary<Variable, Tensor> _changes;
    private readonly Tensor _rate;
    private readonly Func<Node, string> _pathOf;
    private readonly IReadOnlyList<Tensor> _gradients;
    private Dictionary<Node, Value<double>>? _given;

    private ParameterStep(
        Optimizer optimizer, OptimizerState state, IReadOnlyList<Node> parameters, IReadOnlyDictionary<Variable, Tensor> remembered,
        IReadOnlyDictionary<Variable, Tensor> changes, Tensor rate, Func<Node, string> pathOf, IReadOnlyList<Tensor> gradients) =>
        (_optimizer, _state, _parameters, _remembered, _changes, _rate, _pathOf, _gradients) = (optimizer, state, parameters, remembered, changes, rate, pathOf, gradients);

    /// <summary>Records the step of some parameters.</summary>
    /// <param name="optimizer">Whose step.</param>
    /// <param name="state">What it remembers, its weights in the order of the parameters; null for a first step.</param>
    /// <param name="parameters">The leaves that change.</param>
    /// <param name="gradientOf">The gradient of a leaf; null counts as zeros.</param>
    /// <param name="pathOf">The name of a parameter in the program.</param>
    /// <param name="startOf">Where the step of a parameter begins, with the gradient that belongs there; null is the parameter itself.</param>
    public static ParameterStep Record(Optimizer optimizer, OptimizerState? state, IReadOnlyList<Node> parameters, Func<Node, Tensor?> gradientOf, Func<Node, string> pathOf, Func<Node, Node>? startOf = null)
    {
        GraphBuilder builder = parameters[0].Builder;
        state ??= new OptimizerState(optimizer, [.. parameters.Select(p => new Variable(pathOf(p), p.TensorType, trainable: true))]);
        Dictionary<Variable, Tensor> read = [];
        foreach ((Variable weight, Node leaf) in state.Weights.Zip(parameters))
        {
            read[weight] = new Tensor(startOf?.Invoke(leaf) ?? leaf);
        }

        Dictionary<Variable, Tensor> remembered = [];
        foreach (Variable variable in state.All)
        {
            remembered[variable] = read[variable] = builder.Input(variable.Name, variable.Type);
        }

        Tensor rate = builder.Input("learning_rate", TensorType.Scalar(DType.Float64));
        Tensor[] gradients = [.. parameters.Select(p => gradientOf(startOf?.Invoke(p) ?? p) ?? new Tensor(p).Like(0))];

        // An optimizer that trains on a scaled loss takes the scale off again; the trace shows gradients without it.
        Tensor one = builder.Constant(1, DType.Float64);
        Tensor scale = optimizer.ScaleLoss(one, state, v => read[v]);
        Tensor[] scaled = scale == one ? gradients : [.. gradients.Select(g => g * scale.Cast(g.DType))];
        RecordedUpdate update = optimizer.Record(UpdateRequest.All(state, v => read[v], rate, scaled, good: null));
        return new ParameterStep(optimizer, state, parameters, remembered, update.Changes.ToDictionary(c => c.Variable, c => c.Value), rate, pathOf, gradients);
    }

    /// <summary>The leaves that the step reads beside the program: parameters that it does not use with them.</summary>
    public IEnumerable<Node> Leaves => [.. _parameters, .. _remembered.Values.Select(t => t.Node), _rate.Node];

    /// <summary>The values of <see cref="Leaves"/>, where the program does not give them.</summary>
    public IReadOnlyDictionary<Node, Value<double>> Given => _given ??= new(
        _remembered.Select(r => KeyValuePair.Create(r.Value.Node, Value<double>.From(r.Key.Value, DoubleNumbers.Smooth)))
            .Append(KeyValuePair.Create(_rate.Node, Value<double>.OfFloats(_rate.Type, [_optimizer.GivenRate]))));

    /// <summary>What the step computes.</summary>
    public IEnumerable<Node> Outputs => _changes.Values.Concat(_gradients).Select(t => t.Node);

    /// <summary>What the next step begins with: for each leaf the node of its new value.</summary>
    public IEnumerable<(Node Leaf, Node Next)> Moves => _changes.Select(c =>
        (_state.Weights.ToList().IndexOf(c.Key) is >= 0 and var i ? _parameters[i] : _remembered[c.Key].Node, c.Value.Node));

    /// <summary>The new value of something that the optimizer remembers; null where the step leaves it.</summary>
    public Node? NextOf(Variable remembered) => _changes.GetValueOrDefault(remembered)?.Node;

    /// <summary>The step as a part of a trace, and the result with the new parameters.</summary>
    public TraceUpdate Write(
        IReadOnlyDictionary<Node, Value<double>> values, IReadOnlyDictionary<Node, Value<double>> given, IReadOnlyDictionary<Node, int> places, Node result)
    {
        List<TraceParameter> parameters = [];
        Dictionary<Node, Value<double>> moved = new(given);
        for (int i = 0; i < _parameters.Count; i++)
        {
            if (!places.ContainsKey(_parameters[i]))
            {
                continue;
            }

            Variable weight = _state.Weights[i];
            double[] before = values[_parameters[i]].Floats;
            double[] after = _changes.TryGetValue(weight, out Tensor? change) ? values[change.Node].Floats : before;
            moved[_parameters[i]] = Value<double>.OfFloats(_parameters[i].TensorType, after);
            parameters.Add(new TraceParameter
            {
                Node = places[_parameters[i]],
                Path = _pathOf(_parameters[i]),
                After = after,
                EffectiveRates = Rates(before, after, values[_gradients[i].Node].Floats),
                Slots = _state.Slots.Count == 0 ? [] : [.. _state.Slots[i].Select(s => Slot(s, weight, values))],
            });
        }

        Node[] leaves = [.. places.Keys.Where(n => n.Op is Leaf)];
        Graph forward = new("after", leaves, [new GraphOutput("result", result)]);
        double resultAfter = new Interpreter<double>(DoubleNumbers.Smooth).Run(forward, [.. leaves.Select(l => moved[l])])[0].Floats[0];
        return new TraceUpdate
        {
            Optimizer = _optimizer.ClassName,
            LearningRate = _optimizer.LearningRate,
            Step = _state.Iteration.Buffer.AsSpan<long>()[0] + 1,
            Parameters = parameters,
            ResultAfter = resultAfter,
        };
    }

    private TraceSlot Slot(Variable slot, Variable weight, IReadOnlyDictionary<Node, Value<double>> values)
    {
        double[] before = values[_remembered[slot].Node].Floats;
        double[] after = _changes.TryGetValue(slot, out Tensor? change) ? values[change.Node].Floats : before;
        string prefix = $"{_optimizer.Name}/{weight.Name}/";
        return new TraceSlot(slot.Name.StartsWith(prefix, StringComparison.Ordinal) ? slot.Name[prefix.Length..] : slot.Name, before, after);
    }

    private static double[] Rates(double[] before, double[] after, double[] gradient) =>
        [.. before.Select((b, i) => gradient[i] == 0 ? double.NaN : (b - after[i]) / gradient[i])];
}
