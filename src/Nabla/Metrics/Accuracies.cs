// The share of right answers, in the forms that labels and outputs have.
namespace Nabla;

/// <summary>How often the largest output is the labelled class. Labels are class numbers; of equal outputs the first counts.</summary>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
/// </code></example>
public sealed class SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy") : MeanMetric(name)
{
    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred) =>
        MetricLabels.Classes(ClassName, yTrue, yPred).Cast(DType.Int32).EqualTo(yPred.ArgMax(-1)).Cast(DType.Float64);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static SparseCategoricalAccuracy Read(ConfigReader c) => new(c.Text("name", "sparse_categorical_accuracy"));
}

/// <summary>How often the largest output stands where the largest label does: for one-hot labels.</summary>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "categorical_crossentropy", [new CategoricalAccuracy()]);
/// </code></example>
public sealed class CategoricalAccuracy(string name = "categorical_accuracy") : MeanMetric(name)
{
    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = MetricLabels.Aligned(ClassName, yTrue, yPred);
        return yTrue.ArgMax(-1).EqualTo(yPred.ArgMax(-1)).Cast(DType.Float64);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static CategoricalAccuracy Read(ConfigReader c) => new(c.Text("name", "categorical_accuracy"));
}

/// <summary>How often an output above the threshold meets a label of 1 and one not above it a label of 0, averaged over the outputs.</summary>
/// <param name="name">The key in histories and results.</param>
/// <param name="threshold">0.5 for probabilities; for logits say 0.</param>
/// <example><code>
/// model.Compile("adam", new BinaryCrossentropy(fromLogits: true), [new BinaryAccuracy(threshold: 0)]);
/// </code></example>
public sealed class BinaryAccuracy(string name = "binary_accuracy", double threshold = 0.5) : MeanMetric(name)
{
    /// <summary>What an output must exceed to count as 1.</summary>
    public double Threshold { get; } = threshold;

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = MetricLabels.Aligned(ClassName, yTrue, yPred);
        return yPred.GreaterThan(Threshold).Cast(yPred.DType).EqualTo(yTrue).Cast(DType.Float64);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Number("threshold", Threshold);

    internal static BinaryAccuracy Read(ConfigReader c) => new(c.Text("name", "binary_accuracy"), c.Number("threshold", 0.5));
}

/// <summary>How often outputs equal labels exactly: for predictions that are classes already. For probabilities say <c>"accuracy"</c>.</summary>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// Accuracy accuracy = new();
/// accuracy.UpdateState(new[,] { { 1 }, { 2 } }, new[,] { { 1 }, { 3 } }); // 0.5
/// </code></example>
public sealed class Accuracy(string name = "accuracy") : MeanMetric(name)
{
    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = MetricLabels.Aligned(ClassName, yTrue, yPred);
        return yTrue.EqualTo(yPred).Cast(DType.Float64);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static Accuracy Read(ConfigReader c) => new(c.Text("name", "accuracy"));
}
