namespace Nabla;

/// <summary>
/// (1 + b²)·P·R / (b²·P + R) of precision P and recall R for each class: their harmonic mean, in which recall counts b times as much.
/// For one-hot or multi-label labels and outputs [samples, classes].
/// </summary>
/// <example><code>
/// model.Compile("adam", "categorical_crossentropy", metrics: [new FBetaScore(average: "macro", beta: 2)]);
/// </code></example>
public class FBetaScore : Metric
{
    private static readonly string[] Averages = ["micro", "macro", "weighted"];

    /// <summary>A score.</summary>
    /// <param name="average">null for one value a class, <c>"macro"</c> for their mean, <c>"weighted"</c> for their mean by the classes' numbers of samples, <c>"micro"</c> for one score of all classes' counts together.</param>
    /// <param name="beta">How much recall counts; above 0.</param>
    /// <param name="threshold">What an output must exceed to count as yes, above 0 and at most 1; null for the largest of a row.</param>
    /// <param name="name">The key in histories and results.</param>
    public FBetaScore(string? average = null, double beta = 1, double? threshold = null, string name = "fbeta_score")
        : base(name)
    {
        Average = average is null || Averages.Contains(average) ? average : throw DidYouMean.Unknown($"{ClassName} average", average, Averages, "null gives one score a class.");
        Beta = beta > 0 && double.IsFinite(beta) ? beta : throw new ArgumentOutOfRangeException(nameof(beta), beta, $"{ClassName}: expected a beta above 0, such as 1.");
        Threshold = threshold is null or (> 0 and <= 1)
            ? threshold
            : throw new ArgumentOutOfRangeException(nameof(threshold), threshold, $"{ClassName}: expected a threshold above 0 and at most 1, or null for the largest output of a row.");
    }

    /// <summary>How the classes' scores become one; null where they stay.</summary>
    public string? Average { get; }

    /// <summary>How much recall counts.</summary>
    public double Beta { get; }

    /// <summary>What an output must exceed to count as yes; null for the largest of a row.</summary>
    public double? Threshold { get; }

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Dims> StateDims(TensorType yTrue, TensorType yPred)
    {
        if (yPred.Dims.Rank != 2)
        {
            throw new ShapeException($"{ClassName}: expected outputs of dims [samples, classes], received {yPred}. Reshape them; one yes or no a sample is [samples, 1].");
        }

        Dims dims = Average == "micro" ? Dims.Scalar : Dims.Of(yPred.Dims[1].Size);
        return [dims, dims, dims, dims];
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight, IReadOnlyList<Tensor> state)
    {
        using IDisposable _ = yPred.Builder.Scope(Name);
        (yTrue, yPred) = MetricLabels.Aligned(ClassName, yTrue, yPred);
        Tensor yes = Threshold is { } threshold
            ? yPred.GreaterThan(threshold)
            : yPred.AtLeast(yPred.Max(-1, keepDims: true)).And(yPred.Abs().GreaterThan(1e-9));
        Tensor y = yTrue.Cast(DType.Float64);
        Tensor p = yes.Cast(DType.Float64);
        Tensor weight = sampleWeight is null ? y.Like(1) : SampleWeights.Repeated(sampleWeight, y.Dims);
        return [state[0] + Total(p * y), state[1] + Total(p * (1 - y)), state[2] + Total((1 - p) * y), state[3] + Total(y)];

        Tensor Total(Tensor x) => Average == "micro" ? (x * weight).Sum() : (x * weight).Sum(0);
    }

    /// <inheritdoc/>
    protected internal override NDArray Result(IReadOnlyList<NDArray> state)
    {
        // The epsilons are Keras'.
        const double Epsilon = 1e-7;
        double square = Beta * Beta;
        var scores = new double[state[0].Count];
        ReadOnlySpan<double> right = state[0].AsSpan<double>();
        ReadOnlySpan<double> wrong = state[1].AsSpan<double>();
        ReadOnlySpan<double> missed = state[2].AsSpan<double>();
        ReadOnlySpan<double> support = state[3].AsSpan<double>();
        double samples = 0;
        foreach (double s in support)
        {
            samples += s;
        }

        double weighted = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double precision = right[i] / (right[i] + wrong[i] + Epsilon);
            double recall = right[i] / (right[i] + missed[i] + Epsilon);
            scores[i] = precision * recall / (square * precision + recall + Epsilon) * (1 + square);
            weighted += scores[i] * (support[i] / (samples + Epsilon));
        }

        return Average switch
        {
            null => scores,
            "weighted" => weighted,
            _ => scores.Average(),
        };
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Text("average", Average);
        config.Number("beta", Beta);
        config.Number("threshold", Threshold);
    }

    internal static FBetaScore Read(ConfigReader c) =>
        new(c.OptionalText("average"), c.Number("beta", 1), c.OptionalNumber("threshold"), c.Text("name", "fbeta_score"));
}

/// <summary>
/// 2·P·R / (P + R), the harmonic mean of precision P and recall R, for each class. For one-hot or multi-label labels and outputs [samples, classes].
/// </summary>
/// <param name="average">null for one value a class, <c>"macro"</c>, <c>"weighted"</c> or <c>"micro"</c>.</param>
/// <param name="threshold">What an output must exceed to count as yes; null for the largest of a row.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// F1Score f1 = new(average: "macro");
/// f1.UpdateState(new double[,] { { 1, 0 }, { 0, 1 } }, new double[,] { { 0.8, 0.2 }, { 0.6, 0.4 } });
/// </code></example>
public sealed class F1Score(string? average = null, double? threshold = null, string name = "f1_score") : FBetaScore(average, 1, threshold, name)
{
    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Text("average", Average);
        config.Number("threshold", Threshold);
    }

    internal static new F1Score Read(ConfigReader c) => new(c.OptionalText("average"), c.OptionalNumber("threshold"), c.Text("name", "f1_score"));
}
