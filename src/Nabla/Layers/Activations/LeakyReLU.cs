namespace Nabla;

/// <summary>x above 0 and negativeSlope·x up to it, so that units which are off still learn. The layer's default slope is 0.3, the function's 0.2, as in Keras.</summary>
/// <example><code>
/// LeakyReLU layer = new(negativeSlope: 0.1);
/// </code></example>
public sealed class LeakyReLU : Layer
{
    /// <summary>A leaky rectifying layer.</summary>
    /// <param name="negativeSlope">The slope up to 0; 0 or more.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public LeakyReLU(double negativeSlope = 0.3, string? name = null, DType? dtype = null)
        : base(name, dtype) => NegativeSlope = this.NotNegative(negativeSlope, nameof(negativeSlope));

    /// <summary>The slope up to 0.</summary>
    public double NegativeSlope { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => Nn.LeakyRelu(input, NegativeSlope);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Number("negative_slope", NegativeSlope);

    internal static LeakyReLU Read(ConfigReader config) => new(config.Number("negative_slope", 0.3), config.RequiredText("name"), config.DType());
}
