// Elements with others beside them: a fixed value around and between, or several tensors one after the other.
using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>The input with a fixed value before, after and between its elements along each axis.</summary>
/// <param name="Low">For each axis how many come before the first element; 0 or more.</param>
/// <param name="High">For each axis how many come after the last element; 0 or more.</param>
/// <param name="Interior">For each axis how many come between two neighbours; 0 or more.</param>
/// <param name="Value">The value; whole for integer types, 0 or 1 for booleans.</param>
/// <example><code>
/// Tensor framed = input.Pad(low: [1, 1], high: [1, 1]);   // a frame of zeros around a matrix
/// </code></example>
public sealed record Pad(Axes Low, Axes High, Axes Interior, Rational Value) : MovementOp
{
    internal static OpInfo Row { get; } = new(
        "pad", "x with a fixed value before, after and between its elements.", r => new Pad(r.Axes("low"), r.Axes("high"), r.Axes("interior"), r.Rational("value")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("low", Low), new("high", High), new("interior", Interior), new("value", Value)];

    private protected override Rational Beside => Value;

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        TensorType type = operands[0];
        int rank = type.Dims.Rank;
        if (Low.Count != rank || High.Count != rank || Interior.Count != rank || Low.Concat(High).Concat(Interior).Any(n => n < 0))
        {
            throw operands.Error($"expected {rank} numbers of 0 or more for each of low, high and interior, received {Low}, {High} and {Interior}");
        }

        if (!type.DType.IsFloat && !Value.IsInteger)
        {
            throw operands.Error($"expected a whole number to pad {type.DType.Name} with, received {Value}");
        }

        return type with { Dims = Dims.Create([.. type.Dims.Select((d, i) => Padded(d, i))]) };
    }

    private Dim Padded(Dim dim, int axis)
    {
        long size = Low[axis] + (long)High[axis] + dim.Size + Math.Max(0, dim.Size - 1L) * Interior[axis];
        return size == dim.Size ? dim : new Dim(checked((int)size));
    }

    /// <summary>The cotangents of the input's elements; what beside them arrives belongs to the constant.</summary>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) =>
        [context.Builder.Apply(new StridedSlice(Low, context.Input(0).Dims, [.. Interior.Select(n => n + 1)]), context.Cotangent)];

    private protected override bool Locate(int[] to, int[] from, Dims input)
    {
        for (int i = 0; i < to.Length; i++)
        {
            int place = to[i] - Low[i];
            from[i] = place / (Interior[i] + 1);
            if (place < 0 || place % (Interior[i] + 1) != 0 || from[i] >= input[i].Size)
            {
                return false;
            }
        }

        return true;
    }

    internal override Lowering Lower => new Lowering.Element(c =>
    {
        Dims input = c.Node.Inputs[0].TensorType.Dims;
        LoopMath math = new(DType.Int64);
        LoopExpr? inside = null;
        var index = new LoopExpr[input.Rank];
        for (int i = 0; i < index.Length; i++)
        {
            index[i] = Low[i] == 0 ? c.Index[i] : c.Index[i] - Low[i];
            if (Low[i] == 0 && High[i] == 0 && Interior[i] == 0)
            {
                continue;
            }

            LoopExpr fits;
            if (Interior[i] == 0)
            {
                fits = LoopExpr.InRange(index[i], 0, input[i].Size);
            }
            else
            {
                LoopExpr step = LoopExpr.Index(Interior[i] + 1);
                LoopExpr rest = new LoopExpr.Binary(BinaryFunction.Modulo, index[i], step, DType.Int64);
                index[i] = new LoopExpr.Binary(BinaryFunction.FloorDivide, index[i], step, DType.Int64);
                fits = math.And(LoopExpr.InRange(index[i], 0, input[i].Size), math.Equal(rest, LoopExpr.Index(0)));
            }

            inside = inside is null ? fits : math.And(inside, fits);
        }

        return inside is null ? c.Input(0, index) : c.InputIf(inside, 0, index, LoopExpr.Constant(Value, c.Node.TensorType.DType));
    });
}

