namespace Nabla;

/// <summary>The mean of one value a sample, exact over an epoch even where the last batch is smaller: sum and count are kept.</summary>
/// <param name="name">The key in histories and results.</param>
public abstract class MeanMetric(string name) : Metric(name)
{
    /// <summary>One value a sample; further axes are averaged.</summary>
    public abstract Tensor Values(Tensor yTrue, Tensor yPred);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Dims> StateDims => [Dims.Scalar, Dims.Scalar];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Update(Tensor yTrue, Tensor yPred, IReadOnlyList<Tensor> state)
    {
        using IDisposable _ = yPred.Builder.Scope(Name);
        Tensor values = Values(yTrue, yPred).Cast(DType.Float64);
        if (values.Dims.Rank > 1)
        {
            values = values.Mean([.. Enumerable.Range(1, values.Dims.Rank - 1)]);
        }

        // A node, not a constant: the number of samples changes with the size of the batch.
        Tensor count = values.Builder.Apply(new AxisSize(Axes.Range(values.Dims.Rank)), values);
        return [state[0] + values.Sum(), state[1] + count];
    }

    /// <inheritdoc/>
    protected internal override double Result(IReadOnlyList<NDArray> state)
    {
        double count = state[1].Item<double>();
        return count == 0 ? 0 : state[0].Item<double>() / count;
    }
}
