namespace Nabla;

/// <summary>The ways of writing class numbers as features that <see cref="CategoryEncoding"/> and <see cref="Discretization"/> share.</summary>
internal static class CategoryCodes
{
    /// <summary>
    /// one_hot: a 1 at each number's place, on a new last axis (of a last axis of 1, instead of it). multi_hot: a 1 at the place of each number that
    /// a sample holds. count: how often it holds it.
    /// </summary>
    /// <param name="layer">Named in errors.</param>
    /// <param name="numbers">Class numbers: int32 or int64. One outside gives no 1.</param>
    /// <param name="mode"><c>one_hot</c>, <c>multi_hot</c> or <c>count</c>.</param>
    /// <param name="size">How many classes.</param>
    /// <param name="dtype">The result's element type.</param>
    /// <param name="weights">What each number counts, or null for 1.</param>
    public static Tensor Encode(Layer layer, Tensor numbers, string mode, int size, DType dtype, Tensor? weights = null)
    {
        if (mode == "one_hot")
        {
            bool isColumn = numbers.Dims.Rank > 1 && numbers.Dims[-1].Size == 1;
            return (isColumn ? numbers.Reshape(numbers.Dims[..^1]) : numbers).OneHot(size, dtype);
        }

        if (numbers.Dims.Rank != 2)
        {
            throw layer.Error($"expected numbers of dims [samples, numbers a sample] for outputMode '{mode}', received {numbers.Type}. {(numbers.Dims.Rank == 1 ? "Reshape to [samples, 1], or use 'one_hot'" : "Flatten them, or use 'one_hot'")}.");
        }

        Tensor ones = numbers.OneHot(size, dtype);
        return mode == "count" ? (weights is null ? ones : ones * weights.Cast(dtype).ExpandDims(-1)).Sum(1) : ones.Max(1);
    }
}
