// How labels and outputs move together along an axis.
namespace Nabla;

/// <summary>
/// Pearson's correlation of labels and outputs along an axis, averaged over the samples: 1 where one is a rising straight line of the other,
/// 0 where one does not change at all.
/// </summary>
/// <param name="name">The key in histories and results.</param>
/// <param name="axis">The axis along which values are compared; 0 is the batch.</param>
/// <example><code>
/// model.Compile("adam", "mse", metrics: [new PearsonCorrelation()]);
/// </code></example>
public sealed class PearsonCorrelation(string name = "pearson_correlation", int axis = -1) : MeanMetric(name)
{
    /// <summary>The axis along which values are compared.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = MetricLabels.Aligned(ClassName, yTrue, yPred);
        return (Standard(yTrue) * Standard(yPred)).Mean(Axis);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Integer("axis", Axis);

    internal static PearsonCorrelation Read(ConfigReader c) => new(c.Text("name", "pearson_correlation"), c.Integer("axis", -1)!.Value);

    private Tensor Standard(Tensor x)
    {
        Tensor centred = x - x.Mean(Axis, keepDims: true);
        Tensor spread = centred.Std(Axis, keepDims: true);
        return centred / Tensor.Select(spread.EqualTo(0), spread.Like(1), spread);
    }
}

/// <summary>
/// Lin's concordance of labels and outputs along an axis, averaged over the samples: like a correlation, but 1 only where they are equal.
/// </summary>
/// <param name="name">The key in histories and results.</param>
/// <param name="axis">The axis along which values are compared; 0 is the batch.</param>
/// <example><code>
/// model.Compile("adam", "mse", metrics: [new ConcordanceCorrelation()]);
/// </code></example>
public sealed class ConcordanceCorrelation(string name = "concordance_correlation", int axis = -1) : MeanMetric(name)
{
    /// <summary>The axis along which values are compared.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = MetricLabels.Aligned(ClassName, yTrue, yPred);
        Tensor meanTrue = yTrue.Mean(Axis, keepDims: true);
        Tensor meanPred = yPred.Mean(Axis, keepDims: true);
        Tensor spread = yTrue.Variance(Axis, keepDims: true) + yPred.Variance(Axis, keepDims: true) + (meanTrue - meanPred).Square();
        return ((yTrue - meanTrue) * (yPred - meanPred) * 2 / (spread + Probabilities.Epsilon)).Mean(Axis);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Integer("axis", Axis);

    internal static ConcordanceCorrelation Read(ConfigReader c) => new(c.Text("name", "concordance_correlation"), c.Integer("axis", -1)!.Value);
}
