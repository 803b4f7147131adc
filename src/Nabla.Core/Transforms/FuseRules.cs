namespace Nabla;

/// <summary>What fusion asks about single ops.</summary>
internal static class FuseRules
{
    // Truth values are cheap to compute again and slow to store: as bytes they break vector loops.
    private const int LongestTruthChain = 4;

    /// <summary>The index into a view's input that an index into the view means, where both have the same axes but for those of size 1.</summary>
    public static IndexVector TrivialView(Node view, IndexVector index)
    {
        Dims outer = view.TensorType.Dims;
        Queue<LoopExpr> items = new(index.Items.Where((_, i) => outer[i].Size != 1));
        return new IndexVector([.. view.Inputs[0].TensorType.Dims.Select(d => d.Size == 1 ? LoopExpr.Index(0) : items.Dequeue())]);
    }

    /// <summary>A reduction along axes of size 1 only: one element, combined with the initial value and finished.</summary>
    public static Lowering.Element OverNothing(Node node, Lowering.Reduction reduction)
    {
        Dims dims = node.Inputs[0].TensorType.Dims;
        return new Lowering.Element(c =>
        {
            Queue<LoopExpr> kept = new(c.Index);
            LoopExpr element = c.Input(0, [.. Enumerable.Range(0, dims.Rank).Select(a => reduction.Axes.Contains(a) ? LoopExpr.Index(0) : kept.Dequeue())]);
            return reduction.Finish is null ? element : reduction.Finish(new ReductionContext(node, 1), element);
        });
    }

    /// <summary>Whether the axes that vanish are the innermost, not counting axes of size 1.</summary>
    public static bool IsInner(Dims dims, Axes reduced)
    {
        bool seen = false;
        for (int axis = 0; axis < dims.Rank; axis++)
        {
            if (dims[axis].Size != 1)
            {
                bool gone = reduced.Contains(axis);
                if (seen && !gone)
                {
                    return false;
                }

                seen |= gone;
            }
        }

        return true;
    }

    /// <summary>Constants, indices and moved elements cost nothing again; short chains of truth values little.</summary>
    public static bool IsRepeatable(Node node, ProbeResult probe) =>
        probe.Moves || probe.Accesses.IsEmpty || (node.TensorType.DType == DType.Boolean && TruthChain(node) <= LongestTruthChain);

    private static int TruthChain(Node node)
    {
        // Counts at most a few levels: the walk is bounded by the limit.
        int length = 0;
        List<Node> level = [node];
        while (level.Count > 0 && length <= LongestTruthChain)
        {
            length++;
            level = [.. level.SelectMany(n => n.Inputs).Where(n => n.TensorType.DType == DType.Boolean && n.Op.Lower is Lowering.Element).Distinct()];
        }

        return length;
    }
}
