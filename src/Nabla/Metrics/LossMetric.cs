namespace Nabla;

/// <summary>A loss watched as a metric: the mean of its values over the samples, under the name by which it was asked for.</summary>
/// <param name="name">The key in histories and results.</param>
/// <param name="loss">Whose values are averaged.</param>
internal sealed class LossMetric(string name, Loss loss) : MeanMetric(name)
{
    public override string ClassName => loss.ClassName;

    internal override bool? TakesClasses => loss.TakesClasses;

    public override Tensor Values(Tensor yTrue, Tensor yPred) => loss.Values(loss.Aligned(yTrue, yPred), yPred);
}
