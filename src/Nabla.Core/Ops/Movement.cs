// Other orders and parts of the same elements. Each rule is the transposed movement: slice and pad undo each other, transpose and reverse themselves.
using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>The axes in another order: axis i of the result is axis Permutation[i] of the input.</summary>
/// <param name="Permutation">Each axis of the input once.</param>
/// <example><code>
/// Tensor turned = input.Transpose(1, 0);   // the same as input.T
/// </code></example>
public sealed record Transpose(Axes Permutation) : MovementOp
{
    internal static OpInfo Row { get; } = new("transpose", "x with its axes in another order.", r => new Transpose(r.Axes("permutation")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("permutation", Permutation)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        Dims dims = operands[0].Dims;
        return Permutation.Order().SequenceEqual(Enumerable.Range(0, dims.Rank))
            ? operands[0] with { Dims = Dims.Create([.. Permutation.Select(a => dims[a])]) }
            : throw operands.Error($"expected each axis from 0 to {dims.Rank - 1} once, received {Permutation}");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context)
    {
        var inverse = new int[Permutation.Count];
        for (int i = 0; i < inverse.Length; i++)
        {
            inverse[Permutation[i]] = i;
        }

        return [context.Builder.Apply(new Transpose([.. inverse]), context.Cotangent)];
    }

    private protected override bool Locate(int[] to, int[] from, Dims input)
    {
        for (int i = 0; i < to.Length; i++)
        {
            from[Permutation[i]] = to[i];
        }

        return true;
    }

    internal override Lowering Lower => new Lowering.Element(c =>
    {
        var index = new LoopExpr[Permutation.Count];
        for (int i = 0; i < index.Length; i++)
        {
            index[Permutation[i]] = c.Index[i];
        }

        return c.Input(0, index);
    });
}

/// <summary>Along some axes the elements in reversed order.</summary>
/// <param name="Axes">The reversed axes, rising.</param>
/// <example><code>
/// Tensor mirrored = input.Flip(1);
/// </code></example>
public sealed record Reverse(Axes Axes) : MovementOp
{
    internal static OpInfo Row { get; } = new("reverse", "x with the order along some axes reversed.", r => new Reverse(r.Axes("axes")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("axes", Axes)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        int rank = operands[0].Dims.Rank;
        return Axes.All(a => a >= 0 && a < rank) && Axes.SequenceEqual(Axes.Distinct().Order())
            ? operands[0]
            : throw operands.Error($"expected different axes from 0 to {rank - 1}, rising, received {Axes}");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => [context.Builder.Apply(this, context.Cotangent)];

    private protected override bool Locate(int[] to, int[] from, Dims input)
    {
        for (int i = 0; i < to.Length; i++)
        {
            from[i] = Axes.Contains(i) ? input[i].Size - 1 - to[i] : to[i];
        }

        return true;
    }

    internal override Lowering Lower => new Lowering.Element(c => c.Input(0,
        [.. c.Index.Select((place, i) => Axes.Contains(i) ? LoopExpr.Index(c.Node.TensorType.Dims[i].Size - 1) - place : place)]));
}

/// <summary>A part of the input: along each axis every so many elements from a start on.</summary>
/// <param name="Starts">For each axis the first element taken.</param>
/// <param name="Target">The dims of the result: how many are taken along each axis. An axis taken whole keeps its name.</param>
/// <param name="Steps">For each axis the distance between elements taken; 1 or more.</param>
/// <example><code>
/// Tensor everySecond = input[.., new Slice(.., step: 2)];   // all rows, every second column
/// </code></example>
public sealed record StridedSlice(Axes Starts, Dims Target, Axes Steps) : MovementOp
{
    internal static OpInfo Row { get; } = new("slice", "A part of x: from starts on, every so many elements.", r => new StridedSlice(r.Axes("starts"), r.Dims("dims"), r.Axes("steps")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("starts", Starts), new("dims", Target), new("steps", Steps)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        Dims dims = operands[0].Dims;
        if (Starts.Count != dims.Rank || Target.Rank != dims.Rank || Steps.Count != dims.Rank)
        {
            throw operands.Error($"expected a start, a size and a step for each of {dims.Rank} axes, received {Starts.Count}, {Target.Rank} and {Steps.Count}");
        }

        for (int i = 0; i < dims.Rank; i++)
        {
            if (Starts[i] < 0 || Steps[i] < 1 || Last(i) >= dims[i].Size)
            {
                throw operands.Error($"expected elements from 0 to {dims[i].Size - 1} on axis {i}, received {Target[i].Size} from {Starts[i]} with step {Steps[i]}");
            }
        }

        return operands[0] with { Dims = Target };
    }

    // -1 where nothing is taken, which fits an axis of any size.
    private long Last(int axis) => Target[axis].Size == 0 ? -1 : Starts[axis] + (Target[axis].Size - 1L) * Steps[axis];

    /// <summary>The cotangent with zeros where elements were left out.</summary>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context)
    {
        Dims dims = context.Input(0).Dims;
        IEnumerable<int> axes = Enumerable.Range(0, dims.Rank);
        bool[] empty = [.. axes.Select(i => Target[i].Size == 0)];
        return [context.Builder.Apply(
            new Pad(
                [.. axes.Select(i => empty[i] ? 0 : Starts[i])],
                [.. axes.Select(i => empty[i] ? dims[i].Size : dims[i].Size - 1 - (int)Last(i))],
                [.. Steps.Select(s => s - 1)],
                0),
            context.Cotangent)];
    }

    private protected override bool Locate(int[] to, int[] from, Dims input)
    {
        for (int i = 0; i < to.Length; i++)
        {
            from[i] = Starts[i] + to[i] * Steps[i];
        }

        return true;
    }

    internal override Lowering Lower => new Lowering.Element(c => c.Input(0,
        [.. c.Index.Select((place, i) => (Steps[i] == 1 ? place : place * Steps[i]) is var scaled && Starts[i] == 0 ? scaled : scaled + Starts[i])]));

    internal override Op Resized(string dimName, int size) => this with { Target = Target.Resized(dimName, size) };
}
