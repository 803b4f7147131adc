using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>Running sums along an axis.</summary>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="Reverse">Whether the sums run from the end.</param>
/// <param name="Exclusive">Whether an element's own value is left out of its sum.</param>
/// <example><code>
/// Tensor before = input.CumSum(axis: 0, exclusive: true);   // for 1, 2, 3 gives 0, 1, 3
/// </code></example>
public sealed record CumSum(int Axis, bool Reverse, bool Exclusive) : Op
{
    internal static OpInfo Row { get; } = new("cumsum", "Running sums along an axis.", r => new CumSum(r.Int("axis"), r.Bool("reverse"), r.Bool("exclusive")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("axis", Axis), new("reverse", Reverse), new("exclusive", Exclusive)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        TensorType type = operands.Expect(0, d => d.IsFloat || d.IsInteger, "numbers");
        return Lines.Check(operands, type, Axis);
    }

    /// <summary>An element counts in the sums after it, so its cotangent is the running sum of theirs, the other way round.</summary>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) =>
        [context.Builder.Apply(this with { Reverse = !Reverse }, context.Cotangent)];

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(Name, context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> x = context.Inputs[0];
        return x.TensorType.DType.IsFloat
            ? Value<T>.OfFloats(context.Type, Run(x.Floats, x.Dims, context.Math.Constant(0), context.Math.Add))
            : Value<T>.OfIntegers(context.Type, Run(x.Integers, x.Dims, 0, context.AddIntegers));
    }

    private TElement[] Run<TElement>(TElement[] x, Dims dims, TElement zero, Func<TElement, TElement, TElement> add)
    {
        var result = new TElement[x.Length];
        foreach (int[] line in Lines.Of(dims, Axis))
        {
            TElement sum = zero;
            foreach (int place in Reverse ? line.Reverse() : line)
            {
                TElement next = add(sum, x[place]);
                result[place] = Exclusive ? sum : next;
                sum = next;
            }
        }

        return result;
    }

    internal override Lowering Lower => new Lowering.Statements(c =>
    {
        TensorType type = c.Node.TensorType;
        LoopMath math = new(type.DType);
        int size = type.Dims[Axis].Size;
        Lines.ForEach(c, type.Dims, Axis, at =>
        {
            LoopExpr.Variable sum = c.Local(LoopExpr.Constant(0, type.DType));
            c.For(size, k =>
            {
                LoopExpr[] place = at(Reverse ? LoopExpr.Index(size - 1) - k : k);
                if (Exclusive)
                {
                    c.Store(sum, place);
                }

                c.Assign(sum, math.Add(sum, c.Input(0, place)));
                if (!Exclusive)
                {
                    c.Store(sum, place);
                }
            });
        });
    });
}

/// <summary>The lines of a tensor along one axis: what scans, sorts and searches work on.</summary>
internal static class Lines
{
    /// <summary>The type itself, if it has the axis.</summary>
    public static TensorType Check(OperandTypes operands, TensorType type, int axis) => axis >= 0 && axis < type.Dims.Rank
        ? type
        : throw operands.Error($"expected an axis from 0 to {type.Dims.Rank - 1}, received {axis}");

    /// <summary>For each line, in row-major order of the other axes, the places of its elements.</summary>
    public static IEnumerable<int[]> Of(Dims dims, int axis)
    {
        int size = dims[axis].Size;
        int inner = dims[(axis + 1)..].Count;
        int outer = dims[..axis].Count;
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                int first = o * size * inner + i;
                yield return [.. Enumerable.Range(0, size).Select(k => first + k * inner)];
            }
        }
    }

    /// <summary>Loops over all axes but one; the body is given how to make an index from a place on that one.</summary>
    public static void ForEach(StatementContext c, Dims dims, int axis, Action<Func<LoopExpr, LoopExpr[]>> body)
    {
        var index = new LoopExpr[dims.Rank];
        void Loop(int at)
        {
            if (at == dims.Rank)
            {
                LoopExpr[] others = [.. index];
                body(place =>
                {
                    LoopExpr[] full = [.. others];
                    full[axis] = place;
                    return full;
                });
            }
            else if (at == axis)
            {
                Loop(at + 1);
            }
            else
            {
                c.For(dims[at].Size, i =>
                {
                    index[at] = i;
                    Loop(at + 1);
                });
            }
        }

        Loop(0);
    }

    /// <summary>Loops over all elements in row-major order.</summary>
    public static void ForEachElement(StatementContext c, Dims dims, Action<LoopExpr[]> body)
    {
        var index = new LoopExpr[dims.Rank];
        void Loop(int at)
        {
            if (at == dims.Rank)
            {
                body([.. index]);
            }
            else
            {
                c.For(dims[at].Size, i =>
                {
                    index[at] = i;
                    Loop(at + 1);
                });
            }
        }

        Loop(0);
    }
}
