namespace Nabla;

/// <summary>
/// x from the threshold on, up to a largest value; below the threshold negativeSlope·(x - threshold), 0 by default. The derivative at the threshold is 0.
/// </summary>
/// <example><code>
/// ReLU relu6 = new(maxValue: 6);
/// </code></example>
public sealed class ReLU : Layer
{
    /// <summary>A rectifying layer.</summary>
    /// <param name="maxValue">The largest output, 0 or more; null for none.</param>
    /// <param name="negativeSlope">The slope below the threshold; 0 or more.</param>
    /// <param name="threshold">Where the rectifier begins; 0 or more.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public ReLU(double? maxValue = null, double negativeSlope = 0, double threshold = 0, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        MaxValue = maxValue is { } max ? this.NotNegative(max, nameof(maxValue)) : null;
        NegativeSlope = this.NotNegative(negativeSlope, nameof(negativeSlope));
        Threshold = this.NotNegative(threshold, nameof(threshold));
    }

    /// <summary>The largest output.</summary>
    public double? MaxValue { get; }

    /// <summary>The slope below the threshold.</summary>
    public double NegativeSlope { get; }

    /// <summary>Where the rectifier begins.</summary>
    public double Threshold { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => Nn.Relu(input, NegativeSlope, MaxValue, Threshold);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("max_value", MaxValue);
        config.Number("negative_slope", NegativeSlope);
        config.Number("threshold", Threshold);
    }

    internal static ReLU Read(ConfigReader config) =>
        new(config.OptionalNumber("max_value"), config.Number("negative_slope", 0), config.Number("threshold", 0), config.RequiredText("name"), config.DType());
}
