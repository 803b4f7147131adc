namespace Nabla;

/// <summary>
/// -log of the probability of the labelled class. Labels are class numbers from 0 to classes - 1; any other gives NaN. From logits (the better form):
/// log Σ exp(z) - z[label], without computing the softmax.
/// </summary>
/// <param name="fromLogits">Whether the output is logits (a linear last layer) instead of probabilities (softmax).</param>
/// <param name="ignoreClass">A label whose samples do not count; may be -1.</param>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="axis">The axis of the classes; not that of the batch.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <param name="labelBase">The number of the first class: 1 for labels from 1 to classes. Predictions still count from 0.</param>
/// <example><code>
/// model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true));
/// </code></example>
public sealed class SparseCategoricalCrossentropy(
    bool fromLogits = false,
    int? ignoreClass = null,
    Reduction reduction = default,
    int axis = -1,
    string name = "sparse_categorical_crossentropy",
    int labelBase = 0) : Loss(name, reduction)
{
    /// <summary>Whether the output is taken as logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>The label whose samples do not count.</summary>
    public int? IgnoreClass { get; } = ignoreClass;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;

    /// <summary>The number of the first class.</summary>
    public int FirstClass { get; } = labelBase;

    internal override int LabelBase => FirstClass;

    internal override int? IgnoredClass => IgnoreClass;

    internal override bool TakesClasses => true;

    internal override int ClassAxis => Axis;

    internal override bool? TakesLogits => FromLogits;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor labels = yTrue.DType.IsInteger ? yTrue : yTrue.Cast(DType.Int32);
        yPred = ClassesLast(yPred);
        labels = FirstClass == 0 ? labels : labels - FirstClass;
        Tensor values = FromLogits ? Nn.SparseCategoricalCrossentropyFromLogits(labels, yPred) : OfProbabilities(labels, yPred);
        return Counts(yTrue) is { } counts ? Tensor.Select(counts, values, values.Like(0)) : values;
    }

    private protected override Tensor? Mask(Tensor yTrue, Tensor values) => Counts(yTrue)?.Cast(values.DType);

    private static Tensor OfProbabilities(Tensor labels, Tensor p)
    {
        // Chosen, not multiplied by 0: a probability that is not a number elsewhere must not reach the chosen one's gradient.
        int classes = p.Dims[-1].Size;
        Tensor log = Probabilities.Log(p, fromLogits: false);
        Tensor values = -Tensor.Select(Probabilities.IsClass(labels, classes), log, log.Like(0)).Sum(-1);

        // A label that is no class would choose nothing, which looks like a perfect answer. From logits it gives NaN as well.
        Tensor isClass = labels.AtLeast(0).And(labels.LessThan(classes));
        return Tensor.Select(isClass, values, values.Like(Rational.NaN));
    }

    private Tensor ClassesLast(Tensor output)
    {
        int rank = output.Dims.Rank;
        int axis = output.Dims.Axis(Axis, ClassName);
        return axis == rank - 1 ? output : output.Transpose([.. Enumerable.Range(0, rank).Where(a => a != axis), axis]);
    }

    private Tensor? Counts(Tensor yTrue) => IgnoreClass is { } ignored ? yTrue.Cast(DType.Int32).EqualTo(ignored).Not() : null;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Boolean("from_logits", FromLogits);
        config.Integer("ignore_class", IgnoreClass);
        config.Integer("axis", Axis);
        if (FirstClass != 0)
        {
            config.Integer("label_base", FirstClass);
        }
    }

    internal static SparseCategoricalCrossentropy Read(ConfigReader c) => new(
        c.Boolean("from_logits", false),
        c.Integer("ignore_class", null),
        c.Reduction(),
        c.Integer("axis", -1)!.Value,
        c.Text("name", "sparse_categorical_crossentropy"),
        c.Integer("label_base", 0)!.Value);
}
