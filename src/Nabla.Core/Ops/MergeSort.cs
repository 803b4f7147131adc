namespace Nabla.Ops;

/// <summary>The loops of <see cref="ArgSort"/>: merge sort from runs of one upwards, so stable and n·log n for any input.</summary>
internal static class MergeSort
{
    /// <summary>Writes the sort of input 0 along an axis into the result.</summary>
    public static void Write(StatementContext c, int axis)
    {
        TensorType type = c.Node.Inputs[0].TensorType;
        int size = type.Dims[axis].Size;
        LoopMath whole = new(DType.Int64);
        LoopMath math = new(type.DType);
        ScratchBuffer order = c.Scratch(DType.Int64, Math.Max(1, size));
        ScratchBuffer merged = c.Scratch(DType.Int64, Math.Max(1, size));
        Lines.ForEach(c, type.Dims, axis, at =>
        {
            c.For(size, k => c.Write(order, k, k));
            LoopExpr.Variable width = c.Local(LoopExpr.Index(1));
            c.While(whole.Less(width, LoopExpr.Index(size)), () =>
            {
                LoopExpr.Variable low = c.Local(LoopExpr.Index(0));
                c.While(whole.Less(low, LoopExpr.Index(size)), () =>
                {
                    LoopExpr.Variable middle = c.Local(whole.Minimum(low + width, LoopExpr.Index(size)));
                    LoopExpr.Variable high = c.Local(whole.Minimum(middle + width, LoopExpr.Index(size)));
                    Merge(c, whole, low, middle, high);
                    c.Assign(low, high);
                });
                c.For(size, k => c.Write(order, k, c.Read(merged, k)));
                c.Assign(width, width + width);
            });
            c.For(size, k => c.Store(new LoopExpr.Convert(c.Read(order, k), DType.Int32), at(k)));

            // [low, middle) and [middle, high) of `order` into [low, high) of `merged`; the left run goes first where elements are equal.
            void Merge(StatementContext c, LoopMath whole, LoopExpr low, LoopExpr middle, LoopExpr high)
            {
                LoopExpr.Variable left = c.Local(low);
                LoopExpr.Variable right = c.Local(middle);
                LoopExpr.Variable next = c.Local(low);
                c.While(whole.Less(next, high), () =>
                {
                    // Decided in statements, not in one expression: an expression would read both runs even where one is used up.
                    LoopExpr.Variable takeRight = c.Local(whole.LessOrEqual(middle, left));
                    c.If(whole.And(whole.Less(left, middle), whole.Less(right, high)), () =>
                        c.Assign(takeRight, Order.ComesBefore(math, c.Input(0, at(c.Read(order, left))), c.Input(0, at(c.Read(order, right))))));
                    LoopExpr.Variable taken = c.Local(whole.Select(takeRight, right, left));
                    c.Write(merged, next, c.Read(order, taken));
                    c.If(takeRight, () => c.Assign(right, right + 1));
                    c.If(whole.Not(takeRight), () => c.Assign(left, left + 1));
                    c.Assign(next, next + 1);
                });
            }
        });
    }
}
