namespace Nabla;

/// <summary>Matrix products of symbolic handles.</summary>
/// <example><code>
/// Tensor gram = input.MatMul(input.T);
/// </code></example>
public static class TensorContractions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The matrix product. Two matrices: [m, k] times [k, n]. A vector on either side is taken as a row or a column and its axis vanishes.
        /// Axes before the last two are batches and are broadcast.
        /// </summary>
        public Tensor MatMul(Tensor other, bool transposeLeft = false, bool transposeRight = false)
        {
            Tensor left = x.Dims.Rank == 1 ? x.Reshape([1, x.Dims[0]]) : x;
            Tensor right = other.Dims.Rank == 1 ? other.Reshape([other.Dims[0], 1]) : other;
            if (left.Dims.Rank < 2 || right.Dims.Rank < 2)
            {
                throw new ShapeException($"matmul: expected vectors or matrices, received {x.Type} and {other.Type}. Use * with a scalar.");
            }

            Dims batch = Broadcasting.Common("matmul", left.Dims[..^2], right.Dims[..^2]);
            left = left.BroadcastTo(batch.Concat(left.Dims[^2..]));
            right = right.BroadcastTo(batch.Concat(right.Dims[^2..]));
            Tensor product = x.Builder.Apply(new MatMul(transposeLeft && x.Dims.Rank > 1, transposeRight && other.Dims.Rank > 1), left, right);
            Dims dims = product.Dims;
            if (other.Dims.Rank == 1)
            {
                dims = dims.Without(-1);
            }

            return product.Reshape(x.Dims.Rank == 1 ? dims.Without(batch.Rank) : dims);
        }

        /// <summary>NumPy's dot of vectors and matrices: the inner product of two vectors, else the matrix product.</summary>
        public Tensor Dot(Tensor other) => x.Dims.Rank == 0 || other.Dims.Rank == 0 ? x * other : x.MatMul(other);
    }
}
