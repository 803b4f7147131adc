namespace Nabla;

/// <summary>Layers one after the other: each takes what the one before gives.</summary>
public sealed class Sequential : Model
{
    private readonly List<Layer> _layers = [];
    private readonly Dictionary<Layer, TensorType> _outputs = [];

    /// <summary>A model of layers.</summary>
    /// <param name="layers">The layers in order; more may be added.</param>
    /// <param name="trainable">Whether training changes its weights.</param>
    /// <param name="name">The model's name; null makes one.</param>
    /// <param name="dtype">float32 or float64: what layers without a dtype of their own compute in.</param>
    /// <param name="seed">The number from which first weights, shuffling and dropout are drawn; null takes one from <see cref="RandomSeed"/>.</param>
    public Sequential(IEnumerable<Layer>? layers = null, bool trainable = true, string? name = null, DType dtype = DType.Float32, int? seed = null)
        : base(name, trainable, dtype, seed)
    {
        foreach (Layer layer in layers ?? [])
        {
            Append(layer);
        }

        TryBuild();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Layers => [.. _layers.Where(l => l is not InputLayer)];

    /// <summary>All layers, the input with them.</summary>
    internal IReadOnlyList<Layer> AllLayers => _layers;

    internal override Activation? OutputActivation => _layers.Count == 0 ? null : _layers[^1] switch
    {
        Dense dense => dense.Activation,
        Model model => model.OutputActivation,
        _ => null,
    };

    /// <summary>Adds a layer at the end.</summary>
    /// <exception cref="ArgumentException">A layer of that name is there already.</exception>
    /// <exception cref="InvalidOperationException">The model is built already.</exception>
    public void Add(Layer layer)
    {
        if (Built)
        {
            throw new InvalidOperationException($"Sequential '{Name}': expected all layers before the model is built, received {layer.ClassName} '{layer.Name}' afterwards. Make a new Sequential with the old layers and the new one; they keep their weights.");
        }

        Append(layer);
        TryBuild();
    }

    /// <summary>Reads a model from a file that <see cref="Model.Save"/> wrote. The file is data: nothing in it is run.</summary>
    /// <exception cref="MalformedFileException">The file is damaged, of another kind, or from a newer version.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static Sequential Load(string path) => ModelFile.Load(path);

    /// <summary>What a layer gave when the model was built.</summary>
    internal TensorType? OutputOf(Layer layer) => _outputs.GetValueOrDefault(layer);

    /// <inheritdoc/>
    protected override void Build(TensorType input)
    {
        if (Layers.Count == 0)
        {
            throw Error("expected at least one layer, received none. Add one: model.Add(new Dense(10)).");
        }

        if (_layers[0].InputShape is { } shape && !shape.SameSizes(input.Dims[1..]))
        {
            throw Error($"expected samples of dims {shape}, as '{_layers[0].Name}' says, received {input.Dims[1..]} ({input}).");
        }

        // A trial run on types alone: every layer makes its weights, and no value is computed.
        GraphBuilder builder = new();
        CallContext context = new(builder, training: false);
        Tensor x = builder.Input("x", input);
        foreach (Layer layer in _layers)
        {
            x = layer.Apply(x, context, Seeds);
            _outputs[layer] = x.Type;
        }

        OutputType = x.Type;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        foreach (Layer layer in _layers)
        {
            input = layer.Apply(input, context, Seeds);
        }

        return input;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => SequentialConfig.Write(this, config);

    private void Append(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        int twin = _layers.FindIndex(l => l.Name == layer.Name);
        if (twin >= 0)
        {
            throw new ArgumentException($"Sequential '{Name}': expected layers with names of their own, received '{layer.Name}' for layers {twin + 1} and {_layers.Count + 1}. Give one of them another name{(ReferenceEquals(_layers[twin], layer) ? ", or make a second layer: the same object was added twice" : "")}.");
        }

        if (layer is InputLayer && _layers.Count > 0)
        {
            throw new ArgumentException($"Sequential '{Name}': expected an InputLayer only at the start, received '{layer.Name}' as layer {_layers.Count + 1}.");
        }

        layer.Inherit(DType, this);
        _layers.Add(layer);
    }

    private void TryBuild()
    {
        if (_layers.Count > 0 && Layers.Count > 0 && _layers[0].InputShape is { } shape)
        {
            Build(shape);
        }
    }
}
