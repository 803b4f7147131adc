namespace Nabla;

/// <summary>A loss watched as a metric: the mean of its values over the samples.</summary>
/// <param name="name">The key in histories and results.</param>
/// <param name="loss">Whose values are averaged.</param>
/// <param name="byName">Whether the name alone says which loss, so that a file need hold no more.</param>
internal sealed class LossMetric(string name, Loss loss, bool byName = false) : MeanMetric(name)
{
    public override string ClassName => loss is LogCosh ? "LogCoshError" : loss.ClassName;

    public override bool? MoreIsBetter => loss is CosineSimilarity;

    internal override string? SavedName => byName || loss.SavedName is not null ? Name : null;

    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        // One number a sample is an output of one number: its mean is over that, not over the batch.
        yPred = yPred.Dims.Rank == 1 && !loss.TakesClasses ? yPred.ExpandDims(-1) : yPred;
        Tensor values = loss.Values(loss.Aligned(yTrue, yPred), yPred);

        // Keras' loss counts down to -1, its metric of the same name up to 1.
        return loss is CosineSimilarity ? -values : values;
    }

    internal override Metric Resolve(TensorType yTrue, TensorType yPred) =>
        loss.Resolve(yTrue, yPred) is { } resolved && resolved != loss ? new LossMetric(Name, resolved, byName) : this;

    protected internal override void WriteConfig(ConfigWriter config) => loss.WriteConfig(config);
}
