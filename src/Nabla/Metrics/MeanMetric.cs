namespace Nabla;

/// <summary>
/// The mean of one value a sample, exact over an epoch even where the last batch is smaller: the weighted sum and the sum of the weights are kept.
/// </summary>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// Metric within = Metric.From("within_one", (t, p) => (p - t).Abs().AtMost(1).Cast(p.DType));
/// </code></example>
public abstract class MeanMetric(string name) : Metric(name)
{
    /// <summary>One value a sample; further axes are averaged.</summary>
    public abstract Tensor Values(Tensor yTrue, Tensor yPred);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Dims> StateDims(TensorType yTrue, TensorType yPred) => [Dims.Scalar, Dims.Scalar];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight, IReadOnlyList<Tensor> state)
    {
        using IDisposable _ = yPred.Builder.Scope(Name);
        (Tensor sum, Tensor weight) = SampleWeights.Totals(Values(yTrue, yPred), sampleWeight);
        return [state[0] + sum, state[1] + weight];
    }

    /// <inheritdoc/>
    protected internal override NDArray Result(IReadOnlyList<NDArray> state) => SampleWeights.Ratio(state[0].Item<double>(), state[1].Item<double>());
}
