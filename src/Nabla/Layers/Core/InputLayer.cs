namespace Nabla;

/// <summary>Says the dims of one sample at the start of a model, so that it is built at once: <c>new InputLayer(784)</c>.</summary>
/// <example><code>
/// Sequential built = new([new InputLayer([28, 28]), new Flatten(), new Dense(10)]);
/// </code></example>
public sealed class InputLayer : Layer
{
    /// <summary>The start of a model.</summary>
    /// <param name="shape">The dims of one sample, without the batch axis: <c>784</c>, or <c>[28, 28]</c>.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64, or int32 or int64 for class numbers that go to an <see cref="Embedding"/>; null takes the model's.</param>
    public InputLayer(Dims shape, string? name = null, DType? dtype = null)
        : base(name, dtype) => InputShape = shape;

    /// <summary>The start of a model whose samples are vectors.</summary>
    /// <param name="features">The number of features.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64, or int32 or int64 for class numbers; null takes the model's.</param>
    public InputLayer(int features, string? name = null, DType? dtype = null)
        : this([features], name, dtype)
    {
    }

    /// <inheritdoc/>
    protected internal override bool CastsInputs => false;

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    private protected override bool TakesAnyDType => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => input;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static InputLayer Read(ConfigReader config)
    {
        config.Ignore("sparse", "ragged", "optional");
        return new InputLayer(Shapes.ReadSample(config, "batch_shape"), config.RequiredText("name"), config.AnyDType());
    }
}
