namespace Nabla;

/// <summary>
/// The logistic loss times (1 - p)^gamma of the labelled side's probability p, averaged over the outputs of a sample: easy samples count less.
/// </summary>
/// <param name="applyClassBalancing">Whether a label of 1 counts alpha and one of 0 counts 1 - alpha.</param>
/// <param name="alpha">The weight of a label of 1; from 0 to 1.</param>
/// <param name="gamma">How strongly easy samples are passed over; 0 or more.</param>
/// <param name="fromLogits">Whether the output is logits instead of probabilities.</param>
/// <param name="labelSmoothing">s moves the labels towards a half: y(1 - s) + s/2.</param>
/// <param name="axis">The axis that is averaged over.</param>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("adam", new BinaryFocalCrossentropy(gamma: 2, fromLogits: true));
/// </code></example>
public sealed class BinaryFocalCrossentropy(
    bool applyClassBalancing = false,
    double alpha = 0.25,
    double gamma = 2,
    bool fromLogits = false,
    double labelSmoothing = 0,
    int axis = -1,
    Reduction reduction = default,
    string name = "binary_focal_crossentropy") : Loss(name, reduction)
{
    /// <summary>Whether labels of 1 and 0 count differently.</summary>
    public bool ApplyClassBalancing { get; } = applyClassBalancing;

    /// <summary>The weight of a label of 1.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>How strongly easy samples are passed over.</summary>
    public double Gamma { get; } = Probabilities.CheckedGamma(nameof(BinaryFocalCrossentropy), gamma);

    /// <summary>Whether the output is taken as logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far labels are moved towards a half.</summary>
    public double LabelSmoothing { get; } = Probabilities.CheckedSmoothing(nameof(BinaryFocalCrossentropy), labelSmoothing);

    /// <summary>The axis that is averaged over.</summary>
    public int Axis { get; } = axis;

    internal override bool? TakesLogits => FromLogits;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor y = Probabilities.Smoothed(yTrue, LabelSmoothing, new Rational(1, 2));
        Tensor p = FromLogits ? yPred.Sigmoid() : yPred;
        Tensor right = y * p + (1 - y) * (1 - p);
        Tensor values = (1 - right).Pow(Gamma) * Probabilities.BinaryCrossentropy(y, p);
        return (ApplyClassBalancing ? (y * Alpha + (1 - y) * (1 - (Rational)Alpha)) * values : values).Mean(Axis);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Boolean("apply_class_balancing", ApplyClassBalancing);
        config.Number("alpha", Alpha);
        config.Number("gamma", Gamma);
        config.Boolean("from_logits", FromLogits);
        config.Number("label_smoothing", LabelSmoothing);
        config.Integer("axis", Axis);
    }

    internal static BinaryFocalCrossentropy Read(ConfigReader c) => new(
        c.Boolean("apply_class_balancing", false),
        c.Number("alpha", 0.25),
        c.Number("gamma", 2),
        c.Boolean("from_logits", false),
        c.Number("label_smoothing", 0),
        c.Integer("axis", -1)!.Value,
        c.Reduction(),
        c.Text("name", "binary_focal_crossentropy"));
}
