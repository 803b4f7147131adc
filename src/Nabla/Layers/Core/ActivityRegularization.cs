namespace Nabla;

/// <summary>Gives what comes in and adds a penalty on it to the loss: l1·Σ|x| + l2·Σx², divided by the number of samples.</summary>
/// <example><code>
/// Sequential sparse = new([new InputLayer(4), new Dense(8, "relu"), new ActivityRegularization(l1: 0.01), new Dense(3)]);
/// </code></example>
public sealed class ActivityRegularization : Layer
{
    /// <summary>A layer that penalises what goes through it.</summary>
    /// <param name="l1">The factor of the sizes; 0 or more.</param>
    /// <param name="l2">The factor of the squares; 0 or more.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public ActivityRegularization(double l1 = 0, double l2 = 0, string? name = null, DType? dtype = null)
        : base(name, dtype, activityRegularizer: new L1L2(l1, l2)) => (L1, L2) = (l1, l2);

    /// <summary>The factor of the sizes.</summary>
    public double L1 { get; }

    /// <summary>The factor of the squares.</summary>
    public double L2 { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => input;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("l1", L1);
        config.Number("l2", L2);
    }

    internal static ActivityRegularization Read(ConfigReader config) =>
        new(config.Number("l1", 0), config.Number("l2", 0), config.RequiredText("name"), config.DType());
}
