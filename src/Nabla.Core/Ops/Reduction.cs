// Sum, mean, largest and smallest over axes, and the number of elements that a mean divides by.
using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>The sum over axes; 0 over none.</summary>
/// <param name="Axes">The axes that vanish.</param>
/// <example><code>
/// Tensor columns = input.Sum(axis: 0);   // float32[2,3] becomes float32[3]; Sum() adds up everything
/// </code></example>
public sealed record Sum(Axes Axes) : ReductionOp(Axes)
{
    internal static OpInfo Row { get; } = new("sum", "The sum over axes.", r => new Sum(r.Axes("axes")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => [Expand(context.Cotangent, context.Input(0).Dims)];

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> x = context.Inputs[0];
        IEnumerable<int>[] groups = Groups(x.Dims);
        T zero = context.Math.Constant(0);
        return context.Fill(
            i => groups[i].Aggregate(zero, (sum, p) => context.Math.Add(sum, x.Floats[p])),
            i => groups[i].Aggregate(0L, (sum, p) => unchecked(sum + x.Integers[p])),
            _ => false);
    }

    internal override Lowering Lower => new Lowering.Reduction(BinaryFunction.Add, 0, Axes);
}

/// <summary>The mean over axes; NaN over none.</summary>
/// <param name="Axes">The axes that vanish.</param>
/// <example><code>
/// Tensor rows = input.Mean(axis: -1, keepDims: true);   // float32[2,3] becomes float32[2,1]
/// </code></example>
public sealed record Mean(Axes Axes) : ReductionOp(Axes)
{
    internal static OpInfo Row { get; } = new("mean", "The mean over axes.", r => new Mean(r.Axes("axes")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    private protected override bool TakesIntegers => false;

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context)
    {
        Tensor x = context.Input(0);
        Tensor count = x.Builder.Apply(new AxisSize(Axes), x);
        return [Expand(context.Cotangent / count, x.Dims)];
    }

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> x = context.Inputs[0];
        IEnumerable<int>[] groups = Groups(x.Dims);
        NumberSystem<T> math = context.Math;
        T count = math.Constant(AxisSize.Count(x.Dims, Axes));
        return context.Fill(i => math.Divide(groups[i].Aggregate(math.Constant(0), (sum, p) => math.Add(sum, x.Floats[p])), count), _ => 0, _ => false);
    }

    internal override Lowering Lower => new Lowering.Reduction(
        BinaryFunction.Add, 0, Axes, (c, sum) => new LoopMath(sum.DType).Divide(sum, LoopExpr.Constant(c.Count, sum.DType)));
}

/// <summary>The number of elements along axes, as a floating scalar: what a mean divides by. Reads only the type of its input.</summary>
/// <param name="Axes">The axes whose sizes are multiplied.</param>
/// <example><code>
/// Node samples = input.Builder.Add(new Nabla.Ops.AxisSize([0]), input.Node);   // stays right when the batch axis is resized
/// </code></example>
public sealed record AxisSize(Axes Axes) : Op
{
    internal static OpInfo Row { get; } = new("axis_size", "The number of elements along axes.", r => new AxisSize(r.Axes("axes")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("axes", Axes)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        TensorType type = operands.Expect(0, d => d.IsFloat, "a floating tensor");
        return Axes.All(a => a >= 0 && a < type.Dims.Rank) ? TensorType.Scalar(type.DType) : throw operands.Error($"expected axes from 0 to {type.Dims.Rank - 1}");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => context.None();

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Number(Count(context.Node.Inputs[0].TensorType.Dims, Axes));

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context) =>
        context.Fill(_ => context.Math.Constant(Count(context.Inputs[0].Dims, Axes)), _ => 0, _ => false);

    internal override Lowering Lower => new Lowering.Element(c =>
        LoopExpr.Constant(Count(c.Node.Inputs[0].TensorType.Dims, Axes), c.Node.TensorType.DType));

    internal static long Count(Dims dims, Axes axes) => axes.Aggregate(1L, (count, axis) => count * dims[axis].Size);
}

/// <summary>The largest element over axes; NaN where one is NaN. Equal largest elements share the derivative equally.</summary>
/// <param name="Axes">The axes that vanish.</param>
/// <example><code>
/// Tensor largest = input.Max(axis: 1);
/// </code></example>
public sealed record ReduceMax(Axes Axes) : ExtremeOp(Axes)
{
    internal static OpInfo Row { get; } = new("reduce_max", "The largest over axes; ties share the derivative equally.", r => new ReduceMax(r.Axes("axes")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    internal override T Better<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) => math.Maximum(a, b);

    internal override Lowering Lower => new Lowering.Reduction(BinaryFunction.Maximum, Rational.NegativeInfinity, Axes);
}

/// <summary>The smallest element over axes; NaN where one is NaN. Equal smallest elements share the derivative equally.</summary>
/// <param name="Axes">The axes that vanish.</param>
/// <example><code>
/// Tensor smallest = input.Min(axis: 1);
/// </code></example>
public sealed record ReduceMin(Axes Axes) : ExtremeOp(Axes)
{
    internal static OpInfo Row { get; } = new("reduce_min", "The smallest over axes; ties share the derivative equally.", r => new ReduceMin(r.Axes("axes")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    internal override T Better<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b) => math.Minimum(a, b);

    internal override Lowering Lower => new Lowering.Reduction(BinaryFunction.Minimum, Rational.PositiveInfinity, Axes);
}

/// <summary>What <see cref="ReduceMax"/> and <see cref="ReduceMin"/> share.</summary>
/// <param name="Axes">The axes that vanish.</param>
/// <example><code>
/// bool extreme = input.Max().Node.Op is Nabla.Ops.ExtremeOp;   // true
/// </code></example>
public abstract record ExtremeOp(Axes Axes) : ReductionOp(Axes)
{
    private protected sealed override bool NeedsElements => true;

    internal abstract T Better<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b);

    /// <summary>The cotangent, divided among the elements that equal the result.</summary>
    public sealed override ImmutableArray<Tensor?> Vjp(VjpContext context)
    {
        Tensor x = context.Input(0);
        Tensor isBest = x.EqualTo(Expand(context.Output, x.Dims)).Cast(x.DType);
        return [isBest * Expand(context.Cotangent / isBest.Sum([.. Axes]), x.Dims)];
    }

    internal sealed override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> x = context.Inputs[0];
        IEnumerable<int>[] groups = Groups(x.Dims);
        return context.Fill(
            i => Best(context.Math, [.. groups[i].Select(p => x.Floats[p])]),
            i => groups[i].Select(p => x.Integers[p]).Aggregate((a, b) => Better(IntegerMath.Instance, a, b)),
            _ => false);
    }

    // All elements that equal the best are handed over together: number types that carry a derivative share it among them.
    private T Best<T>(NumberSystem<T> math, T[] elements)
    {
        T best = elements.Aggregate((a, b) => Better(math, a, b));
        return elements.Where(e => math.Equal(e, best)).ToArray() is { Length: > 0 } ties ? math.Tie(ties) : best;
    }
}
