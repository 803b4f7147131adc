namespace Nabla.Ops;

/// <summary>What the ops that choose by index share.</summary>
internal static class Indexing
{
    /// <summary>What an index outside its range reads: NaN, or 0 and false in other types.</summary>
    public static LoopExpr Outside(DType dtype) => LoopExpr.Constant(dtype.IsFloat ? Rational.NaN : 0, dtype);

    /// <summary>An index as the loop language's index type.</summary>
    public static LoopExpr Index(LoopExpr index) => index.DType == DType.Int64 ? index : new LoopExpr.Convert(index, DType.Int64);

    /// <summary>The elements at places; outside where a place is -1.</summary>
    public static Value<T> Take<T>(EvaluationContext<T> context, Value<T> x, Func<int, int> place)
    {
        T outside = x.TensorType.DType.IsFloat ? context.Math.Constant(Rational.NaN) : default!;
        return context.Fill(
            i => place(i) is >= 0 and var p ? x.Floats[p] : outside,
            i => place(i) is >= 0 and var p ? x.Integers[p] : 0,
            i => place(i) is >= 0 and var p && x.Booleans[p]);
    }

    /// <summary>Zeros with the elements of input 0 added at places, in their order; nothing where a place is -1.</summary>
    public static Value<T> Add<T>(EvaluationContext<T> context, Func<int, int> place)
    {
        Value<T> x = context.Inputs[0];
        return context.Type.DType.IsFloat
            ? Value<T>.OfFloats(context.Type, Sums(x.Floats, context.Type.Dims.Count, place, context.Math.Constant(0), context.Math.Add))
            : Value<T>.OfIntegers(context.Type, Sums(x.Integers, context.Type.Dims.Count, place, 0, context.AddIntegers));
    }

    private static TElement[] Sums<TElement>(TElement[] x, int count, Func<int, int> place, TElement zero, Func<TElement, TElement, TElement> add)
    {
        var sums = new TElement[count];
        Array.Fill(sums, zero);
        for (int i = 0; i < x.Length; i++)
        {
            if (place(i) is >= 0 and var p)
            {
                sums[p] = add(sums[p], x[i]);
            }
        }

        return sums;
    }

    /// <summary>For elements chosen along an axis of <paramref name="dims"/>: the place in it of an element of the indices' dims, or -1.</summary>
    public static Func<int, int> Along<T>(Value<T> indices, Dims dims, int axis)
    {
        int size = dims[axis].Size;
        int chosen = indices.Dims[axis].Size;
        int inner = dims[(axis + 1)..].Count;
        return place => indices.Integers[place] is >= 0 and var index && index < size
            ? (place / inner / chosen * size + (int)index) * inner + place % inner
            : -1;
    }

    /// <summary>The gathered cotangent of a scatter's elements; 0, not NaN, where an index is outside, because nothing was added there.</summary>
    public static Tensor Masked(VjpContext context, Op gather)
    {
        Tensor gathered = context.Builder.Apply(gather, context.Cotangent, context.Input(1));
        Tensor indices = context.Input(1);
        int axis = gather is Gather g ? g.Axis : ((GatherAlong)gather).Axis;
        Tensor inside = indices.AtLeast(indices.Like(0)).And(indices.LessThan(context.Output.Dims[axis].Size));
        if (gather is Gather)
        {
            inside = context.Builder.Apply(new Broadcast(gathered.Dims, [.. Enumerable.Range(axis, indices.Dims.Rank)]), inside);
        }

        return Tensor.Select(inside, gathered, gathered.Like(0));
    }

    /// <summary>Statements that clear the result and add input 0 to it; <paramref name="map"/> gives an element's index and where that leads.</summary>
    public static void WriteAdd(StatementContext c, int axis, Func<LoopExpr[], (LoopExpr[] IndexAt, Func<LoopExpr, LoopExpr[]> Place)> map)
    {
        TensorType type = c.Node.TensorType;
        LoopMath math = new(type.DType);
        Lines.ForEachElement(c, type.Dims, at => c.Store(LoopExpr.Constant(0, type.DType), at));
        Lines.ForEachElement(c, c.Node.Inputs[0].TensorType.Dims, at =>
        {
            (LoopExpr[] indexAt, Func<LoopExpr, LoopExpr[]> place) = map(at);
            LoopExpr.Variable chosen = c.Local(Index(c.Input(1, indexAt)));
            c.If(LoopExpr.InRange(chosen, 0, type.Dims[axis].Size), () =>
            {
                LoopExpr[] target = place(chosen);
                c.Store(math.Add(c.Output(target), c.Input(0, at)), target);
            });
        });
    }
}
