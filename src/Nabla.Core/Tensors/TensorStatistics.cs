namespace Nabla;

/// <summary>Variance and standard deviation of a symbolic handle over axes. No axes means all; negative axes count from the end.</summary>
/// <example><code>
/// Tensor standardised = (input - input.Mean(0)) / input.Std(0);   // each column with mean 0 and deviation 1
/// </code></example>
public static class TensorStatistics
{
    extension(Tensor x)
    {
        /// <summary>The mean square of the distance from the mean, over all axes.</summary>
        public Tensor Variance() => x.Variance(Enumerable.Range(0, x.Dims.Rank).ToArray());

        /// <summary>The mean square of the distance from the mean, over axes: divided by the number of elements, as in NumPy.</summary>
        public Tensor Variance(ReadOnlySpan<int> axes, bool keepDims = false)
        {
            using IDisposable _ = x.Builder.Scope("variance");
            Tensor distance = x - x.Mean(axes, keepDims: true);
            return distance.Square().Mean(axes, keepDims);
        }

        /// <summary>The mean square of the distance from the mean, over one axis.</summary>
        public Tensor Variance(int axis, bool keepDims = false) => x.Variance([axis], keepDims);

        /// <summary>The square root of the variance, over all axes.</summary>
        public Tensor Std() => x.Variance().Sqrt();

        /// <summary>The square root of the variance, over axes.</summary>
        public Tensor Std(ReadOnlySpan<int> axes, bool keepDims = false) => x.Variance(axes, keepDims).Sqrt();

        /// <summary>The square root of the variance, over one axis.</summary>
        public Tensor Std(int axis, bool keepDims = false) => x.Std([axis], keepDims);
    }
}
