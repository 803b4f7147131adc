namespace Nabla.Compiler.Kernels;

/// <summary>
/// What is known of a matrix product C = A B (or C += A B) before its addresses are: sizes and strides, all in elements. A is M x K, B is K x N,
/// C is M x N with adjacent columns. A transposed operand is one whose strides are exchanged.
/// </summary>
/// <param name="M">Rows of A and C.</param>
/// <param name="N">Columns of B and C.</param>
/// <param name="K">Columns of A, rows of B. With K = 0 the product is zero.</param>
/// <param name="ARowStride">From one row of A to the next.</param>
/// <param name="AColumnStride">From one column of A to the next.</param>
/// <param name="BRowStride">From one row of B to the next.</param>
/// <param name="BColumnStride">From one column of B to the next.</param>
/// <param name="CRowStride">From one row of C to the next, at least N.</param>
/// <param name="Accumulate">Whether the product is added to what C holds; otherwise C is written without being read.</param>
internal readonly record struct GemmShape(
    int M,
    int N,
    int K,
    nint ARowStride,
    nint AColumnStride,
    nint BRowStride,
    nint BColumnStride,
    nint CRowStride,
    bool Accumulate)
{
    /// <summary>Dense row-major matrices, either operand stored as its transpose.</summary>
    public static GemmShape Dense(int m, int n, int k, bool transposedA = false, bool transposedB = false, bool accumulate = false)
        => new(m, n, k, transposedA ? 1 : k, transposedA ? m : 1, transposedB ? 1 : n, transposedB ? k : 1, n, accumulate);
}
