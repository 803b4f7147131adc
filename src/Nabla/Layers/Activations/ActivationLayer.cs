namespace Nabla;

/// <summary>
/// An activation as a layer of its own: Keras' <c>Activation</c>. In a list of layers <c>new Activation("relu")</c> is enough; it becomes this layer.
/// </summary>
/// <example><code>
/// Sequential net = new([new InputLayer(4), new Dense(8), new ActivationLayer("relu"), new Dense(3)]);
/// Sequential same = new([new InputLayer(4), new Dense(8), new Activation("relu"), new Dense(3)]);
/// </code></example>
public sealed class ActivationLayer : Layer
{
    /// <summary>An activation layer.</summary>
    /// <param name="activation">A name (<c>"relu"</c>), <see cref="Activation.Relu"/>, or a function.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public ActivationLayer(Activation activation, string? name = null, DType? dtype = null)
        : base(name, dtype) => Activation = activation;

    /// <inheritdoc/>
    public override string ClassName => "Activation";

    /// <summary>What is applied.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => Activation.Apply(input);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Activation("activation", Activation, this);

    internal static ActivationLayer Read(ConfigReader config) => new(config.Activation("activation"), config.RequiredText("name"), config.DType());
}
