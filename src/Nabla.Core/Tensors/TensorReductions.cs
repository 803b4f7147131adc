namespace Nabla;

/// <summary>Sums, means and extremes of a symbolic handle over axes. No axes means all; negative axes count from the end.</summary>
/// <example><code>
/// Tensor columns = input.Mean(axis: 0);
/// Tensor length = input.Square().Sum(axis: -1, keepDims: true).Sqrt();
/// </code></example>
public static class TensorReductions
{
    extension(Tensor x)
    {
        /// <summary>The sum over all axes: a scalar.</summary>
        public Tensor Sum() => x.Sum(Enumerable.Range(0, x.Dims.Rank).ToArray());

        /// <summary>The sum over axes, which vanish or, with <paramref name="keepDims"/>, stay with size 1.</summary>
        public Tensor Sum(ReadOnlySpan<int> axes, bool keepDims = false) => Reduce(x, axes, keepDims, a => new Sum(a));

        /// <summary>The sum over one axis.</summary>
        public Tensor Sum(int axis, bool keepDims = false) => x.Sum([axis], keepDims);

        /// <summary>The mean over all axes: a scalar.</summary>
        public Tensor Mean() => x.Mean(Enumerable.Range(0, x.Dims.Rank).ToArray());

        /// <summary>The mean over axes.</summary>
        public Tensor Mean(ReadOnlySpan<int> axes, bool keepDims = false) => Reduce(x, axes, keepDims, a => new Mean(a));

        /// <summary>The mean over one axis.</summary>
        public Tensor Mean(int axis, bool keepDims = false) => x.Mean([axis], keepDims);

        /// <summary>The largest element.</summary>
        public Tensor Max() => x.Max(Enumerable.Range(0, x.Dims.Rank).ToArray());

        /// <summary>The largest over axes; ties share the derivative equally.</summary>
        public Tensor Max(ReadOnlySpan<int> axes, bool keepDims = false) => Reduce(x, axes, keepDims, a => new ReduceMax(a));

        /// <summary>The largest over one axis.</summary>
        public Tensor Max(int axis, bool keepDims = false) => x.Max([axis], keepDims);

        /// <summary>The smallest element.</summary>
        public Tensor Min() => x.Min(Enumerable.Range(0, x.Dims.Rank).ToArray());

        /// <summary>The smallest over axes; ties share the derivative equally.</summary>
        public Tensor Min(ReadOnlySpan<int> axes, bool keepDims = false) => Reduce(x, axes, keepDims, a => new ReduceMin(a));

        /// <summary>The smallest over one axis.</summary>
        public Tensor Min(int axis, bool keepDims = false) => x.Min([axis], keepDims);
    }

    private static Tensor Reduce(Tensor x, ReadOnlySpan<int> axes, bool keepDims, Func<Axes, Op> op)
    {
        SortedSet<int> sorted = [];
        foreach (int axis in axes)
        {
            if (!sorted.Add(x.Dims.Axis(axis, op([]).Name)))
            {
                throw new ShapeException($"{op([]).Name}: expected different axes, received axis {axis} twice.");
            }
        }

        if (sorted.Count == 0)
        {
            return x;
        }

        Tensor result = x.Builder.Apply(op([.. sorted]), x);
        return keepDims ? result.Reshape(sorted.Aggregate(x.Dims, (dims, axis) => dims.With(axis, 1))) : result;
    }
}
