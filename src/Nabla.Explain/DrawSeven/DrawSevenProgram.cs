using System.Globalization;

namespace Nabla.Explain;

/// <summary>A layer as the page shows it: places among the outputs of <see cref="DrawSevenProgram.Look"/> and among the variables.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Kind">Its class.</param>
/// <param name="Activation">What it applies last; empty for nothing or not known.</param>
/// <param name="Output">Where its values stand among the outputs.</param>
/// <param name="Units">How many values it gives.</param>
internal sealed record DrawnLayer(string Name, string Kind, string Activation, int Output, int Units)
{
    /// <summary>Where the values that go in stand among the outputs; null where units are not opened.</summary>
    public int? Input { get; init; }

    /// <summary>Where the weighted sums before the activation stand.</summary>
    public int? Sums { get; init; }

    /// <summary>The variable of its weights [inputs, units].</summary>
    public int? Kernel { get; init; }

    /// <summary>The variable of its biases.</summary>
    public int? Bias { get; init; }
}

/// <summary>
/// What runs in the page, as two graphs over the model's own recording: one looks at a picture, one makes a whole training step with a picture and
/// its label. The page runs them printed as JavaScript, tests run them by the interpreter; both in double.
/// </summary>
internal sealed class DrawSevenProgram
{
    private readonly List<Variable> _variables = [];

    /// <summary>Looks: inputs x, chosen, y and the variables of <see cref="LookReads"/>; outputs spoken (the chosen score's derivative by each pixel), scores, probabilities, loss, then values of layers.</summary>
    public Graph Look { get; }

    /// <summary>Learns: inputs x, y, learning_rate and the variables of <see cref="TeachReads"/>; outputs the variables of <see cref="TeachWrites"/>, the loss, then a gradient for each trained weight.</summary>
    public Graph Teach { get; }

    /// <summary>Weights, then what the optimizer remembers.</summary>
    public IReadOnlyList<Variable> Variables => _variables;

    public IReadOnlyList<int> LookReads { get; }

    public IReadOnlyList<int> TeachReads { get; }

    public IReadOnlyList<int> TeachWrites { get; }

    /// <summary>The weights that a step changes, in the order of the gradients.</summary>
    public IReadOnlyList<int> Trained { get; }

    public IReadOnlyList<DrawnLayer> Layers { get; }

    public int Classes { get; }

    /// <summary>Whether labels are class numbers; else they are rows with a 1 at the class.</summary>
    public bool TakesClassNumbers { get; }

    /// <summary>The number of the first class in labels.</summary>
    public int LabelBase { get; }

    /// <summary>What the page's step does not do as a training would: empty where it does all.</summary>
    public string Differences { get; } = "";

    private readonly Model _model;
    private readonly Compilation _compilation;
    private readonly TensorType _x;
    private readonly TensorType _y;