/// <summary>One or more tensors, one after the other along an axis.</summary>
/// <param name="Axis">The axis, counted from the front.</param>
/// <example><code>
/// Tensor twice = Tensor.Concat([input, input], axis: -1);
/// </code></example>
public sealed record Concat(int Axis) : Op
{
    internal static OpInfo Row { get; } = new("concat", "Several tensors, one after the other along an axis.", r => new Concat(r.Int("axis")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("axis", Axis)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        if (operands.Count == 0)
        {
            throw operands.Error("expected at least one operand, received none");
        }

        TensorType first = operands[0];
        if (Axis < 0 || Axis >= first.Dims.Rank)
        {
            throw operands.Error($"expected an axis from 0 to {first.Dims.Rank - 1}, received {Axis}");
        }

        Dims dims = first.Dims;
        long size = first.Dims[Axis].Size;
        for (int k = 1; k < operands.Count; k++)
        {
            TensorType next = operands[k];
            if (next.DType != first.DType || next.Dims.Rank != dims.Rank || !next.Dims.Without(Axis).SameSizes(dims.Without(Axis)))
            {
                throw operands.Error($"expected operands of one element type that differ only on axis {Axis}, received {next} as operand {k + 1}");
            }

            size += next.Dims[Axis].Size;
            for (int i = 0; i < dims.Rank; i++)
            {
                dims = dims[i].Name is null && i != Axis ? dims.With(i, next.Dims[i]) : dims;
            }
        }

        return first with { Dims = operands.Count == 1 ? dims : Dims.Create([.. dims.With(Axis, checked((int)size))]) };
    }

    /// <summary>Each input's part of the cotangent.</summary>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context)
    {
        int rank = context.Cotangent.Dims.Rank;
        var parts = ImmutableArray.CreateBuilder<Tensor?>();
        int start = 0;
        for (int k = 0; k < context.Node.Inputs.Length; k++)
        {
            Dims dims = context.Input(k).Dims;
            int[] starts = new int[rank];
            starts[Axis] = start;
            parts.Add(context.IsWanted(k) ? context.Builder.Apply(new StridedSlice([.. starts], dims, Axes.Repeat(1, rank)), context.Cotangent) : null);
            start += dims[Axis].Size;
        }

        return parts.ToImmutable();
    }

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(Name, context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        // Along the axis and what lies within it each input is one run of elements.
        int inner = context.Type.Dims[(Axis + 1)..].Count;
        int row = context.Type.Dims[Axis].Size * inner;
        var owner = new (int Input, int Start, int Length)[row];
        int start = 0;
        for (int k = 0; k < context.Inputs.Length; k++)
        {
            int length = context.Inputs[k].Dims[Axis].Size * inner;
            Array.Fill(owner, (k, start, length), start, length);
            start += length;
        }

        (int Input, int Place) At(int place)
        {
            (int input, int begin, int length) = owner[place % row];
            return (input, place / row * length + place % row - begin);
        }

        return context.Fill(
            i => At(i) is var (k, p) ? context.Inputs[k].Floats[p] : default!,
            i => At(i) is var (k, p) ? context.Inputs[k].Integers[p] : 0,
            i => At(i) is var (k, p) && context.Inputs[k].Booleans[p]);
    }

    internal override Lowering Lower => new Lowering.Element(c =>
    {
        // From the last input to the first: each guards its own range, so that nothing is read outside.
        int start = c.Node.TensorType.Dims[Axis].Size;
        LoopExpr element = LoopExpr.Constant(0, c.Node.TensorType.DType);
        for (int k = c.Node.Inputs.Length - 1; k >= 0; k--)
        {
            int size = c.Node.Inputs[k].TensorType.Dims[Axis].Size;
            start -= size;
            if (size == 0)
            {
                continue;
            }

            LoopExpr[] index = [.. c.Index];
            index[Axis] = start == 0 ? index[Axis] : index[Axis] - start;
            element = size == c.Node.TensorType.Dims[Axis].Size ? c.Input(k, index) : c.InputIf(LoopExpr.InRange(index[Axis], 0, size), k, index, element);
        }

        return element;
    });
}
