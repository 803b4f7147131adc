namespace Nabla;

/// <summary>
/// A step of a model: knows its weights and how to compute its output. Layers are reference objects: the same object used twice shares
/// its weights. A layer makes its weights when it first sees what comes in (<see cref="Build"/>).
/// </summary>
public abstract class Layer
{
    private readonly List<Variable> _weights = [];
    private readonly DType? _ownDType;
    private SeedSource? _seeds;

    /// <summary>A layer.</summary>
    /// <param name="name">Unique in its model, without '/'; null makes one: <c>dense</c>, <c>dense_1</c>, ...</param>
    /// <param name="dtype">What it computes in: float32 or float64; null takes the model's.</param>
    /// <param name="trainable">Whether training changes its weights.</param>
    protected Layer(string? name = null, DType? dtype = null, bool trainable = true)
    {
        if (name is not null && (string.IsNullOrWhiteSpace(name) || name.Contains('/', StringComparison.Ordinal)))
        {
            throw new ArgumentException($"{ClassName}: expected a name of one or more characters without '/', received '{name}'. '/' separates a layer from its weights in names such as dense/kernel.", nameof(name));
        }

        if (dtype is { IsFloat: false })
        {
            throw new ArgumentException($"{ClassName}{(name is null ? "" : $" '{name}'")}: expected a dtype of float32 or float64, received {dtype.Value.Name}.", nameof(dtype));
        }

        Name = name ?? AutoName.Next(ClassName);
        Trainable = trainable;
        _ownDType = dtype;
    }

    /// <summary>The name, unique in its model.</summary>
    public string Name { get; }

    /// <summary>Whether training changes its weights; read when a model is compiled.</summary>
    public bool Trainable { get; set; }

    /// <summary>What the layer computes in; known for sure once it is built.</summary>
    public DType DType => _ownDType ?? InheritedDType ?? DType.Float32;

    /// <summary>The dims of one sample, where they are said here instead of being taken from the first data: <c>new Dense(3) { InputShape = [2] }</c>.</summary>
    public Dims? InputShape { get; init; }

    /// <summary>Whether the weights exist.</summary>
    public bool Built => InputType is not null;

    /// <summary>The type for which the layer was built, its batch size meaningless; null before.</summary>
    public TensorType? InputType { get; private set; }

    /// <summary>The weights in the order in which Keras saves them.</summary>
    public virtual IReadOnlyList<Variable> Weights => _weights;

    /// <summary>Keras' name of the class, as saved and counted in automatic names.</summary>
    public virtual string ClassName => GetType().Name;

    /// <summary>The number of values in all weights.</summary>
    public virtual long CountParams() => Weights.Sum(w => (long)w.Type.Dims.Count);

    /// <summary>The output for given values, building the layer first where needed.</summary>
    /// <param name="x">The samples along the first axis.</param>
    /// <param name="training">Whether the layer acts as in training (dropout drops).</param>
    public virtual NDArray Call(NDArray x, bool training = false)
    {
        GraphBuilder builder = new();
        CallContext context = new(builder, training);
        if (training)
        {
            context.Randomize(builder.Constant(RandomSeed.Next(), DType.Int64), builder.Constant(0, DType.Int64));
        }

        NDArray usable = x.DType.IsGraphType ? x : x.AsType(DType);
        Tensor input = builder.Input("x", usable.Type);
        Tensor output = Apply(input, context, _seeds ?? new SeedSource(RandomSeed.Next()));
        Graph graph = new(Name, [input.Node, .. context.Leaves], [new GraphOutput("y", output.Node)]);
        return Executable.Compile(graph).Run([usable, .. context.Used.Select(w => w.Value)])[0];
    }

    // The model's element type, for layers without one of their own.
    private DType? InheritedDType { get; set; }

    /// <summary>Takes a model's element type where the layer has none of its own.</summary>
    /// <exception cref="ArgumentException">The layer belongs to a model of another element type already.</exception>
    internal void Inherit(DType dtype, Model model)
    {
        if (_ownDType is null && InheritedDType is { } before && before != dtype)
        {
            throw new ArgumentException($"{ClassName} '{Name}': expected a model of {before.Name}, for which the layer was made, received '{model.Name}' of {dtype.Name}. Make a new layer, or give this one a dtype of its own.");
        }

        InheritedDType = dtype;
    }

    /// <summary>Called once, before the first <see cref="Call(Tensor, CallContext)"/>: makes the weights with <see cref="AddWeight"/>.</summary>
    /// <param name="input">What will come in; the first axis is the batch.</param>
    protected virtual void Build(TensorType input)
    {
    }

    /// <summary>Records the layer's computation.</summary>
    /// <param name="input">What comes in; the first axis is the batch.</param>
    /// <param name="context">Weights, training or not, random numbers.</param>
    protected abstract Tensor Call(Tensor input, CallContext context);

    /// <summary>Makes a weight; for use in <see cref="Build"/>.</summary>
    /// <param name="name">The last part of its name: <c>kernel</c>.</param>
    /// <param name="dims">Its dims.</param>
    /// <param name="initializer">Its first values.</param>
    /// <param name="dtype">Its element type; null takes the layer's.</param>
    /// <param name="trainable">Whether training changes it.</param>
    protected Variable AddWeight(string name, Dims dims, Initializer initializer, DType? dtype = null, bool trainable = true)
    {
        NDArray value = initializer.Create(dims, dtype ?? DType, _seeds!.Stream(initializer.Seed));
        Variable weight = new($"{Name}/{name}", value, trainable);
        _weights.Add(weight);
        return weight;
    }

    /// <summary>An error of this layer: who it is stands in front.</summary>
    protected internal ShapeException Error(string message) => new($"{ClassName} '{Name}': {message}");

    /// <summary>Writes the constructor's arguments under Keras' names, after name, trainable and dtype.</summary>
    protected internal virtual void WriteConfig(ConfigWriter config) =>
        throw new NotSupportedException($"{ClassName} '{Name}': a layer class of your own cannot be saved; only the built-in layers can. Save its weights by GetWeights instead.");

    /// <summary>Builds the layer if it is not built yet.</summary>
    internal void EnsureBuilt(TensorType input, SeedSource seeds)
    {
        if (!Built)
        {
            _seeds = seeds;
            Build(input with { DType = DType });
            InputType = input with { DType = DType };
        }
    }

    /// <summary>Records the layer under its name, building it first where needed; floating inputs are cast to its element type.</summary>
    internal Tensor Apply(Tensor input, CallContext context, SeedSource seeds)
    {
        using IDisposable _ = input.Builder.Scope(Name);
        Tensor cast = input.Cast(DType);
        EnsureBuilt(cast.Type, seeds);
        return Call(cast, context);
    }

    /// <summary>Checks the last axis against what the layer was built with.</summary>
    private protected void ExpectFeatures(Tensor input, int features)
    {
        if (input.Dims.Rank < 2 || input.Dims[-1].Size != features)
        {
            string received = input.Dims.Rank < 2 ? $"{input.Dims.Rank} axes" : $"{input.Dims[-1].Size}";
            throw Error($"expected {features} features on the last axis, received {received} (input {input.Type}). The layer was built with {features}. Were the data's columns changed, or is another layer connected by mistake?");
        }
    }
}