    /// <summary>Records both graphs.</summary>
    /// <exception cref="NotSupportedException">The model is no classifier of one picture; the message says why.</exception>
    public DrawSevenProgram(Model model, DrawSevenOptions options)
    {
        _model = model;
        _compilation = model.RequireCompiled("a page to draw in");
        model.RequireBuilt("a page to draw in");
        if (model.Network is not { Inputs.Count: 1, Outputs.Count: 1 })
        {
            throw new NotSupportedException($"{model.ClassName} '{model.Name}': a page to draw in expects one input and one output, and layers that are known one by one.");
        }

        Dims sample = model.InputTypes[0].Dims[1..];
        if (sample.Count != options.Height * options.Width)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture, $"{model.ClassName} '{model.Name}': a page to draw in expects samples of {options.Height}x{options.Width} pixels, received {sample}."));
        }

        Loss loss = _compilation.Loss!;
        if (loss is not (SparseCategoricalCrossentropy or CategoricalCrossentropy) || model.OutputTypes[0].Dims.Rank != 2)
        {
            throw new NotSupportedException($"{model.ClassName} '{model.Name}': a page to draw in expects classes and a categorical cross-entropy, received the loss '{loss.Name}' and an output {model.OutputTypes[0].Dims[1..]}.");
        }

        Classes = model.OutputTypes[0].Dims[-1].Size;
        TakesClassNumbers = loss.TakesClasses;
        LabelBase = loss.LabelBase;
        Dim one = new(1, StepGraphs.Batch);
        _x = new TensorType(model.DType, [one, .. sample]);
        _y = TakesClassNumbers ? new TensorType(DType.Int32, [one]) : new TensorType(model.DType, [one, Classes]);
        Trained = [.. _compilation.EnsureState().Weights.Select(Place)];
        (Look, LookReads, Layers) = RecordLook();
        (Teach, TeachReads, TeachWrites, bool isExact) = RecordTeach(training: true);
        if (!isExact)
        {
            (Teach, TeachReads, TeachWrites, _) = RecordTeach(training: false);
            Differences = "Here a step leaves out what is random in training or looks at a whole batch: dropout and noise are off, and normalisation uses its stored averages.";
        }
    }

    /// <summary>The label of a class as the graphs take it.</summary>
    public double[] Label(int chosen) => TakesClassNumbers ? [chosen + LabelBase] : OneHot(chosen);

    /// <summary>A row with a 1 at the class.</summary>
    public double[] OneHot(int chosen) => [.. Enumerable.Range(0, Classes).Select(c => c == chosen ? 1.0 : 0)];

    /// <summary>Values of a graph's first inputs, in order.</summary>
    public IEnumerable<Value<double>> Given(Graph graph, params double[][] values) => values.Select((v, i) => graph.Inputs[i].TensorType switch
    {
        { DType.IsFloat: true } type => Value<double>.OfFloats(type, v),
        var type => Value<double>.OfIntegers(type, Array.ConvertAll(v, n => (long)n)),
    });

    private (Graph Graph, IReadOnlyList<int> Reads, IReadOnlyList<DrawnLayer> Layers) RecordLook()
    {
        GraphBuilder builder = new();
        CallContext context = new(builder, training: false);
        Tensor x = builder.Input("x", _x);
        Tensor chosen = builder.Input("chosen", new TensorType(_model.DType, [_x.Dims[0], Classes]));
        Tensor y = builder.Input("y", _y);
        Dictionary<LayerTensor, Tensor> values = new() { [_model.Network!.Inputs[0]] = x };
        List<GraphOutput> told = [];
        List<DrawnLayer> layers = [];
        foreach (LayerCall call in _model.Network.Calls)
        {
            Tensor[] inputs = [.. call.Inputs.Select(t => values[t])];
            IReadOnlyList<Tensor> outputs = call.Layer.Apply(inputs, context);
            foreach ((LayerTensor tensor, Tensor value) in call.Outputs.Zip(outputs))
            {
                values[tensor] = value;
            }

            if (IsShown(call.Layer))
            {
                layers.Add(Describe(call.Layer, inputs[0], outputs[0], context, Tell));
            }
        }

        Tensor scores = values[_model.Network.Outputs[0]];
        StepContext step = new(_model, _compilation, context, [x], [y], [null], null) { Outputs = [scores] };
        bool areLogits = _compilation.Loss!.TakesLogits == true;
        Tensor loss = step.Loss([scores]);
        Tensor spoken = Differentiate.Gradients((scores * chosen).Sum(), x)[0];
        GraphOutput[] first =
        [
            new("spoken", spoken.Node), new("scores", scores.Node), new("probabilities", (areLogits ? Nn.Softmax(scores) : scores).Node), new("loss", loss.Node),
        ];
        Graph graph = new($"{_model.Name}/look", [x.Node, chosen.Node, y.Node, .. context.Leaves], [.. first, .. told]);
        layers = [.. layers.Select(l => l with { Output = l.Output + first.Length, Input = l.Input + first.Length, Sums = l.Sums + first.Length })];
        return (graph, [.. context.Used.Select(Place)], layers);

        // A value that two layers tell of stands once among the outputs.
        int Tell(Tensor value)
        {
            int known = told.FindIndex(o => o.Node == value.Node);
            if (known < 0)
            {
                known = told.Count;
                told.Add(new GraphOutput(string.Create(CultureInfo.InvariantCulture, $"value/{known}"), value.Node));
            }

            return known;
        }
    }

    private (Graph Graph, IReadOnlyList<int> Reads, IReadOnlyList<int> Writes, bool IsExact) RecordTeach(bool training)
    {
        OptimizerState state = _compilation.EnsureState();
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", _x);
        Tensor y = builder.Input("y", _y);
        Tensor learningRate = builder.Input("learning_rate", TensorType.Scalar(DType.Float64));
        CallContext context = new(builder, training);
        if (training)
        {
            context.Randomize(builder.Constant(0, DType.Int64), context.Leaf(state.Iteration));
        }

        StepContext step = new(_model, _compilation, context, [x], [y], [null], learningRate);
        Tensor loss = step.Loss(step.Forward(step.X));
        IReadOnlyList<Tensor> gradients = step.Gradients(loss);
        step.Apply(gradients);
        Graph graph = new(
            $"{_model.Name}/teach",
            [x.Node, y.Node, learningRate.Node, .. context.Leaves],
            [
                .. step.Updates.Select(u => new GraphOutput(u.Variable.Name, u.Value.Node)),
                new GraphOutput("loss", loss.Node),
                .. gradients.Select((g, i) => new GraphOutput(string.Create(CultureInfo.InvariantCulture, $"gradient/{i}"), g.Node)),
            ]);
        bool isExact = context.Updates.Count == 0 && !graph.Nodes.Any(n => n.Op is Uniform);
        return (graph, [.. context.Used.Select(Place)], [.. step.Updates.Select(u => Place(u.Variable))], isExact);
    }

    // What only moves numbers, or does nothing when it answers, would show the same picture again.
    private static bool IsShown(Layer layer) => layer is not (Rescaling or Flatten or Reshape or Dropout or GaussianNoise or GaussianDropout or AlphaDropout or SpatialDropout or Identity or InputLayer or ActivityRegularization);

    private DrawnLayer Describe(Layer layer, Tensor input, Tensor output, CallContext context, Func<Tensor, int> tell)
    {
        string activation = Model.ActivationOf(layer)?.Name ?? "";
        DrawnLayer drawn = new(layer.Name, layer.ClassName, activation == "linear" ? "" : activation, tell(output), output.Dims[1..].Count);
        if (layer is not Dense dense || input.Dims.Rank != 2)
        {
            return drawn;
        }

        Node sums = output.Node;
        Node kernel = context[dense.OwnWeights[0]].Node;
        while (!IsWeightedSum(sums, kernel))
        {
            sums = sums.Inputs.First(n => TopologicalOrder.Of([n]).Contains(kernel));
        }

        return drawn with
        {
            Input = tell(input),
            Sums = tell(new Tensor(sums)),
            Kernel = Place(dense.OwnWeights[0]),
            Bias = dense.UseBias ? Place(dense.OwnWeights[1]) : null,
        };
    }

    // x W, or x W + b.
    private static bool IsWeightedSum(Node node, Node kernel) =>
        IsProduct(node, kernel) || (node.Op is Ops.Add && node.Inputs.Any(n => IsProduct(n, kernel)));

    private static bool IsProduct(Node node, Node kernel) => node.Op is MatMul && node.Inputs[1] == kernel;

    private int Place(Variable variable)
    {
        int known = _variables.FindIndex(v => ReferenceEquals(v, variable));
        if (known < 0)
        {
            known = _variables.Count;
            _variables.Add(variable);
        }

        return known;
    }
}
