namespace Nabla;

/// <summary>
/// The area under the curve of recall against the false positive rate (ROC), or of precision against recall (PR), from counts at many thresholds:
/// the chance that a yes gets a larger output than a no, up to the thresholds' fineness.
/// </summary>
/// <example><code>
/// model.Compile("adam", "binary_crossentropy", metrics: [new AUC(), new AUC(curve: "PR", name: "pr_auc")]);
/// </code></example>
public sealed class AUC : ThresholdMetric
{
    private static readonly string[] Curves = ["ROC", "PR"];
    private static readonly string[] Methods = ["interpolation", "minoring", "majoring"];
    private readonly IReadOnlyList<double>? _given;

    /// <summary>An area.</summary>
    /// <param name="numThresholds">How many thresholds are spread over 0 to 1; 2 or more.</param>
    /// <param name="curve"><c>"ROC"</c> or <c>"PR"</c>.</param>
    /// <param name="summationMethod"><c>"interpolation"</c>, or the lower (<c>"minoring"</c>) or upper (<c>"majoring"</c>) sum.</param>
    /// <param name="name">The key in histories and results.</param>
    /// <param name="thresholds">Thresholds of your own from 0 to 1, instead of evenly spread ones; the ends are added.</param>
    /// <param name="multiLabel">Whether each column of outputs [samples, labels] has an area of its own, whose mean is taken, instead of all elements being one set.</param>
    /// <param name="numLabels">The number of labels, if it is to be checked; only with <paramref name="multiLabel"/>.</param>
    /// <param name="labelWeights">How much each label counts.</param>
    /// <param name="fromLogits">Whether outputs are logits: the sigmoid is taken first.</param>
    public AUC(
        int numThresholds = 200,
        string curve = "ROC",
        string summationMethod = "interpolation",
        string name = "auc",
        IReadOnlyList<double>? thresholds = null,
        bool multiLabel = false,
        int? numLabels = null,
        IReadOnlyList<double>? labelWeights = null,
        bool fromLogits = false)
        : base(name, WithEnds(numThresholds, thresholds))
    {
        Curve = Curves.Contains(curve, StringComparer.OrdinalIgnoreCase) ? curve.ToUpperInvariant() : throw DidYouMean.Unknown("AUC curve", curve, Curves);
        SummationMethod = Methods.Contains(summationMethod, StringComparer.OrdinalIgnoreCase) ? summationMethod.ToLowerInvariant() : throw DidYouMean.Unknown("AUC summationMethod", summationMethod, Methods);
        NumLabels = numLabels is null || multiLabel
            ? numLabels
            : throw new ArgumentException("AUC: expected numLabels only with multiLabel: true; without it all elements are one set. Leave numLabels out, or say multiLabel: true.", nameof(numLabels));
        (MultiLabel, LabelWeights, FromLogits, _given) = (multiLabel, labelWeights, fromLogits, thresholds);
    }

    /// <summary>ROC or PR.</summary>
    public string Curve { get; }

    /// <summary>How the area between two thresholds is taken.</summary>
    public string SummationMethod { get; }

    /// <summary>Whether each label has an area of its own.</summary>
    public bool MultiLabel { get; }

    /// <summary>The number of labels, if it is to be checked.</summary>
    public int? NumLabels { get; }

    /// <summary>How much each label counts.</summary>
    public IReadOnlyList<double>? LabelWeights { get; }

    /// <summary>Whether outputs are logits.</summary>
    public bool FromLogits { get; }

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    protected internal override NDArray Result(IReadOnlyList<NDArray> state)
    {
        double total = 0;
        double weights = 0;
        for (int label = 0; label < state[2].Count; label++)
        {
            double weight = MultiLabel && LabelWeights is not null ? LabelWeights[label] : 1;
            total += weight * Area(ThresholdCounts.Of(state, label));
            weights += weight;
        }

        return SampleWeights.Ratio(total, weights);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("num_thresholds", Thresholds.Count);
        config.Text("curve", Curve);
        config.Text("summation_method", SummationMethod);
        config.Boolean("multi_label", MultiLabel);
        config.Integer("num_labels", NumLabels);
        Numbers("label_weights", LabelWeights);
        config.Boolean("from_logits", FromLogits);
        Numbers("thresholds", _given);

        void Numbers(string key, IReadOnlyList<double>? values)
        {
            if (values is null)
            {
                config.Null(key);
            }
            else
            {
                config.Numbers(key, values);
            }
        }
    }

