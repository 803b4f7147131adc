namespace Nabla;

/// <summary>
/// -Σ alpha (1 - p)^gamma y log p over the classes, for labels that are one-hot or probabilities: samples that are already right count less.
/// </summary>
/// <param name="alpha">A weight a class.</param>
/// <param name="gamma">How strongly easy samples are passed over; 0 or more.</param>
/// <param name="fromLogits">Whether the output is logits instead of probabilities.</param>
/// <param name="labelSmoothing">s moves the labels towards equal shares: y(1 - s) + s / classes.</param>
/// <param name="axis">The axis of the classes.</param>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("adam", new CategoricalFocalCrossentropy(alpha: [0.2, 0.5, 0.3], gamma: 1.5));
/// </code></example>
public sealed class CategoricalFocalCrossentropy(
    IReadOnlyList<double> alpha,
    double gamma = 2,
    bool fromLogits = false,
    double labelSmoothing = 0,
    int axis = -1,
    Reduction reduction = default,
    string name = "categorical_focal_crossentropy") : Loss(name, reduction)
{
    /// <summary>The same with one weight for all classes.</summary>
    /// <param name="alpha">The weight of every class.</param>
    /// <param name="gamma">How strongly easy samples are passed over; 0 or more.</param>
    /// <param name="fromLogits">Whether the output is logits instead of probabilities.</param>
    /// <param name="labelSmoothing">s moves the labels towards equal shares.</param>
    /// <param name="axis">The axis of the classes.</param>
    /// <param name="reduction">How the batch's values become one.</param>
    /// <param name="name">Shown in summaries and saved.</param>
    public CategoricalFocalCrossentropy(
        double alpha = 0.25,
        double gamma = 2,
        bool fromLogits = false,
        double labelSmoothing = 0,
        int axis = -1,
        Reduction reduction = default,
        string name = "categorical_focal_crossentropy")
        : this([alpha], gamma, fromLogits, labelSmoothing, axis, reduction, name)
    {
    }

    /// <summary>A weight a class, or one for all.</summary>
    public IReadOnlyList<double> Alpha { get; } = alpha is { Count: > 0 }
        ? [.. alpha]
        : throw new ArgumentException("CategoricalFocalCrossentropy: expected alpha to be a number or a number a class, received none.", nameof(alpha));

    /// <summary>How strongly easy samples are passed over.</summary>
    public double Gamma { get; } = Probabilities.CheckedGamma(nameof(CategoricalFocalCrossentropy), gamma);

    /// <summary>Whether the output is taken as logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far labels are moved towards equal shares.</summary>
    public double LabelSmoothing { get; } = Probabilities.CheckedSmoothing(nameof(CategoricalFocalCrossentropy), labelSmoothing);

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;

    internal override bool? TakesLogits => FromLogits;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Dims dims = yPred.Dims;
        int classes = dims[dims.Axis(Axis, ClassName)].Size;
        if (Alpha.Count > 1 && Alpha.Count != dims[-1].Size)
        {
            throw new ShapeException($"CategoricalFocalCrossentropy: expected an alpha a class, {dims[-1].Size} for an output of {yPred.Type}, received {Alpha.Count}. Give one number for all classes, or as many as there are.");
        }

        Tensor y = Probabilities.Smoothed(yTrue, LabelSmoothing, new Rational(1, classes));
        Tensor p = FromLogits ? Nn.Softmax(yPred, Axis) : yPred;
        p = Probabilities.Clipped(p / p.Sum(Axis, keepDims: true));
        Tensor alpha = yPred.Builder.Literal(Alpha.ToArray()).Cast(yPred.DType);
        return ((1 - p).Pow(Gamma) * alpha * -y * p.Log()).Sum(Axis);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.NumberOrNumbers("alpha", Alpha);
        config.Number("gamma", Gamma);
        config.Boolean("from_logits", FromLogits);
        config.Number("label_smoothing", LabelSmoothing);
        config.Integer("axis", Axis);
    }

    internal static CategoricalFocalCrossentropy Read(ConfigReader c) => new(
        c.NumberOrNumbers("alpha", 0.25),
        c.Number("gamma", 2),
        c.Boolean("from_logits", false),
        c.Number("label_smoothing", 0),
        c.Integer("axis", -1)!.Value,
        c.Reduction(),
        c.Text("name", "categorical_focal_crossentropy"));
}
