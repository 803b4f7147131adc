namespace Nabla.Explain;

/// <summary>A training step of a model recorded once more, by the code that records it for training, with names for what a person looks for.</summary>
internal sealed class ModelReplay
{
    // A JSON file with more gradients than this is not read by anybody.
    private const long LargestExamples = 400_000;

    // Elements that the nudges of one element go through; beyond, fewer elements of each value are judged.
    private const long NudgedWork = 3_000_000;

    private readonly Model _model;
    private readonly Compilation _compilation;
    private readonly TrainingData _data;
    private readonly bool _training;
    private readonly bool _isCustom;
    private readonly Dictionary<Node, NDArray> _given = [];
    private readonly RecordedStep _recorded;
    private readonly OptimizerState _state;

    public ModelReplay(Model model, Compilation compilation, TrainingData data, bool training)
    {
        (_model, _compilation, _training) = (model, compilation, training);
        _state = compilation.State ?? new OptimizerState(compilation.Optimizer, model.TrainableWeights);
        _data = Floating(data);
        _isCustom = ((Func<StepContext, Tensor>)model.TrainStep).Method.DeclaringType != typeof(Model);
        _recorded = new RecordedStep(model, compilation, _state, _data.Types.Batch(_data.Count), training, hasRate: _isCustom && training, Record);
        Give(_recorded.Data.Zip(_data.All));
        Give(_recorded.Context.Leaves.Zip(_recorded.Context.Used.Select(v => v.Value)));
        if (training)
        {
            _given[_recorded.Seed!] = NDArray.Full((long)model.Progress.Seed, Dims.Scalar);
            _given[_recorded.Count!] = _state.Iteration.Value;
        }

        if (_recorded.Rate is { } rate)
        {
            _given[rate] = NDArray.Full(compilation.Optimizer.GivenRate, Dims.Scalar);
        }
    }

    private Node Result => _recorded.Loss.Node;

    private Node[] Parameters => [.. _state.Weights.Select(w => _recorded.Context.Leaf(w).Node)];

    // What the program turns a weight into before the optimizer's step begins there.
    private Dictionary<Node, Node> Starts => _recorded.Context.Updates.Where(u => u.Key.Trainable).ToDictionary(u => _recorded.Context.Leaf(u.Key).Node, u => u.Value.Node);

    private (Node Leaf, Node Next)[] StateMoves => [.. _recorded.Context.Updates.Where(u => !u.Key.Trainable).Select(u => (_recorded.Context.Leaf(u.Key).Node, u.Value.Node))];

    /// <summary>The step on the same samples, again and again.</summary>
    /// <exception cref="ArgumentException">The model's step is its own: nothing says what it does with gradients.</exception>
    public Iterations Iterate(Trace start, int steps, Optimizer? optimizer)
    {
        if (_isCustom)
        {
            throw new ArgumentException($"{_model.ClassName} '{_model.Name}': expected a model whose training step is the usual one, received one with a TrainStep of its own. Film its Fit with the callback new GlassBox(\"run.glass\").");
        }

        Node[] parameters = Parameters;
        Dictionary<Node, Node> starts = Starts;
        Node[] wanted = [.. parameters.Concat(starts.Values).Distinct()];
        System.Collections.Immutable.ImmutableArray<Tensor?> found = Differentiate.Pullback([Result], [Result.Builder.Constant(1, Result.TensorType.DType)], wanted, null);
        Tensor? Gradient(Node node) => found[Array.IndexOf(wanted, node)];
        ParameterStep step = ParameterStep.Record(
            optimizer ?? _compilation.Optimizer, optimizer is null ? _state : null, parameters, Gradient, _recorded.Names.PathOf, leaf => starts.GetValueOrDefault(leaf, leaf));
        Node count = _recorded.Count!;
        Node counted = (optimizer is null ? step.NextOf(_state.Iteration) : null) ?? (new Tensor(count) + 1).Node;
        Dictionary<Node, Value<double>> given = Values();
        foreach ((Node leaf, Value<double> value) in step.Given)
        {
            given[leaf] = value;
        }

        return new Iterations
        {
            Start = start,
            Result = start.Result.Name,
            Parameters = [.. parameters.SelectMany(p => Enumerable.Range(0, p.TensorType.Dims.Count).Select(i => _recorded.Names.Nodes[p] + TensorCells.Place(i, [.. p.TensorType.Dims.Select(d => d.Size)])))],
            Rows = new RepeatedStep(Result, parameters, [.. parameters.Select(p => Gradient(p)?.Node)], [.. step.Moves, .. StateMoves, (count, counted)]).Run(given, steps),
        };
    }

