namespace Nabla;

/// <summary>Layers one after the other: each takes what the one before gives.</summary>
/// <example><code>
/// Sequential network = new([new Input(784), new Dense(25, "relu"), new Dense(15, "relu"), new Dense(10)]);
/// network.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
/// </code></example>
public sealed class Sequential : Model
{
    private readonly List<Layer> _layers = [];

    /// <summary>A model of layers.</summary>
    /// <param name="layers">The layers in order; more may be added.</param>
    /// <param name="trainable">Whether training changes its weights.</param>
    /// <param name="name">The model's name; null makes one.</param>
    /// <param name="dtype">float32 or float64: what layers without a dtype of their own compute in; null takes that of the model around it, or float32.</param>
    /// <param name="seed">The number from which first weights, shuffling and dropout are drawn; null takes one from <see cref="RandomSeed"/>.</param>
    public Sequential(IEnumerable<Layer>? layers = null, bool trainable = true, string? name = null, DType? dtype = null, int? seed = null)
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

    /// <inheritdoc/>
    internal override Layer? OutputLayer => _layers.LastOrDefault();

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
    public static new Sequential Load(string path) => ModelFile.Load(path) is var model && model is Sequential sequential
        ? sequential
        : throw new MalformedFileException(path, "nabla", null, $"expected a Sequential, received the {model.ClassName} '{ZipDirectory.Printable(model.Name)}'. Read it with Model.Load.");

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<TensorType> inputs)
    {
        if (Layers.Count == 0)
        {
            throw Error("expected at least one layer, received none. Add one: model.Add(new Dense(10)).");
        }

        if (inputs.Count != 1)
        {
            throw Error($"expected one input, received {inputs.Count}. Models of several inputs are functional: new Model(inputs, outputs).");
        }

        TensorType input = inputs[0];
        if (_layers[0].InputShape is { } shape && !shape.SameSizes(input.Dims[1..]))
        {
            throw Error($"expected samples of dims {shape}, as '{_layers[0].Name}' says, received {input.Dims[1..]} ({input}).");
        }

        // Class numbers stay whole where the first layer takes them so; everything else enters in the model's type.
        InputLayer? first = _layers[0] as InputLayer;
        DType entry = first is { SaysDType: true } ? first.DType : input.DType.IsInteger && !Layers[0].CastsInputs ? input.DType : DType;
        LayerTensor x = new Input(input.Dims[1..], first?.Name ?? "input_layer", entry);
        LayerTensor start = x;
        foreach (Layer layer in Layers)
        {
            layer.Inherit(DType, $"'{Name}'");
            x = layer.Call(x);
        }

        Network = Network.Between(start, x, $"Sequential '{Name}'");
        base.Build(inputs);
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

        if (SaysDType)
        {
            layer.Inherit(DType, $"'{Name}'");
        }

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
