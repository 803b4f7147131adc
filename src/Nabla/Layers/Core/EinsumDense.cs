using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// A dense layer along any axes: the equation names the axes of input, kernel and output, and axes that the output lacks are summed over.
/// <c>abc,cd->abd</c> is <see cref="Dense"/> on three axes; <c>...x,xy->...y</c> on any number.
/// </summary>
/// <example><code>
/// // Along the last axis of [batch, 32, 64]: [batch, 32, 128].
/// EinsumDense wide = new("abc,cd-&gt;abd", outputShape: [null, 128], biasAxes: "d");
/// // Mixes the steps instead: [batch, 16, 64].
/// EinsumDense steps = new("abc,bd-&gt;adc", outputShape: [16, null]);
/// </code></example>
public sealed class EinsumDense : Layer
{
    private readonly EinsumEquation _equation;
    private readonly RegularizedWeight _kernelRules;
    private readonly RegularizedWeight _biasRules;
    private Variable? _kernel;
    private Variable? _bias;

    /// <summary>A dense layer along axes of an equation; arguments and defaults as in Keras.</summary>
    /// <param name="equation"><c>[input],[kernel]->[output]</c> with a letter for each axis, the batch first; dots before or behind stand for further axes.</param>
    /// <param name="outputShape">The dims of the output without the batch and the axes under dots; null keeps the input's.</param>
    /// <param name="activation">A name (<c>"relu"</c>), <see cref="Activation.Relu"/>, or a function; linear by default.</param>
    /// <param name="biasAxes">The letters of the output that the bias has; null for no bias.</param>
    /// <param name="kernelInitializer">The kernel's first values; <see cref="GlorotUniform"/> by default.</param>
    /// <param name="biasInitializer">The bias' first values; zeros by default.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel, added to the loss.</param>
    /// <param name="biasRegularizer">A penalty on the bias, added to the loss.</param>
    /// <param name="kernelConstraint">What the kernel is brought back to after each step.</param>
    /// <param name="biasConstraint">What the bias is brought back to after each step.</param>
    /// <param name="activityRegularizer">A penalty on the output, divided by the number of samples and added to the loss.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="trainable">Whether training changes the weights.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public EinsumDense(
        string equation,
        IReadOnlyList<int?> outputShape,
        Activation activation = default,
        string? biasAxes = null,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        Regularizer? activityRegularizer = null,
        string? name = null,
        bool trainable = true,
        DType? dtype = null)
        : base(name, dtype, trainable, activityRegularizer)
    {
        ArgumentNullException.ThrowIfNull(outputShape);
        string who = $"EinsumDense '{Name}'";
        _equation = EinsumEquation.Parse(equation, who);
        Equation = equation;
        OutputShape = outputShape.All(s => s is null or >= 1)
            ? [.. outputShape]
            : throw new ArgumentException($"{who}: expected an outputShape of sizes of 1 or more, or null to keep the input's, received {outputShape.First(s => s < 1)}. Leave the batch axis out.", nameof(outputShape));
        Activation = activation;
        BiasAxes = biasAxes;
        if (biasAxes is not null)
        {
            _equation.CheckBiasAxes(biasAxes, who);
        }

        _kernelRules = new RegularizedWeight("kernel", kernelInitializer ?? new GlorotUniform(), kernelRegularizer, kernelConstraint);
        _biasRules = new RegularizedWeight("bias", biasInitializer ?? Initializer.Zeros, biasRegularizer, biasConstraint);
    }

    /// <summary>The equation, as given.</summary>
    public string Equation { get; }

    /// <summary>The dims of the output without the batch, as given.</summary>
    public ImmutableArray<int?> OutputShape { get; }

    /// <summary>What is applied to the sum.</summary>
    public Activation Activation { get; }

    /// <summary>The letters of the output that the bias has; null for no bias.</summary>
    public string? BiasAxes { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override void Build(TensorType input)
    {
        (Dims kernel, Dims? bias) = _equation.WeightDims(input, OutputShape, BiasAxes, Error);
        (Axes inputs, Axes outputs) = _equation.Fans;
        _kernel = AddRegularized(_kernelRules with { Initializer = _kernelRules.Initializer.Along(inputs, outputs) }, kernel);
        _bias = bias is { } dims ? AddRegularized(_biasRules, dims) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        (Dims kernel, _) = _equation.WeightDims(input.Type, OutputShape, BiasAxes, Error);
        if (!kernel.SameSizes(_kernel!.Type.Dims))
        {
            throw Error($"expected an input for the kernel of dims {_kernel.Type.Dims}, with which the layer was built, received {input.Type}, which needs {kernel}.");
        }

        Tensor z = _equation.Run(input, context[_kernel], Error);
        return Activation.Apply(context.Weighted(_bias is null ? z : z + context[_bias]));
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.OptionalIntegers("output_shape", OutputShape);
        config.Text("equation", Equation);
        config.Activation("activation", Activation, this);
        config.Text("bias_axes", BiasAxes);
        _kernelRules.Write(config);
        _biasRules.Write(config);
        config.Regularizer("activity_regularizer", ActivityRegularizer);
    }

    internal static EinsumDense Read(ConfigReader config)
    {
        config.Ignore("lora_rank", "lora_alpha", "gptq_unpacked_column_size", "quantization_config");
        return new EinsumDense(
            config.RequiredText("equation"),
            config.OptionalIntegers("output_shape"),
            config.Activation("activation"),
            config.OptionalText("bias_axes"),
            config.Initializer("kernel_initializer", new GlorotUniform()),
            config.Initializer("bias_initializer", Initializer.Zeros),
            config.Regularizer("kernel_regularizer"),
            config.Regularizer("bias_regularizer"),
            config.Constraint("kernel_constraint"),
            config.Constraint("bias_constraint"),
            config.Regularizer("activity_regularizer"),
            config.RequiredText("name"),
            dtype: config.DType());
    }
}
