namespace Nabla;

/// <summary>
/// A step of a model: knows its weights and how to compute its output. Layers are reference objects: the same object used twice shares
/// its weights. A layer makes its weights when it first sees what comes in (<see cref="Build(TensorType)"/>).
/// </summary>
/// <example><code>
/// Layer layer = new Dense(3, activation: "relu");
/// NDArray output = layer.Call(new float[,] { { 1, 2 } });
/// IReadOnlyList&lt;NDArray&gt; kernelAndBias = layer.GetWeights();
/// </code></example>
public abstract class Layer
{
    private readonly List<Variable> _own = [];
    private readonly List<Layer> _sublayers = [];
    private readonly List<LayerTensor> _outputs = [];
    private readonly List<(Variable Weight, Initializer Initializer)> _undrawn = [];
    private DType? _ownDType;
    private DType? _inheritedDType;
    private SeedSource? _seeds;
    private bool _trainable;

    /// <summary>A layer.</summary>
    /// <param name="name">Unique in its model, without '/'; null makes one: <c>dense</c>, <c>dense_1</c>, ...</param>
    /// <param name="dtype">What it computes in: float32 or float64; null takes the model's.</param>
    /// <param name="trainable">Whether training changes its weights.</param>
    /// <param name="activityRegularizer">A penalty on the output, divided by the number of samples and added to the loss.</param>
    protected Layer(string? name = null, DType? dtype = null, bool trainable = true, Regularizer? activityRegularizer = null)
    {
        if (dtype is { IsFloat: false } && !TakesAnyDType)
        {
            throw new ArgumentException($"{ClassName}{(name is null ? "" : $" '{name}'")}: expected a dtype of float32 or float64, received {dtype.Value.Name}.", nameof(dtype));
        }

        Name = name is null ? AutoName.Next(ClassName) : Checked(name);
        _trainable = trainable;
        _ownDType = dtype;
        ActivityRegularizer = activityRegularizer;
    }

    /// <summary>The name, unique in its model.</summary>
    public string Name { get; private set; }

    /// <summary>Whether training changes its weights, and those of the layers inside it; read when a model is compiled.</summary>
    public bool Trainable
    {
        get => _trainable;
        set
        {
            _trainable = value;
            foreach (Layer layer in Sublayers)
            {
                layer.Trainable = value;
            }
        }
    }

    /// <summary>What the layer computes in; known for sure once it is built.</summary>
    public DType DType => _ownDType ?? _inheritedDType ?? DType.Float32;

    /// <summary>The dims of one sample, where they are said here instead of being taken from the first data: <c>new Dense(3) { InputShape = [2] }</c>.</summary>
    public Dims? InputShape { get; init; }

    /// <summary>Whether the weights exist.</summary>
    public bool Built => InputTypes.Count > 0;

    /// <summary>The type for which the layer was built, its batch size meaningless; null before. Of several inputs the first.</summary>
    public TensorType? InputType => Built ? InputTypes[0] : null;

    /// <summary>The types of all inputs for which the layer was built; empty before.</summary>
    public IReadOnlyList<TensorType> InputTypes { get; private protected set; } = [];

    /// <summary>A penalty on the output, divided by the number of samples and added to the loss; null for none.</summary>
    public Regularizer? ActivityRegularizer { get; }

    /// <summary>The weights in the order in which Keras saves them: its own, then those of the layers inside it.</summary>
    public virtual IReadOnlyList<Variable> Weights => [.. _own.Concat(Sublayers.SelectMany(l => l.Weights)).Distinct()];

    /// <summary>The weights that training changes.</summary>
    public IReadOnlyList<Variable> TrainableWeights =>
        Trainable ? [.. _own.Where(w => w.Trainable).Concat(Sublayers.SelectMany(l => l.TrainableWeights)).Distinct()] : [];

    /// <summary>The weights that training leaves to the layers, or alone.</summary>
    public IReadOnlyList<Variable> NonTrainableWeights => [.. Weights.Except(TrainableWeights)];

    /// <summary>Keras' name of the class, as saved and counted in automatic names.</summary>
    public virtual string ClassName => GetType().Name;

