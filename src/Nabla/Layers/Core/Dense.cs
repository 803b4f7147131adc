namespace Nabla;

/// <summary>
/// Every unit sees all features: output = activation(input · kernel + bias), on the last axis. kernel: [features, units]; bias: [units].
/// </summary>
/// <example><code>
/// Sequential net = new([new InputLayer(4), new Dense(8, "relu", kernelRegularizer: "l2"), new Dense(3)]);
/// </code></example>
public sealed class Dense : Layer
{
    private readonly RegularizedWeight _kernelRules;
    private readonly RegularizedWeight _biasRules;
    private Variable? _kernel;
    private Variable? _bias;

    /// <summary>A densely connected layer; arguments and defaults as in Keras.</summary>
    /// <param name="units">The size of the output's last axis; at least 1.</param>
    /// <param name="activation">A name (<c>"relu"</c>), <see cref="Activation.Relu"/>, or a function; linear by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">The kernel's first values; <see cref="GlorotUniform"/> by default.</param>
    /// <param name="biasInitializer">The bias' first values; zeros by default.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel, added to the loss.</param>
    /// <param name="biasRegularizer">A penalty on the bias, added to the loss.</param>
    /// <param name="activityRegularizer">A penalty on the output, divided by the number of samples and added to the loss.</param>
    /// <param name="kernelConstraint">What the kernel is brought back to after each step.</param>
    /// <param name="biasConstraint">What the bias is brought back to after each step.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="trainable">Whether training changes the weights.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Dense(
        int units,
        Activation activation = default,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        DType? dtype = null)
        : base(name, dtype, trainable, activityRegularizer)
    {
        Units = units >= 1
            ? units
            : throw new ArgumentOutOfRangeException(nameof(units), $"Dense '{Name}': expected 1 or more units, received {units}. Give the size of the output's last axis: the number of classes in a last layer, such as 10.");
        Activation = activation;
        UseBias = useBias;
        _kernelRules = new RegularizedWeight("kernel", kernelInitializer ?? new GlorotUniform(), kernelRegularizer, kernelConstraint);
        _biasRules = new RegularizedWeight("bias", biasInitializer ?? Initializer.Zeros, biasRegularizer, biasConstraint);
    }

    /// <summary>The size of the output's last axis.</summary>
    public int Units { get; }

    /// <summary>What is applied to the weighted sum.</summary>
    public Activation Activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override void Build(TensorType input)
    {
        if (input.Dims.Rank < 2)
        {
            throw Error($"expected an input with a batch axis and features, received {input}. Reshape the data to [samples, features], as in x.Reshape(-1, 1) for one feature.");
        }

        _kernel = AddRegularized(_kernelRules, [input.Dims[-1].Size, Units]);
        _bias = UseBias ? AddRegularized(_biasRules, [Units]) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        ExpectFeatures(input, _kernel!.Type.Dims[0].Size);
        Tensor z = input.MatMul(context[_kernel]);
        return Activation.Apply(context.Weighted(_bias is null ? z : z + context[_bias]));
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("units", Units);
        config.Activation("activation", Activation, this);
        config.Boolean("use_bias", UseBias);
        _kernelRules.Write(config);
        _biasRules.Write(config);
        if (ActivityRegularizer is { } penalty)
        {
            config.Regularizer("activity_regularizer", penalty);
        }
    }

    internal static Dense Read(ConfigReader config)
    {
        config.Ignore("lora_rank", "lora_alpha", "quantization_config");
        return new Dense(
            config.RequiredInteger("units"),
            config.Activation("activation"),
            config.Boolean("use_bias", true),
            config.Initializer("kernel_initializer", new GlorotUniform()),
            config.Initializer("bias_initializer", Initializer.Zeros),
            config.Regularizer("kernel_regularizer"),
            config.Regularizer("bias_regularizer"),
            config.Regularizer("activity_regularizer"),
            config.Constraint("kernel_constraint"),
            config.Constraint("bias_constraint"),
            config.RequiredText("name"),
            dtype: config.DType());
    }
}
