namespace Nabla;

/// <summary>Functions that compare the elements along an axis.</summary>
internal static class Softmaxes
{
    public static Tensor Softmax(Tensor x, int axis)
    {
        using IDisposable _ = x.Builder.Scope("softmax");
        Tensor e = Shifted(x, axis).Exp();
        return e / e.Sum(axis, keepDims: true);
    }

    public static Tensor LogSoftmax(Tensor x, int axis)
    {
        using IDisposable _ = x.Builder.Scope("log_softmax");
        Tensor shifted = Shifted(x, axis);
        return shifted - shifted.Exp().Sum(axis, keepDims: true).Log();
    }

    public static Tensor LogSumExp(Tensor x, int axis, bool keepDims)
    {
        using IDisposable _ = x.Builder.Scope("log_sum_exp");

        // An infinite largest element must not be subtracted from itself.
        Tensor largest = x.Max(axis, keepDims: true).StopGradient();
        Tensor shift = Tensor.Select(largest.IsFinite(), largest, largest.Like(0));
        Tensor result = (x - shift).Exp().Sum(axis, keepDims: true).Log() + shift;
        return keepDims ? result : result.Squeeze(axis);
    }

    public static Tensor Sparsemax(Tensor x, int axis)
    {
        using IDisposable _ = x.Builder.Scope("sparsemax");
        int at = x.Dims.Axis(axis, "sparsemax");
        Tensor falling = x.Sort(at, descending: true);
        Tensor sums = falling.CumSum(at);
        Tensor rank = x.Builder.Iota(x.Dims, at, x.DType) + 1;
        Tensor support = (falling - (sums - 1) / rank).GreaterThan(0);
        Tensor count = support.Cast(x.DType).Sum(at, keepDims: true);
        Tensor total = Tensor.Select(support, sums, sums.Like(0)).Sum(at, keepDims: true);
        return (x - (total - 1) / count).Maximum(0);
    }

    /// <summary>x less its largest element along an axis: the largest exponent is 0, so e^x cannot overflow. The shift cancels, so it has no derivative.</summary>
    public static Tensor Shifted(Tensor x, int axis) => x - x.Max(axis, keepDims: true).StopGradient();
}
