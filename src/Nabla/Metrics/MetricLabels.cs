namespace Nabla;

/// <summary>Labels brought to the dims of what they are compared with.</summary>
internal static class MetricLabels
{
    /// <summary>
    /// Labels of the output's dims, floating, by Keras' rank rule: where the ranks differ by an axis of 1 at the end, it is dropped or added.
    /// An output of whole numbers or truth values becomes float64.
    /// </summary>
    public static (Tensor True, Tensor Pred) Aligned(string who, Tensor yTrue, Tensor yPred)
    {
        yPred = yPred.DType.IsFloat ? yPred : yPred.Cast(DType.Float64);
        yTrue = yTrue.Cast(yPred.DType);
        return (WithDims(who, yTrue, yPred.Dims, yPred.Type), yPred);
    }

    /// <summary>Labels as class numbers, one for each row of outputs along the last axis.</summary>
    public static Tensor Classes(string who, Tensor yTrue, Tensor yPred) =>
        WithDims(who, yTrue.DType.IsInteger ? yTrue : yTrue.Cast(DType.Int32), yPred.Dims.Rank == 0 ? yPred.Dims : yPred.Dims[..^1], yPred.Type);

    private static Tensor WithDims(string who, Tensor labels, Dims dims, TensorType output)
    {
        Dims own = labels.Dims;
        if (own.SameSizes(dims))
        {
            return labels;
        }

        bool extra = own.Rank == dims.Rank + 1 && own[-1].Size == 1 && own[..^1].SameSizes(dims);
        bool missing = own.Rank + 1 == dims.Rank && dims[-1].Size == 1 && own.SameSizes(dims[..^1]);
        return extra || missing
            ? labels.Reshape(dims)
            : throw new ShapeException($"{who}: expected labels of dims {dims} for an output of {output}, received {labels.Type}. {Advice(own, dims, output.Dims)}");
    }

    private static string Advice(Dims own, Dims expected, Dims output) =>
        own.Rank + 1 == output.Rank && expected.Rank == output.Rank ? "Class numbers must be made one-hot here, or use a metric of the sparse kind."
        : own.SameSizes(output) ? "One-hot labels go with the metric that is not of the sparse kind."
        : "Reshape the labels.";
}