    internal static AUC Read(ConfigReader c) => new(
        c.Integer("num_thresholds", 200)!.Value,
        c.Text("curve", "ROC"),
        c.Text("summation_method", "interpolation"),
        c.Text("name", "auc"),
        c.Numbers("thresholds"),
        c.Boolean("multi_label", false),
        c.Integer("num_labels", null),
        c.Numbers("label_weights"),
        c.Boolean("from_logits", false));

    private protected override double Value(ThresholdCounts counts) => throw new InvalidOperationException("AUC: one threshold alone has no area.");

    private protected override Dims Columns(TensorType yPred)
    {
        int last = yPred.Dims.Rank == 0 ? 0 : yPred.Dims[-1].Size;
        if (MultiLabel && (yPred.Dims.Rank != 2 || (NumLabels is { } labels && labels != last)))
        {
            throw new ShapeException($"AUC '{Name}': expected outputs of dims [samples, {(NumLabels is { } n ? n : "labels")}] with multiLabel, received {yPred}.");
        }

        return LabelWeights is null || LabelWeights.Count == last
            ? MultiLabel ? Dims.Of(last) : Dims.Scalar
            : throw new ShapeException($"AUC '{Name}': expected as many labelWeights as labels, {last} for an output of {yPred}, received {LabelWeights.Count}.");
    }

    private protected override Tensor Scores(Tensor yPred) => FromLogits ? yPred.Sigmoid() : yPred;

    private protected override Tensor Weighted(Tensor weight) =>
        MultiLabel || LabelWeights is null ? weight : weight * weight.Builder.Literal(LabelWeights.ToArray());

    // Neighbouring thresholds are two ends of a piece of the curve; the counts fall from one to the next.
    private double Area(ThresholdCounts[] counts)
    {
        double area = 0;
        for (int i = 0; i + 1 < counts.Length; i++)
        {
            (ThresholdCounts a, ThresholdCounts b) = (counts[i], counts[i + 1]);
            if (Curve == "PR" && SummationMethod == "interpolation")
            {
                area += InterpolatedPrecision(a, b);
                continue;
            }

            (double x0, double x1) = Curve == "ROC" ? (a.FalsePositiveRate, b.FalsePositiveRate) : (a.Recall, b.Recall);
            (double y0, double y1) = Curve == "ROC" ? (a.Recall, b.Recall) : (a.Precision, b.Precision);
            area += (x0 - x1) * SummationMethod switch
            {
                "interpolation" => (y0 + y1) / 2,
                "minoring" => Math.Min(y0, y1),
                _ => Math.Max(y0, y1),
            };
        }

        return area;
    }

    // Davis and Goadrich (2006): between two thresholds true and false positives change evenly, which makes precision a fraction, whose integral has a logarithm.
    private static double InterpolatedPrecision(ThresholdCounts a, ThresholdCounts b)
    {
        double gained = a.TruePositives - b.TruePositives;
        double from = b.TruePositives + b.FalsePositives;
        double to = a.TruePositives + a.FalsePositives;
        double slope = SampleWeights.Ratio(gained, Math.Max(to - from, 0));
        double intercept = b.TruePositives - slope * from;
        double ratio = from > 0 && to > 0 ? to / from : 1;
        return SampleWeights.Ratio(slope * (gained + intercept * Math.Log(ratio)), b.TruePositives + b.FalseNegatives);
    }

    private static IReadOnlyList<double> WithEnds(int count, IReadOnlyList<double>? thresholds)
    {
        // The ends lie a little outside, so that outputs of exactly 0 and 1 fall between them.
        const double Margin = 1e-7;
        if (thresholds is not null)
        {
            return [-Margin, .. Checked(nameof(AUC), thresholds).Order(), 1 + Margin];
        }

        return count >= 2
            ? [-Margin, .. Enumerable.Range(1, count - 2).Select(i => (double)i / (count - 1)), 1 + Margin]
            : throw new ArgumentOutOfRangeException(nameof(count), count, "AUC: expected 2 or more for numThresholds.");
    }
}
