// Where the largest element is, and the order of the elements: whole numbers, so without derivative. Sort itself is a composite over these.
using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>The place along an axis of the largest element: the first of equal ones, and the first NaN where there is one. The axis vanishes.</summary>
/// <param name="Axis">The axis, counted from the front.</param>
/// <example><code>
/// Tensor classes = input.ArgMax(axis: -1);   // int32: the place of each row's largest
/// </code></example>
public sealed record ArgMax(int Axis) : Op
{
    internal static OpInfo Row { get; } = new("argmax", "The place of the largest along an axis: the first of equal ones, the first NaN if any.", r => new ArgMax(r.Int("axis")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("axis", Axis)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        TensorType type = Lines.Check(operands, operands.Expect(0, d => d.IsFloat || d.IsInteger, "numbers"), Axis);
        return type.Dims[Axis].Size > 0
            ? new TensorType(DType.Int32, type.Dims.Without(Axis))
            : throw operands.Error("expected at least one element along the axis. An empty set has no largest element");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => context.None();

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(Name, context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> x = context.Inputs[0];
        long[] best = x.TensorType.DType.IsFloat ? Search(x.Floats, x.Dims, context.Math) : Search(x.Integers, x.Dims, IntegerMath.Instance);
        return Value<T>.OfIntegers(context.Type, best);
    }

    private long[] Search<TElement>(TElement[] x, Dims dims, ScalarMath<TElement, bool> math) => [.. Lines.Of(dims, Axis).Select(line =>
    {
        int best = 0;
        for (int k = 1; k < line.Length; k++)
        {
            if (Order.ComesBefore(math, x[line[k]], x[line[best]]))
            {
                best = k;
            }
        }

        return (long)best;
    })];

    internal override Lowering Lower => new Lowering.Statements(c =>
    {
        TensorType type = c.Node.Inputs[0].TensorType;
        LoopMath math = new(type.DType);
        Lines.ForEach(c, type.Dims, Axis, at =>
        {
            LoopExpr.Variable best = c.Local(c.Input(0, at(LoopExpr.Index(0))));
            LoopExpr.Variable place = c.Local(LoopExpr.Index(0));
            c.For(type.Dims[Axis].Size, k =>
            {
                LoopExpr.Variable next = c.Local(c.Input(0, at(k)));
                c.If(Order.ComesBefore(math, next, best), () =>
                {
                    c.Assign(best, next);
                    c.Assign(place, k);
                });
            });
            LoopExpr[] result = [.. at(place).Where((_, axis) => axis != Axis)];
            c.Store(new LoopExpr.Convert(place, DType.Int32), result);
        });
    });
}

/// <summary>
/// The places along an axis in the order of rising elements. Stable: equal elements stay in order. NaN is after everything; -0 equals 0.
/// </summary>
/// <param name="Axis">The axis, counted from the front.</param>
/// <example><code>
/// Tensor ranking = input.ArgSort(axis: -1, descending: true);   // int32: for 3, 9, 5 gives 1, 2, 0
/// </code></example>
public sealed record ArgSort(int Axis) : Op
{
    internal static OpInfo Row { get; } = new("argsort", "The places along an axis in the order of rising elements, stable, NaN last.", r => new ArgSort(r.Int("axis")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("axis", Axis)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        TensorType type = Lines.Check(operands, operands.Expect(0, d => d.IsFloat || d.IsInteger, "numbers"), Axis);
        return type with { DType = DType.Int32 };
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => context.None();

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(Name, context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> x = context.Inputs[0];
        long[] order = x.TensorType.DType.IsFloat ? Sort(x.Floats, x.Dims, context.Math) : Sort(x.Integers, x.Dims, IntegerMath.Instance);
        return Value<T>.OfIntegers(context.Type, order);
    }

    private long[] Sort<TElement>(TElement[] x, Dims dims, ScalarMath<TElement, bool> math)
    {
        var result = new long[x.Length];
        foreach (int[] line in Lines.Of(dims, Axis))
        {
            // LINQ's sort is stable.
            Comparer<TElement> order = Comparer<TElement>.Create((a, b) => Order.ComesBefore(math, b, a) ? -1 : Order.ComesBefore(math, a, b) ? 1 : 0);
            int next = 0;
            foreach (int k in Enumerable.Range(0, line.Length).OrderBy(k => x[line[k]], order))
            {
                result[line[next++]] = k;
            }
        }

        return result;
    }

    internal override Lowering Lower => new Lowering.Statements(c => MergeSort.Write(c, Axis));
}

/// <summary>The order that searches and sorts share.</summary>
internal static class Order
{
    /// <summary>Whether a is strictly larger, where NaN counts as larger than every number and as equal to NaN.</summary>
    public static TBoolean ComesBefore<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) =>
        math.Or(math.Less(b, a), math.And(math.Not(math.Equal(a, a)), math.Equal(b, b)));
}
