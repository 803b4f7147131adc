namespace Nabla;

/// <summary>
/// Every unit sees all features: output = activation(input · kernel + bias), on the last axis. kernel: [features, units]; bias: [units].
/// </summary>
public sealed class Dense : Layer
{
    private readonly Initializer _kernelInitializer;
    private readonly Initializer _biasInitializer;
    private Variable? _kernel;
    private Variable? _bias;

    /// <summary>A densely connected layer; arguments and defaults as in Keras.</summary>
    /// <param name="units">The size of the output's last axis; at least 1.</param>
    /// <param name="activation">A name (<c>"relu"</c>), <see cref="Activation.Relu"/>, or a function; linear by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">The kernel's first values; <see cref="GlorotUniform"/> by default.</param>
    /// <param name="biasInitializer">The bias' first values; zeros by default.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="trainable">Whether training changes the weights.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Dense(
        int units,
        Activation activation = default,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        string? name = null,
        bool trainable = true,
        DType? dtype = null)
        : base(name, dtype, trainable)
    {
        if (units < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(units), $"Dense '{Name}': expected 1 or more units, received {units}. Give the size of the output's last axis: the number of classes in a last layer, such as 10.");
        }

        Units = units;
        Activation = activation;
        UseBias = useBias;
        _kernelInitializer = kernelInitializer ?? new GlorotUniform();
        _biasInitializer = biasInitializer ?? Initializer.Zeros;
    }

    /// <summary>The size of the output's last axis.</summary>
    public int Units { get; }

    /// <summary>What is applied to the weighted sum.</summary>
    public Activation Activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <inheritdoc/>
    protected override void Build(TensorType input)
    {
        if (input.Dims.Rank < 2)
        {
            throw Error($"expected an input with a batch axis and features, received {input}. Reshape the data to [samples, features], as in x.Reshape(-1, 1) for one feature.");
        }

        _kernel = AddWeight("kernel", [input.Dims[-1].Size, Units], _kernelInitializer);
        _bias = UseBias ? AddWeight("bias", [Units], _biasInitializer) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        ExpectFeatures(input, _kernel!.Type.Dims[0].Size);
        Tensor z = input.MatMul(context[_kernel]);
        return Activation.Apply(_bias is null ? z : z + context[_bias]);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("units", Units);
        config.Activation("activation", Activation, this);
        config.Boolean("use_bias", UseBias);
        config.Initializer("kernel_initializer", _kernelInitializer);
        config.Initializer("bias_initializer", _biasInitializer);
    }

    internal static Dense Read(ConfigReader config) => new(
        config.Integer("units", null) ?? throw config.Error("expected 'units', but it is missing."),
        config.Activation("activation"),
        config.Boolean("use_bias", true),
        config.Initializer("kernel_initializer", new GlorotUniform()),
        config.Initializer("bias_initializer", Initializer.Zeros),
        name: config.RequiredText("name"),
        dtype: config.DType());
}
