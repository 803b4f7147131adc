namespace Nabla;

/// <summary>
/// Sums of thousands of float32 numbers are made of sums of <see cref="Block"/>: a running float32 sum of ten million tenths is off by 0.15 %,
/// because each addition rounds to the size of the sum so far; sums of sums round to the size of their parts.
/// </summary>
internal static class SplitLongSums
{
    private const int Block = 512;
    private const int Long = 4096;

    private static readonly RewriteRule Rule = new("split-long-sums", false, node => node switch
    {
        { Op: Sum sum, Inputs: [var x] } when IsLong(x, sum.Axes) => Split(new Tensor(x), sum.Axes).Node,
        { Op: Mean mean, Inputs: [var x] } when IsLong(x, mean.Axes) => (Split(new Tensor(x), mean.Axes) / AxisSize.Count(x.TensorType.Dims, mean.Axes)).Node,
        _ => null,
    });

    public static Graph Run(Graph graph) => Rewriter.Run(graph, [Rule]);

    private static bool IsLong(Node x, Axes axes) => x.TensorType.DType == DType.Float32 && AxisSize.Count(x.TensorType.Dims, axes) > Long && LongestAxis(x, axes) is not null;

    // The axis to cut: none where there are only short ones and some stay, so that the sum is in parts already.
    private static int? LongestAxis(Node x, Axes axes)
    {
        Dims dims = x.TensorType.Dims;
        int longest = axes.MaxBy(a => dims[a].Size);
        return axes.Count == dims.Rank ? 0 : dims[longest].Size > Block ? longest : null;
    }

    private static Tensor Split(Tensor x, Axes axes)
    {
        int axis = LongestAxis(x.Node, axes)!.Value;
        if (axes.Count == x.Dims.Rank)
        {
            x = x.Reshape([x.Dims.Count]);
            axes = [0];
        }

        int blocks = x.Dims[axis].Size / Block;
        int rest = x.Dims[axis].Size % Block;
        Tensor whole = rest == 0 ? x : Part(x, axis, 0, blocks * Block);
        Dims cut = x.Dims[..axis].Concat([blocks, Block]).Concat(x.Dims[(axis + 1)..]);
        int[] inner = [.. axes.Select(a => a >= axis ? a + 1 : a)];
        Tensor sums = whole.Reshape(cut).Sum(inner);
        int at = axis - axes.Count(a => a < axis);
        Tensor total = blocks > Block ? Split(sums, [at]) : sums.Sum(at);
        return rest == 0 ? total : total + Part(x, axis, blocks * Block, rest).Sum([.. axes]);
    }

    private static Tensor Part(Tensor x, int axis, int start, int length)
    {
        Slice[] slices = [.. Enumerable.Range(0, x.Dims.Rank).Select(a => a == axis ? (Slice)(start..(start + length)) : (Slice)(..))];
        return x[slices];
    }
}
