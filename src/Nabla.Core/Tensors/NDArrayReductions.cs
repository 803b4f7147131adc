namespace Nabla;

/// <summary>
/// Sums, means and extremes of arrays over axes, as on symbolic handles, run at once. Without axes over all elements, with a scalar array as the result;
/// negative axes count from the end. The sum of truth values counts them; sums of whole numbers are int64, as in NumPy.
/// </summary>
/// <example><code>
/// NDArray w = new[,] { { 1.0, 2 }, { 3, 4 } };
/// NDArray columns = w.Mean(axis: 0);   // 2, 3
/// double total = (double)w.Sum();   // 10
/// </code></example>
public static class NDArrayReductions
{
    extension(NDArray x)
    {
        /// <summary>The sum of all elements; int64 for whole numbers and truth values.</summary>
        public NDArray Sum() => Total(static x => x.Sum(), x);

        /// <summary>The sum over one axis; int64 for whole numbers and truth values.</summary>
        public NDArray Sum(int axis, bool keepDims = false) => Total(x => x.Sum(axis, keepDims), x);

        /// <summary>The mean of all elements; float64 for whole numbers.</summary>
        public NDArray Mean() => Float(static x => x.Mean(), x);

        /// <summary>The mean over one axis; float64 for whole numbers.</summary>
        public NDArray Mean(int axis, bool keepDims = false) => Float(x => x.Mean(axis, keepDims), x);

        /// <summary>The largest element.</summary>
        public NDArray Max() => Number(static x => x.Max(), x);

        /// <summary>The largest over one axis.</summary>
        public NDArray Max(int axis, bool keepDims = false) => Number(x => x.Max(axis, keepDims), x);

        /// <summary>The smallest element.</summary>
        public NDArray Min() => Number(static x => x.Min(), x);

        /// <summary>The smallest over one axis.</summary>
        public NDArray Min(int axis, bool keepDims = false) => Number(x => x.Min(axis, keepDims), x);

        /// <summary>The mean squared distance from the mean; float64 for whole numbers.</summary>
        public NDArray Variance() => Float(static x => x.Variance(), x);

        /// <summary>The mean squared distance from the mean over one axis.</summary>
        public NDArray Variance(int axis, bool keepDims = false) => Float(x => x.Variance(axis, keepDims), x);

        /// <summary>The square root of the variance (divided by the count, as NumPy's).</summary>
        public NDArray Std() => Float(static x => x.Std(), x);

        /// <summary>The square root of the variance over one axis.</summary>
        public NDArray Std(int axis, bool keepDims = false) => Float(x => x.Std(axis, keepDims), x);

        /// <summary>The place of the first largest element among all, in row-major order.</summary>
        public NDArray ArgMax() => Number(static x => x.ArgMax(), x);

        /// <summary>The index of the first largest element along an axis.</summary>
        public NDArray ArgMax(int axis) => Number(x => x.ArgMax(axis), x);

        /// <summary>The index of the first smallest element along an axis.</summary>
        public NDArray ArgMin(int axis) => Number(x => x.ArgMin(axis), x);

        /// <summary>Running sums along an axis; int64 for whole numbers and truth values.</summary>
        public NDArray CumSum(int axis) => Total(x => x.CumSum(axis), x);

        /// <summary>The elements along an axis in rising order.</summary>
        public NDArray Sort(int axis = -1) => Number(x => x.Sort(axis), x);
    }

    private static NDArray Total(Func<Tensor, Tensor> function, NDArray x) => Eager.Run(function, x.AsType(Promotion.Sum(x.DType)));

    private static NDArray Float(Func<Tensor, Tensor> function, NDArray x) => Eager.Run(function, x.AsType(Promotion.Float(x.DType)));

    private static NDArray Number(Func<Tensor, Tensor> function, NDArray x) => Eager.Run(function, x.AsType(Promotion.Number(x.DType)));
}
