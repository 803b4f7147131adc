namespace Nabla;

/// <summary>-Σ y log p over the classes, for labels that are one-hot or probabilities.</summary>
/// <param name="fromLogits">Whether the output is logits (a linear last layer) instead of probabilities (softmax).</param>
/// <param name="labelSmoothing">s moves the labels towards equal shares: y(1 - s) + s / classes.</param>
/// <param name="axis">The axis of the classes.</param>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("adam", new CategoricalCrossentropy(fromLogits: true, labelSmoothing: 0.1));
/// </code></example>
public sealed class CategoricalCrossentropy(
    bool fromLogits = false,
    double labelSmoothing = 0,
    int axis = -1,
    Reduction reduction = default,
    string name = "categorical_crossentropy") : Loss(name, reduction)
{
    /// <summary>Whether the output is taken as logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far labels are moved towards equal shares.</summary>
    public double LabelSmoothing { get; } = Probabilities.CheckedSmoothing(nameof(CategoricalCrossentropy), labelSmoothing);

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;

    internal override bool? TakesLogits => FromLogits;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor labels = Probabilities.Smoothed(yTrue, LabelSmoothing, new Rational(1, yPred.Dims[Axis].Size));
        return FromLogits
            ? Nn.CategoricalCrossentropyFromLogits(labels, yPred, Axis)
            : -(labels * Probabilities.Log(yPred, fromLogits: false, Axis)).Sum(Axis);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Boolean("from_logits", FromLogits);
        config.Number("label_smoothing", LabelSmoothing);
        config.Integer("axis", Axis);
    }

    internal static CategoricalCrossentropy Read(ConfigReader c) => new(
        c.Boolean("from_logits", false), c.Number("label_smoothing", 0), c.Integer("axis", -1)!.Value, c.Reduction(), c.Text("name", "categorical_crossentropy"));
}