    /// <summary>What the layer gave when it was called in a functional model; for models made of parts of others.</summary>
    /// <exception cref="InvalidOperationException">It was called not once, but never or several times.</exception>
    public LayerTensor Output => _outputs.Count == 1
        ? _outputs[0]
        : throw new InvalidOperationException($"{ClassName} '{Name}': Output expected a layer that was called once on symbolic inputs, received one that was called {_outputs.Count} times. Keep what Call returned instead.");

    /// <summary>The layers inside this one, whose weights are its own too.</summary>
    internal virtual IReadOnlyList<Layer> Sublayers => _sublayers;

    /// <summary>The weights that are not those of a layer inside.</summary>
    internal IReadOnlyList<Variable> OwnWeights => _own;

    /// <summary>Whether the layer says a dtype of its own.</summary>
    internal bool SaysDType => _ownDType is not null;

    /// <summary>Whether the dtype may be one that nothing is computed in: for layers that pass values on.</summary>
    private protected virtual bool TakesAnyDType => false;

    /// <summary>Whether inputs are cast to the layer's element type; false for layers whose inputs are class numbers.</summary>
    protected internal virtual bool CastsInputs => true;

    /// <summary>Whether a mask of the only input is a mask of the output.</summary>
    protected internal virtual bool SupportsMasking => false;

    /// <summary>Whether the layer looks at data that enter a model where it is the first to take them.</summary>
    internal virtual bool ChecksData => false;

    /// <summary>What is wrong with such data; null where the layer can take them.</summary>
    /// <param name="data">All samples.</param>
    /// <param name="place">Which of the layer's inputs they are.</param>
    internal virtual string? ProblemOf(NDArray data, int place) => null;

    /// <summary>The number of values in all weights.</summary>
    public virtual long CountParams() => Weights.Sum(w => (long)w.Type.Dims.Count);

    /// <summary>The output for given values, building the layer first where needed.</summary>
    /// <param name="x">The samples along the first axis.</param>
    /// <param name="training">Whether the layer acts as in training: dropout drops, batch normalization learns its averages.</param>
    public virtual NDArray Call(NDArray x, bool training = false) => Call((Arrays)x, training);

    /// <summary>The output for several inputs: <c>new Concatenate().Call([a, b])</c>.</summary>
    /// <param name="inputs">The inputs in order.</param>
    /// <param name="training">Whether the layer acts as in training.</param>
    public virtual NDArray Call(Arrays inputs, bool training = false) => LayerCalls.OnValues(this, inputs, _seeds, training);

    /// <summary>What the layer will give for what another gives: a step of a functional model.</summary>
    /// <param name="input">An <see cref="Input"/>, or what a layer returned.</param>
    public LayerTensor Call(LayerTensor input) => Single(CallMany([input]));

    /// <summary>What the layer will give for several inputs.</summary>
    /// <param name="inputs">The inputs in order.</param>
    public LayerTensor Call(IReadOnlyList<LayerTensor> inputs) => Single(CallMany(inputs));

    /// <summary>All that the layer will give: for a model of several outputs inside another.</summary>
    /// <param name="inputs">The inputs in order.</param>
    public IReadOnlyList<LayerTensor> CallMany(IReadOnlyList<LayerTensor> inputs)
    {
        // What comes in says in which type the rest of the model computes.
        if (inputs.FirstOrDefault(i => i.Type.DType.IsFloat) is { } first && _inheritedDType is null)
        {
            Inherit(first.Type.DType, "the model");
        }

        IReadOnlyList<LayerTensor> outputs = LayerCalls.Symbolic(this, inputs);
        _outputs.AddRange(outputs);
        return outputs;
    }

    /// <summary>Records the layer under its name, building it first where needed: how a layer calls the layers inside it.</summary>
    /// <param name="input">What comes in; floating inputs are cast to the layer's element type.</param>
    /// <param name="context">The context that the outer layer was called with.</param>
    public Tensor Apply(Tensor input, CallContext context) => Apply([input], context)[0];

