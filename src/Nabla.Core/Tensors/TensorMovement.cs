namespace Nabla;

/// <summary>Moving the elements of a symbolic handle: other dims, other order, parts.</summary>
public static class TensorMovement
{
    extension(Tensor x)
    {
        /// <summary>Repeated to dims, aligned at the last axis; the tensor itself where it has them already.</summary>
        public Tensor BroadcastTo(Dims dims)
        {
            if (x.Dims.SameSizes(dims))
            {
                return x;
            }

            int missing = dims.Rank - x.Dims.Rank;
            return x.Builder.Apply(new Broadcast(dims, [.. Enumerable.Range(0, x.Dims.Rank).Select(i => i + missing)]), x);
        }

        /// <summary>The same elements in row-major order under other dims; the tensor itself where it has them already.</summary>
        public Tensor Reshape(Dims dims) => x.Dims == dims ? x : x.Builder.Apply(new Reshape(dims), x);
    }
}
