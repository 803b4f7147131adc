namespace Nabla.Explain;

/// <summary>What an activation does to numbers far from 0.</summary>
internal enum GateKind
{
    /// <summary>max(0, z).</summary>
    Relu,

    /// <summary>1 / (1 + e^-z).</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}

/// <summary>A product with a kernel: the heart of a layer.</summary>
/// <param name="Kernel">The weights, of any number of axes.</param>
/// <param name="Bias">What is added; null for nothing.</param>
/// <param name="Features">What comes in.</param>
/// <param name="Matrix">The weights as the product takes them, [..., inputs, units].</param>
/// <param name="Node">The weighted sum, before the bias.</param>
/// <param name="FromData">Whether nothing that is learned comes before it.</param>
/// <param name="IsHidden">Whether another product comes after it.</param>
internal sealed record RecordedProduct(Variable Kernel, Variable? Bias, Node Features, Node Matrix, Node Node, bool FromData, bool IsHidden)
{
    public string Layer => Kernel.Name[..Math.Max(0, Kernel.Name.LastIndexOf('/'))];
}

/// <summary>An activation that can get stuck.</summary>
/// <param name="Layer">Where it stands.</param>
/// <param name="Kind">Which it is.</param>
/// <param name="Z">What goes in.</param>
/// <param name="A">What comes out.</param>
/// <param name="Output">Which output of the model it gives; null inside.</param>
/// <param name="IsBypassed">Whether a shortcut leads around it, by which the gradient passes whatever it does.</param>
internal sealed record RecordedGate(string Layer, GateKind Kind, Node Z, Node A, int? Output, bool IsBypassed);

/// <summary>
/// A model's forward pass, loss and gradients as one graph, made by the code that training runs, with the derivatives by the weighted sums beside those by
/// the weights.
/// </summary>
internal sealed class ModelRecording
{
    private ModelRecording(Graph graph, int given, IReadOnlyList<Variable> reads, Node loss)
    {
        Graph = graph;
        Given = given;
        Reads = reads;
        Loss = loss;
    }

    /// <summary>The inputs are the data, the key of random numbers, then every variable.</summary>
    public Graph Graph { get; }

    /// <summary>How many inputs are not variables.</summary>
    public int Given { get; }

    public IReadOnlyList<Variable> Reads { get; }

    public Node Loss { get; }

    public required IReadOnlyList<RecordedProduct> Products { get; init; }

    public required IReadOnlyList<RecordedGate> Gates { get; init; }

    /// <summary>What layers compute with their weights, from the first on: products with kernels of any number of axes, rows of embeddings.</summary>
    public required IReadOnlyList<(string Layer, Node Node)> Flow { get; init; }

    /// <summary>The derivative of the loss by each trainable weight.</summary>
    public required IReadOnlyList<(Variable Weight, Node Gradient)> Gradients { get; init; }

    /// <summary>The derivatives of the loss by products and by what goes into gates.</summary>
    public required IReadOnlyDictionary<Node, Node> Deltas { get; init; }

    /// <summary>Records a model for batches of some types.</summary>
    public static ModelRecording Of(Model model, Compilation compilation, DataTypes batch)
    {
        OptimizerState state = compilation.EnsureState();
        GraphBuilder builder = new();
        builder.RecordSourceInside();
        Tensor[] x = Inputs(builder, "x", batch.X);
        Tensor[] y = Inputs(builder, "y", batch.Y);
        Tensor?[] w = [.. batch.W.Select((t, i) => t is null ? null : builder.Input($"w{i}", t))];
        Tensor seed = builder.Input("seed", TensorType.Scalar(DType.Int64));
        Node[] given = [.. x.Concat(y).Concat(w.OfType<Tensor>()).Select(t => t.Node), seed.Node];
        CallContext context = new(builder, training: true);
        context.Randomize(seed, context.Leaf(state.Iteration));
        StepContext step = new(model, compilation, context, x, y, w, null);
        IReadOnlyList<Tensor> outputs = step.Forward(step.X);
        Tensor loss = step.Loss(outputs);
        Anatomy anatomy = new(model, context, [.. outputs.Select(t => t.Node)]);
        Node[] inner = [.. anatomy.Products.Select(p => p.Matrix).Concat(anatomy.Flow.Select(f => f.Node)).Concat(anatomy.Gates.Select(g => g.Z)).Distinct()];
        IReadOnlyList<Tensor> found = Differentiate.Gradients(loss, [.. state.Weights.Select(v => context[v]), .. inner.Select(n => new Tensor(n))]);
        Graph graph = new(
            $"{model.Name}/examined",
            [.. given, .. context.Leaves],
            [new GraphOutput("loss", loss.Node), .. outputs.Select((t, i) => new GraphOutput($"output/{i}", t.Node)), .. found.Select((g, i) => new GraphOutput($"gradient/{i}", g.Node))]);
        return new ModelRecording(graph, given.Length, [.. context.Used], loss.Node)
        {
            Products = anatomy.Products,
            Gates = anatomy.Gates,
            Flow = anatomy.Flow,
            Gradients = [.. state.Weights.Select((v, i) => (v, found[i].Node))],
            Deltas = inner.Select((n, i) => (n, found[state.Weights.Count + i].Node)).ToDictionary(p => p.n, p => p.Node),
        };
    }

    private static Tensor[] Inputs(GraphBuilder builder, string name, IReadOnlyList<TensorType> types) =>
        [.. types.Select((t, i) => builder.Input(types.Count == 1 ? name : $"{name}{i}", t))];
}
