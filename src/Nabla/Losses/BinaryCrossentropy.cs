namespace Nabla;

/// <summary>
/// The logistic loss, -y log p - (1 - y) log(1 - p), averaged over the outputs of a sample. From logits (the better form):
/// max(z, 0) - z·y + log(1 + e^-|z|), which neither overflows nor loses digits.
/// </summary>
/// <param name="fromLogits">Whether the output is logits (a linear last layer) instead of probabilities (sigmoid).</param>
/// <param name="labelSmoothing">s moves the labels towards a half: y(1 - s) + s/2.</param>
/// <param name="axis">The axis that is averaged over.</param>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("adam", new BinaryCrossentropy(fromLogits: true));
/// </code></example>
public sealed class BinaryCrossentropy(
    bool fromLogits = false,
    double labelSmoothing = 0,
    int axis = -1,
    Reduction reduction = default,
    string name = "binary_crossentropy") : Loss(name, reduction)
{
    /// <summary>Whether the output is taken as logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far labels are moved towards a half.</summary>
    public double LabelSmoothing { get; } = Probabilities.CheckedSmoothing(nameof(BinaryCrossentropy), labelSmoothing);

    /// <summary>The axis that is averaged over.</summary>
    public int Axis { get; } = axis;

    internal override bool? TakesLogits => FromLogits;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor y = Probabilities.Smoothed(yTrue, LabelSmoothing, new Rational(1, 2));
        if (FromLogits)
        {
            return Nn.BinaryCrossentropyFromLogits(y, yPred).Mean(Axis);
        }

        return Probabilities.BinaryCrossentropy(y, yPred).Mean(Axis);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Boolean("from_logits", FromLogits);
        config.Number("label_smoothing", LabelSmoothing);
        config.Integer("axis", Axis);
    }

    internal static BinaryCrossentropy Read(ConfigReader c) => new(
        c.Boolean("from_logits", false), c.Number("label_smoothing", 0), c.Integer("axis", -1)!.Value, c.Reduction(), c.Text("name", "binary_crossentropy"));
}
