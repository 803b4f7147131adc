namespace Nabla;

/// <summary>Searching, sorting, running sums, and elements chosen by index, on symbolic handles.</summary>
/// <example><code>
/// Tensor best = input.Sort(axis: -1, descending: true)[.., ..2];   // the two largest of each row
/// </code></example>
public static class TensorSelection
{
    extension(Tensor x)
    {
        /// <summary>Running sums along an axis.</summary>
        /// <param name="axis">Negative axes count from the end.</param>
        /// <param name="reverse">Whether the sums run from the end.</param>
        /// <param name="exclusive">Whether an element's own value is left out of its sum.</param>
        public Tensor CumSum(int axis, bool reverse = false, bool exclusive = false) =>
            x.Builder.Apply(new CumSum(x.Dims.Axis(axis, "cumsum"), reverse, exclusive), x);

        /// <summary>The place (int32) of the largest element along an axis: the first of equal ones, the first NaN if there is one.</summary>
        public Tensor ArgMax(int axis) => x.Builder.Apply(new ArgMax(x.Dims.Axis(axis, "argmax")), x);

        /// <summary>The place (int32) of the largest element in row-major order.</summary>
        public Tensor ArgMax() => x.Reshape([x.Dims.Count]).ArgMax(0);

        /// <summary>The place (int32) of the smallest element along an axis: the first of equal ones, the first NaN if there is one.</summary>
        public Tensor ArgMin(int axis) => Opposite(x).ArgMax(axis);

        /// <summary>The places (int32) along an axis in the order of rising (or falling) elements; stable, NaN last either way.</summary>
        public Tensor ArgSort(int axis = -1, bool descending = false) =>
            x.Builder.Apply(new ArgSort(x.Dims.Axis(axis, "argsort")), descending ? Opposite(x) : x);

        /// <summary>The elements in rising (or falling) order along an axis; NaN last either way. Each element keeps its own derivative.</summary>
        public Tensor Sort(int axis = -1, bool descending = false)
        {
            using IDisposable _ = x.Builder.Scope("sort");
            return x.TakeAlong(x.ArgSort(axis, descending), axis);
        }

        /// <summary>Slices along an axis, chosen by whole numbers from 0 (NumPy's take); NaN where one is outside.</summary>
        public Tensor Take(Tensor indices, int axis = 0) => x.Builder.Apply(new Gather(x.Dims.Axis(axis, "gather")), x, indices);

        /// <summary>Elements along an axis, each chosen by an index of its own (NumPy's take_along_axis); NaN where one is outside.</summary>
        public Tensor TakeAlong(Tensor indices, int axis) => x.Builder.Apply(new GatherAlong(x.Dims.Axis(axis, "gather_along")), x, indices);

        /// <summary>Zeros of <paramref name="size"/> along an axis with slices of this tensor added at indices: <c>Take</c> transposed.</summary>
        public Tensor ScatterAdd(Tensor indices, int size, int axis = 0)
        {
            int rank = x.Dims.Rank - indices.Dims.Rank + 1;
            int at = Dims.Of(new int[Math.Max(0, rank)]).Axis(axis, "scatter_add");
            return x.Builder.Apply(new ScatterAdd(at, [.. x.Dims[..at], size, .. x.Dims[(at + indices.Dims.Rank)..]]), x, indices);
        }

        /// <summary>For whole numbers: a last axis of <paramref name="size"/> with a 1 at each number's place and zeros elsewhere; only zeros where it is outside.</summary>
        public Tensor OneHot(int size, DType dtype = DType.Float32)
        {
            using IDisposable _ = x.Builder.Scope("one_hot");
            if (!x.DType.IsInteger)
            {
                throw new ShapeException($"one_hot: expected whole numbers (int32 or int64), received {x.Type}. Cast them first.");
            }

            Dims dims = [.. x.Dims, size];
            Tensor places = x.Builder.Iota(dims, x.Dims.Rank, x.DType);
            return places.EqualTo(x.ExpandDims(-1).BroadcastTo(dims)).Cast(dtype);
        }
    }

    // In the opposite order. Of whole numbers -1 - x, because the negative of the smallest is itself.
    private static Tensor Opposite(Tensor x) => x.DType.IsInteger ? -1 - x : -x;

    extension(GraphBuilder builder)
    {
        /// <summary>Each element is its place along one axis: 0, 1, 2, ...</summary>
        public Tensor Iota(Dims dims, int axis, DType dtype) => builder.Apply(new Iota(dims, dims.Axis(axis, "iota"), dtype));
    }
}