    public Trace Explain(int[] rows, TraceOptions options, List<string> notes)
    {
        Node[] parameters = Parameters;
        notes.Add(_training ? "Training mode: layers act as in a training step." : "Inference mode: layers act as in prediction; nothing is updated.");
        Optimizer? optimizer = options.Optimizer ?? (_training && !_isCustom ? _compilation.Optimizer : null);
        if (_isCustom && _training)
        {
            notes.Add($"{_model.ClassName} has a TrainStep of its own: the loss that it returns is explained; what it does with gradients is not.");
        }

        HashSet<Node> trained = [.. parameters];
        Dictionary<Node, Node> starts = Starts;
        return new TraceBuilder(Result, Values(), _recorded.Names.Nodes, options with { Optimizer = optimizer, CheckedElements = Checked(options, notes) })
        {
            Title = options.Title ?? _model.Name,
            Convention = LossWords.Of(_model, _compilation, rows.Length),
            IsParameter = trained.Contains,
            Parameters = parameters,
            PathOf = _recorded.Names.PathOf,
            State = options.Optimizer is null ? _state : null,
            LayersOf = _recorded.Names.Layers,
            StateChanges = new StateWriter(StateMoves, _recorded.Names.PathOf),
            StartOf = leaf => starts.GetValueOrDefault(leaf, leaf),
            ExamplesOf = (found, gradients) => Examples(rows, parameters, found, gradients, notes),
            Run = Run(rows),
            Notes = notes,
        }.Build();
    }

    private Dictionary<Node, Value<double>> Values()
    {
        Dictionary<Node, Value<double>> values = _given.ToDictionary(g => g.Key, g => Value<double>.From(g.Value, DoubleNumbers.Smooth));
        foreach ((Variable weight, Node leaf) in _state.Weights.Zip(Parameters))
        {
            values.TryAdd(leaf, Value<double>.From(weight.Value, DoubleNumbers.Smooth));
        }

        return values;
    }

    // In the precision of the model, by the program that runs: what Fit would have said.
    private TraceRun Run(int[] rows)
    {
        Node[] leaves = [.. TopologicalOrder.Of([Result]).Where(n => n.Op is Leaf)];
        Graph graph = new("replay", leaves, [new GraphOutput("J", _recorded.Loss.Cast(DType.Float64).Node)]);
        double loss = Executable.Compile(graph).Run([.. leaves.Select(l => _given[l])])[0].ToArray<double>()[0];
        long step = _state.Iteration.Value.ToArray<long>()[0] + 1;
        return new TraceRun((int)Math.Min(int.MaxValue, _model.Progress.Epochs + 1), step, _model.Progress.Seed, rows, loss, _model.DType.Name);
    }

    private Tensor Record(StepContext step)
    {
        OptimizerState? before = _compilation.State;
        try
        {
            return !_training ? _model.TestStep(step)
                : _isCustom ? _model.TrainStep(step)
                : step.Loss(step.Forward(step.X));
        }
        finally
        {
            // A TrainStep of the user's own may ask for the optimizer, which then makes its memory.
            _compilation.State = before;
        }
    }

    private IReadOnlyList<TraceExample> Examples(
        int[] rows, Node[] parameters, IReadOnlyDictionary<Node, Value<double>> values, IReadOnlyDictionary<Node, Tensor> gradients, List<string> notes)
    {
        Tensor[] losses = [.. _recorded.Step.OutputValues.OfType<Tensor>().Where(v => gradients.ContainsKey(v.Node))];
        if (losses.Length == 0 || losses.Any(l => l.Dims.Rank == 0 || l.Dims[0].Size != rows.Length))
        {
            notes.Add("The loss is not one of single samples: there is nothing to say of each.");
            return [];
        }

        long weights = parameters.Sum(p => (long)p.TensorType.Dims.Count);
        bool hasGradients = weights * rows.Length <= LargestExamples;
        if (!hasGradients)
        {
            notes.Add($"Gradients of single samples are left out: {rows.Length} samples times {weights:N0} weights. Explain fewer rows to see them.");
        }

        return new SampleGradients(losses, [.. _recorded.Step.Outputs], parameters, values, gradients).Write(rows, hasGradients);
    }

    private int Checked(TraceOptions options, List<string> notes)
    {
        // A leaf's nudge goes through the whole program: about a product for each weight and sample.
        long program = Math.Max(1, _model.CountParams()) * _data.Count;
        int most = (int)Math.Clamp(NudgedWork / program, 1, Math.Max(1, options.CheckedElements));
        if (most < options.CheckedElements || _model.CountParams() > options.CheckedElements)
        {
            notes.Add($"Nudges judge up to {Math.Min(most, options.CheckedElements)} elements of each value: the largest gradient, and others spread over the rest.");
        }

        return Math.Min(most, options.CheckedElements);
    }

    private void Give(IEnumerable<(Node Leaf, NDArray Value)> values)
    {
        foreach ((Node leaf, NDArray value) in values)
        {
            _given[leaf] = value;
        }
    }

    // Pixels may come as bytes; as the model's numbers they have gradients, which tell what the answer listened to.
    private TrainingData Floating(TrainingData data) =>
        new([.. data.X.Select((a, i) => _model.InputTypes[i].DType.IsFloat ? a.AsType(_model.InputTypes[i].DType) : a)], data.Y, data.W);
}