    /// <summary>The same for several inputs and outputs.</summary>
    public IReadOnlyList<Tensor> Apply(IReadOnlyList<Tensor> inputs, CallContext context)
    {
        using IDisposable _ = inputs[0].Builder.Scope(Name);
        Tensor? mask = inputs.Count == 1 ? context.MaskOf(inputs[0]) : null;
        Tensor[] cast = [.. inputs.Select(Cast)];
        EnsureBuilt([.. cast.Select(t => t.Type)], context.Seeds);
        for (int i = 0; i < cast.Length; i++)
        {
            if (context.MaskOf(inputs[i]) is { } known)
            {
                context.SetMask(cast[i], known);
            }
        }

        IReadOnlyList<Tensor> outputs = CallMany(cast, context);
        context.Visit(this, cast, outputs);
        if (mask is not null && SupportsMasking && context.MaskOf(outputs[0]) is null)
        {
            context.SetMask(outputs[0], mask);
        }

        if (ActivityRegularizer is { } penalty)
        {
            foreach (Tensor output in outputs)
            {
                context.AddLoss(penalty.Apply(output) / output.Builder.Apply(new AxisSize([0]), output).Cast(output.DType));
            }
        }

        return outputs;

        Tensor Cast(Tensor input) => CastsInputs ? input.Cast(DType) : input;
    }

    /// <summary>Takes a model's element type where the layer has none of its own.</summary>
    /// <exception cref="ArgumentException">The layer belongs to a model of another element type already.</exception>
    internal void Inherit(DType dtype, string model)
    {
        if (_ownDType is null && (Built || _inheritedDType is not null) && DType != dtype)
        {
            throw new ArgumentException($"{ClassName} '{Name}': expected a model of {DType.Name}, for which the layer was made, received {model} of {dtype.Name}. Make a new layer, or give this one a dtype of its own.");
        }

        _inheritedDType = dtype;
        foreach (Layer layer in Sublayers)
        {
            layer.Inherit(DType, model);
        }
    }

    /// <summary>Called once, before the first <see cref="Call(Tensor, CallContext)"/>: makes the weights with <see cref="AddWeight"/>.</summary>
    /// <param name="input">What will come in; the first axis is the batch.</param>
    protected virtual void Build(TensorType input)
    {
    }

    /// <summary>The same for a layer of several inputs.</summary>
    /// <param name="inputs">What will come in, in order.</param>
    protected virtual void Build(IReadOnlyList<TensorType> inputs) => Build(inputs[0]);

    /// <summary>Records the layer's computation.</summary>
    /// <param name="input">What comes in; the first axis is the batch.</param>
    /// <param name="context">Weights, training or not, random numbers.</param>
    protected abstract Tensor Call(Tensor input, CallContext context);

    /// <summary>Records the computation of a layer of several inputs or outputs; by default there is one of each.</summary>
    /// <param name="inputs">What comes in, in order.</param>
    /// <param name="context">Weights, training or not, random numbers.</param>
    protected virtual IReadOnlyList<Tensor> CallMany(IReadOnlyList<Tensor> inputs, CallContext context) => inputs.Count == 1
        ? [Call(inputs[0], context)]
        : throw Error($"expected one input, received {inputs.Count}: {string.Join(", ", inputs.Select(i => i.Type))}. To bring several together use Concatenate, Add, or a layer derived from MergingLayer.");

    /// <summary>Makes a weight; for use in <see cref="Build(TensorType)"/>.</summary>
    /// <param name="name">The last part of its name: <c>kernel</c>.</param>
    /// <param name="dims">Its dims.</param>
    /// <param name="initializer">Its first values; <see cref="GlorotUniform"/> by default.</param>
    /// <param name="dtype">Its element type; null takes the layer's.</param>
    /// <param name="trainable">Whether training changes it; false for state that the layer itself updates.</param>
    /// <param name="regularizer">A penalty on its values, added to the loss.</param>
    /// <param name="constraint">What its values are brought back to after each step.</param>
    protected Variable AddWeight(
        string name,
        Dims dims,
        Initializer? initializer = null,
        DType? dtype = null,
        bool trainable = true,
        Regularizer? regularizer = null,
        Constraint? constraint = null)
    {
        Variable weight = new($"{Name}/{name}", new TensorType(dtype ?? DType, dims), trainable, regularizer, constraint);
        _own.Add(weight);
        _undrawn.Add((weight, initializer ?? new GlorotUniform()));

        // Without a model yet: whoever asks first decides the seed.
        weight.StartFrom(() =>
        {
            Draw(new SeedSource(RandomSeed.Next()));
            return weight.First();
        });
        if (_seeds is not null)
        {
            Draw(_seeds);
        }

        return weight;
    }

    /// <summary>Makes a weight by what the layer's arguments say of it.</summary>
    private protected Variable AddRegularized(RegularizedWeight rules, Dims dims) =>
        AddWeight(rules.Name, dims, rules.Initializer, regularizer: rules.Regularizer, constraint: rules.Constraint);

