namespace Nabla;

/// <summary>
/// 1 - Σ (y - p)² / Σ (y - mean of y)², the share of the labels' variance that the outputs explain: 1 is perfect, 0 no better than the mean.
/// For outputs [samples, outputs].
/// </summary>
/// <param name="classAggregation"><c>"uniform_average"</c> for the mean over the outputs, <c>"variance_weighted_average"</c>, or null for one value an output.</param>
/// <param name="numRegressors">Above 0: the adjusted score of a model with so many inputs.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// R2Score r2 = new();
/// r2.UpdateState(new double[,] { { 1 }, { 4 }, { 3 } }, new double[,] { { 2 }, { 4 }, { 4 } }); // 0.571
/// </code></example>
public sealed class R2Score(string? classAggregation = "uniform_average", int numRegressors = 0, string name = "r2_score") : Metric(name)
{
    private static readonly string[] Aggregations = ["uniform_average", "variance_weighted_average"];

    /// <summary>How the outputs' scores become one; null where they stay.</summary>
    public string? ClassAggregation { get; } = classAggregation is null || Aggregations.Contains(classAggregation)
        ? classAggregation
        : throw DidYouMean.Unknown("R2Score classAggregation", classAggregation, Aggregations, "null gives one score an output.");

    /// <summary>The number of inputs for which the score is adjusted.</summary>
    public int NumRegressors { get; } = numRegressors >= 0
        ? numRegressors
        : throw new ArgumentOutOfRangeException(nameof(numRegressors), numRegressors, "R2Score: expected 0 or more regressors.");

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Dims> StateDims(TensorType yTrue, TensorType yPred) => yPred.Dims.Rank == 2
        ? [Outputs(yPred), Outputs(yPred), Outputs(yPred), Outputs(yPred), Dims.Scalar]
        : throw new ShapeException($"R2Score: expected outputs of dims [samples, outputs], received {yPred}. Reshape them; one output is [samples, 1].");

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight, IReadOnlyList<Tensor> state)
    {
        using IDisposable _ = yPred.Builder.Scope(Name);
        (yTrue, yPred) = MetricLabels.Aligned(ClassName, yTrue, yPred);
        (yTrue, yPred) = (yTrue.Cast(DType.Float64), yPred.Cast(DType.Float64));
        Tensor weight = sampleWeight is null ? yTrue.Like(1) : SampleWeights.Repeated(sampleWeight, yTrue.Dims);
        return
        [
            state[0] + (yTrue * weight).Sum(0),
            state[1] + (yTrue * yTrue * weight).Sum(0),
            state[2] + ((yTrue - yPred).Square() * weight).Sum(0),
            state[3] + weight.Sum(0),
            state[4] + SampleWeights.Count(yTrue, 2),
        ];
    }

    /// <inheritdoc/>
    protected internal override NDArray Result(IReadOnlyList<NDArray> state)
    {
        ReadOnlySpan<double> sums = state[0].AsSpan<double>();
        ReadOnlySpan<double> squares = state[1].AsSpan<double>();
        ReadOnlySpan<double> residuals = state[2].AsSpan<double>();
        ReadOnlySpan<double> counts = state[3].AsSpan<double>();
        var scores = new double[sums.Length];
        double weighted = 0;
        double variance = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double total = squares[i] - sums[i] * (sums[i] / counts[i]);
            double score = 1 - residuals[i] / total;
            scores[i] = double.IsInfinity(score) ? 0 : score;
            weighted += total * scores[i];
            variance += total;
        }

        double samples = state[4].Item<double>();
        return ClassAggregation switch
        {
            null => scores.Select(s => Adjusted(s, samples)).ToArray(),
            "uniform_average" => Adjusted(scores.Average(), samples),
            _ => Adjusted(weighted / variance, samples),
        };
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Text("class_aggregation", ClassAggregation);
        config.Integer("num_regressors", NumRegressors);
    }

    internal static R2Score Read(ConfigReader c) => new(
        c.IsNull("class_aggregation") ? null : c.Text("class_aggregation", "uniform_average"),
        c.Integer("num_regressors", 0)!.Value,
        c.Text("name", "r2_score"));

    // Keras counts every output of every sample here, and leaves the score as it is where there are too few of them.
    private double Adjusted(double score, double samples) =>
        NumRegressors == 0 || NumRegressors >= samples - 1 ? score : 1 - (1 - score) * (samples - 1) / (samples - NumRegressors - 1);

    private static Dims Outputs(TensorType yPred) => Dims.Of(yPred.Dims[1].Size);
}
