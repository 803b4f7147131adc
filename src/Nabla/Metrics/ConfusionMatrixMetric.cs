namespace Nabla;

/// <summary>
/// What is made from a confusion matrix: how often (or with what weight) each class, the row, was taken for each class, the column.
/// </summary>
/// <example><code>
/// ConfusionMatrixMetric metric = new MeanIoU(numClasses: 3);
/// metric.UpdateState(new[] { 0, 1, 2 }, new[] { 0, 2, 2 });
/// </code></example>
public abstract class ConfusionMatrixMetric : Metric
{
    private protected ConfusionMatrixMetric(string className, int numClasses, string name)
        : base(name) => NumClasses = numClasses >= 2
            ? numClasses
            : throw new ArgumentOutOfRangeException(nameof(numClasses), numClasses, $"{className}: expected 2 or more classes.");

    /// <summary>How many classes there are.</summary>
    public int NumClasses { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Dims> StateDims(TensorType yTrue, TensorType yPred) => [Dims.Of(NumClasses, NumClasses)];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight, IReadOnlyList<Tensor> state)
    {
        using IDisposable _ = yPred.Builder.Scope(Name);
        (Tensor actual, Tensor predicted) = Classes(yTrue, yPred);
        actual = Rows(actual.Cast(DType.Int32));
        predicted = Rows(predicted.Cast(DType.Int32));
        if (!actual.Dims.SameSizes(predicted.Dims))
        {
            throw new ShapeException($"{ClassName} '{Name}': expected as many classes in labels as in outputs, received {yTrue.Type} and {yPred.Type}. Class numbers go with class numbers; for one-hot rows or probabilities see the arguments that say so.");
        }

        Tensor weight = sampleWeight is null ? actual.Cast(DType.Float64).Like(1) : Counted(Weights(sampleWeight, actual.Dims));
        if (IgnoredClass is { } ignored)
        {
            weight = Tensor.Select(actual.EqualTo(ignored), weight.Like(0), weight);
        }

        // One-hot labels times one-hot outputs, sample by sample, without merging the batch's axis with others.
        Tensor rows = actual.OneHot(NumClasses, DType.Float64) * weight.ExpandDims(-1);
        Tensor columns = predicted.OneHot(NumClasses, DType.Float64);
        return [state[0] + (actual.Dims.Rank == 1 ? rows.MatMul(columns, transposeLeft: true) : rows.MatMul(columns, transposeLeft: true).Sum(0))];
    }

    /// <summary>Labels and outputs as class numbers.</summary>
    private protected abstract (Tensor Actual, Tensor Predicted) Classes(Tensor yTrue, Tensor yPred);

    private protected virtual int? IgnoredClass => null;

    /// <summary>What a sample of a weight counts.</summary>
    private protected virtual Tensor Counted(Tensor weight) => weight;

    // [samples], or [samples, values of each]: the batch's axis stays.
    private static Tensor Rows(Tensor classes) => classes.Dims.Rank <= 1 ? classes
        : classes.Dims.Count == classes.Dims[0].Size ? classes.Reshape([classes.Dims[0]])
        : classes.Reshape([classes.Dims[0], classes.Dims[1..].Count]);

    private static Tensor Weights(Tensor weight, Dims rows) => SampleWeights.Repeated(weight.Dims.Rank > 1 ? Rows(weight) : weight, rows);
}
