// The share of right answers, in the three forms that labels and outputs have, and the name that chooses among them.
namespace Nabla;

/// <summary>How often the largest output is the labelled class. Labels are class numbers; of equal outputs the first counts.</summary>
/// <param name="name">The key in histories and results.</param>
public sealed class SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy") : MeanMetric(name)
{
    internal override bool? TakesClasses => true;

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor labels = yTrue.Dims.Rank == yPred.Dims.Rank && yTrue.Dims[-1].Size == 1 ? yTrue.Reshape(yTrue.Dims[..^1]) : yTrue;
        return labels.Cast(DType.Int32).EqualTo(yPred.ArgMax(-1)).Cast(yPred.DType);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static SparseCategoricalAccuracy Read(ConfigReader c) => new(c.Text("name", "sparse_categorical_accuracy"));
}

/// <summary>How often the largest output stands where the largest label does: for one-hot labels.</summary>
/// <param name="name">The key in histories and results.</param>
public sealed class CategoricalAccuracy(string name = "categorical_accuracy") : MeanMetric(name)
{
    internal override bool? TakesClasses => false;

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred) =>
        yTrue.Cast(yPred.DType).ArgMax(-1).EqualTo(yPred.ArgMax(-1)).Cast(yPred.DType);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static CategoricalAccuracy Read(ConfigReader c) => new(c.Text("name", "categorical_accuracy"));
}

/// <summary>How often an output above the threshold meets a label of 1 and one not above it a label of 0, averaged over the outputs.</summary>
/// <param name="name">The key in histories and results.</param>
/// <param name="threshold">0.5 for probabilities; for logits say 0.</param>
public sealed class BinaryAccuracy(string name = "binary_accuracy", double threshold = 0.5) : MeanMetric(name)
{
    /// <summary>What an output must exceed to count as 1.</summary>
    public double Threshold { get; } = threshold;

    internal override bool? TakesClasses => false;

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor labels = yTrue.Cast(yPred.DType);
        labels = labels.Dims.Rank + 1 == yPred.Dims.Rank && yPred.Dims[-1].Size == 1 ? labels.Reshape(yPred.Dims) : labels;
        return yPred.GreaterThan(Threshold).Cast(yPred.DType).EqualTo(labels).Cast(yPred.DType).Mean(-1);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Number("threshold", Threshold);

    internal static BinaryAccuracy Read(ConfigReader c) => new(c.Text("name", "binary_accuracy"), c.Number("threshold", 0.5));
}

/// <summary>The name <c>"accuracy"</c>, which becomes one of the three by Keras' rule once labels and output are known.</summary>
internal sealed class AccuracyByName(string name) : Metric(name)
{
    public override string ClassName => "accuracy";

    public override bool? MoreIsBetter => true;

    internal override string? SavedName => Name;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Dims> StateDims(TensorType yTrue, TensorType yPred) => Resolve(yTrue, yPred).StateDims(yTrue, yPred);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight, IReadOnlyList<Tensor> state) =>
        Resolve(yTrue.Type, yPred.Type).Update(yTrue, yPred, sampleWeight, state);

    /// <inheritdoc/>
    protected internal override NDArray Result(IReadOnlyList<NDArray> state) => new SparseCategoricalAccuracy().Result(state);

    internal override Metric Resolve(TensorType yTrue, TensorType yPred) =>
        yPred.Dims[-1].Size == 1 ? new BinaryAccuracy(Name)
        : yTrue.Dims.Rank < yPred.Dims.Rank || yTrue.Dims[-1].Size == 1 ? new SparseCategoricalAccuracy(Name)
        : new CategoricalAccuracy(Name);
}