    /// <summary>Takes a layer into this one: its weights are trained and saved with this layer's. For use in the constructor or in Build.</summary>
    /// <returns>The layer.</returns>
    protected T AddSublayer<T>(T layer)
        where T : Layer
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (_sublayers.Any(l => l.Name == layer.Name && !ReferenceEquals(l, layer)))
        {
            throw new ArgumentException($"{ClassName} '{Name}': expected layers with names of their own inside it, received '{layer.Name}' twice. Give one of them another name.");
        }

        if (_ownDType is not null || _inheritedDType is not null)
        {
            layer.Inherit(DType, $"'{Name}'");
        }

        _sublayers.Add(layer);
        return layer;
    }

    /// <summary>An error of this layer: who it is stands in front.</summary>
    protected internal ShapeException Error(string message) => new($"{ClassName} '{Name}': {message}");

    /// <summary>Writes the constructor's arguments under Keras' names; name, trainable and dtype are written for every layer.</summary>
    /// <remarks>A class of your own overrides it, and says by <see cref="Register"/> how one is made of what was written.</remarks>
    protected internal virtual void WriteConfig(ConfigWriter config) =>
        throw new NotSupportedException($"{ClassName} '{Name}': a {(this is Model ? "model" : "layer")} class of your own is saved by what its WriteConfig writes, and it has none. Override WriteConfig, and call Layer.Register(\"{ClassName}\", config => ...) before loading; or keep the weights alone by SaveWeights.");

    /// <summary>Makes a layer or model class of your own known by its name, so that models with it can be loaded. Files hold names and arguments; nothing in them is run.</summary>
    /// <param name="className">The class' name in files: its <see cref="ClassName"/>.</param>
    /// <param name="read">Makes one of what its <see cref="WriteConfig"/> has written. Name, trainable and dtype are set afterwards.</param>
    /// <exception cref="ArgumentException">The name is a built-in layer's.</exception>
    public static void Register(string className, Func<ConfigReader, Layer> read) => LayerTable.Register(className, read);

    /// <summary>Sets what a file says of every layer, where the constructor was not told.</summary>
    /// <exception cref="ArgumentException">A name that no layer may have, or an element type for which the layer was not made.</exception>
    internal void Restore(string? name, bool trainable, DType? dtype)
    {
        if (name is not null && name != Name)
        {
            Name = Built ? throw new ArgumentException($"{ClassName} '{Name}': expected to be called '{name}' before it is built. Let its reader pass the name on.") : Checked(name);
        }

        _trainable = trainable;
        if (dtype is { } own && !SaysDType)
        {
            if (DType != own)
            {
                Inherit(own, "a file");
            }

            _ownDType = own;
        }
    }

    /// <summary>Builds the layer if it is not built yet.</summary>
    internal void EnsureBuilt(IReadOnlyList<TensorType> inputs, SeedSource? seeds)
    {
        if (Built)
        {
            return;
        }

        _seeds ??= seeds;
        Build(inputs);
        InputTypes = Built ? InputTypes : inputs;
        if (seeds is not null)
        {
            Draw(seeds);
        }
    }

    /// <summary>Draws first weights that nobody has drawn yet, of the layers inside it too: the first model that takes a layer in decides.</summary>
    internal void Draw(SeedSource seeds)
    {
        _seeds ??= seeds;
        foreach ((Variable weight, Initializer initializer) in _undrawn)
        {
            RandomStream stream = seeds.Stream(initializer.Seed);
            weight.StartFrom(() => initializer.Create(weight.Type.Dims, weight.Type.DType, stream));
        }

        _undrawn.Clear();
        foreach (Layer layer in Sublayers)
        {
            layer.Draw(seeds);
        }
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

    private string Checked(string name) => string.IsNullOrWhiteSpace(name) || name.Contains('/', StringComparison.Ordinal)
        ? throw new ArgumentException($"{ClassName}: expected a name of one or more characters without '/', received '{name}'. '/' separates a layer from its weights in names such as dense/kernel.", nameof(name))
        : name;

    private LayerTensor Single(IReadOnlyList<LayerTensor> outputs) => outputs.Count == 1
        ? outputs[0]
        : throw Error($"Call expected one output, but there are {outputs.Count}. Use CallMany.");
}
