// Elements chosen by whole numbers that are computed, and the sums that undo the choice. An index outside its range reads NaN (0 and false
// in other types) and adds nothing: the same in every reading, and never memory of something else.
using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>
/// Whole slices along an axis, chosen by indices (NumPy's take): the axis is replaced by the axes of the indices. Indices count from 0;
/// where one is outside, the result is NaN (0 or false in other types).
/// </summary>
/// <param name="Axis">The axis of the first input, counted from the front.</param>
/// <example><code>
/// Tensor places = input.Builder.Literal(new[] { 1, 0, 1 });
/// Tensor rows = input.Take(places, axis: 0);   // rows 1, 0 and 1 of the input: an embedding is this op
/// </code></example>
public sealed record Gather(int Axis) : Op
{
    internal static OpInfo Row { get; } = new("gather", "Slices of x along an axis, chosen by indices; NaN where an index is outside.", r => new Gather(r.Int("axis")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("axis", Axis)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(2);
        TensorType type = Lines.Check(operands, operands[0], Axis);
        Dims indices = operands.Expect(1, d => d.IsInteger, "indices (int32 or int64)").Dims;
        return type with { Dims = Dims.Create([.. type.Dims[..Axis], .. indices, .. type.Dims[(Axis + 1)..]]) };
    }

    /// <summary>What arrives at several copies of one slice adds up there.</summary>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) =>
        [context.Builder.Apply(new ScatterAdd(Axis, context.Input(0).Dims), context.Cotangent, context.Input(1)), null];

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(Name, context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> x = context.Inputs[0];
        Value<T> indices = context.Inputs[1];
        int size = x.Dims[Axis].Size;
        int inner = x.Dims[(Axis + 1)..].Count;
        int chosen = indices.Dims.Count;
        return Indexing.Take(context, x, place =>
        {
            long index = indices.Integers[place / inner % chosen];
            return index >= 0 && index < size ? (place / inner / chosen * size + (int)index) * inner + place % inner : -1;
        });
    }

    internal override Lowering Lower => new Lowering.Element(c =>
    {
        int rank = c.Node.Inputs[1].TensorType.Dims.Rank;
        LoopExpr chosen = Indexing.Index(c.Input(1, [.. c.Index.Skip(Axis).Take(rank)]));
        return c.InputIf(
            LoopExpr.InRange(chosen, 0, c.Node.Inputs[0].TensorType.Dims[Axis].Size), 0,
            [.. c.Index.Take(Axis), chosen, .. c.Index.Skip(Axis + rank)], Indexing.Outside(c.Node.TensorType.DType), Axis);
    });
}

/// <summary>
/// Zeros to which slices are added along an axis at indices: <see cref="Gather"/> transposed. Slices at one index add up in their order;
/// one whose index is outside adds nothing.
/// </summary>
/// <param name="Axis">The axis of the result, counted from the front.</param>
/// <param name="Target">The dims of the result.</param>
/// <example><code>
/// Tensor rows = input.Builder.Literal(NDArray.Ones(DType.Float32, [3, 4]));
/// Tensor table = rows.ScatterAdd(input.Builder.Literal(new[] { 5, 0, 5 }), size: 10);   // float32[10,4]: row 0 is 1, row 5 is 2
/// </code></example>
public sealed record ScatterAdd(int Axis, Dims Target) : Op
{
    internal static OpInfo Row { get; } = new("scatter_add", "Zeros with slices added along an axis at indices.", r => new ScatterAdd(r.Int("axis"), r.Dims("dims")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("axis", Axis), new("dims", Target)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(2);
        TensorType type = operands.Expect(0, d => d.IsFloat || d.IsInteger, "numbers");
        TensorType result = Lines.Check(operands, type with { Dims = Target }, Axis);
        Dims indices = operands.Expect(1, d => d.IsInteger, "indices (int32 or int64)").Dims;
        Dims expected = Dims.Create([.. Target[..Axis], .. indices, .. Target[(Axis + 1)..]]);
        return type.Dims.SameSizes(expected) ? result : throw operands.Error($"expected slices of dims {expected}, received {type.Dims}");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => [Indexing.Masked(context, new Gather(Axis)), null];

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(Name, context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> indices = context.Inputs[1];
        int size = Target[Axis].Size;
        int inner = Target[(Axis + 1)..].Count;
        int chosen = indices.Dims.Count;
        return Indexing.Add(context, place =>
        {
            long index = indices.Integers[place / inner % chosen];
            return index >= 0 && index < size ? (place / inner / chosen * size + (int)index) * inner + place % inner : -1;
        });
    }

    internal override Lowering Lower => new Lowering.Statements(c =>
    {
        int rank = c.Node.Inputs[1].TensorType.Dims.Rank;
        Indexing.WriteAdd(c, Axis, at => (
            [.. at.Skip(Axis).Take(rank)],
            chosen => [.. at.Take(Axis), chosen, .. at.Skip(Axis + rank)]));
    });

    internal override Op Resized(string dimName, int size) => this with { Target = Target.Resized(dimName, size) };
}

/// <summary>
/// Elements along an axis, chosen by an index for each (NumPy's take_along_axis). The indices have the input's dims but for the axis;
/// where one is outside, the result is NaN (0 or false in other types).
/// </summary>
/// <param name="Axis">The axis, counted from the front.</param>
/// <example><code>
/// Tensor sorted = input.TakeAlong(input.ArgSort(axis: -1), axis: -1);   // what input.Sort() is made of
/// </code></example>
public sealed record GatherAlong(int Axis) : Op
{
    internal static OpInfo Row { get; } = new("gather_along", "Elements of x along an axis, each chosen by an index of its own.", r => new GatherAlong(r.Int("axis")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("axis", Axis)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(2);
        TensorType type = Lines.Check(operands, operands[0], Axis);
        Dims indices = operands.Expect(1, d => d.IsInteger, "indices (int32 or int64)").Dims;
        return indices.Rank == type.Dims.Rank && indices.Without(Axis).SameSizes(type.Dims.Without(Axis))
            ? type with { Dims = type.Dims.With(Axis, indices[Axis]) }
            : throw operands.Error($"expected indices of dims that differ only on axis {Axis}");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) =>
        [context.Builder.Apply(new ScatterAddAlong(Axis, context.Input(0).Dims), context.Cotangent, context.Input(1)), null];

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(Name, context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context) =>
        Indexing.Take(context, context.Inputs[0], Indexing.Along(context.Inputs[1], context.Inputs[0].Dims, Axis));

    internal override Lowering Lower => new Lowering.Element(c =>
    {
        LoopExpr chosen = Indexing.Index(c.Input(1, c.Index));
        return c.InputIf(
            LoopExpr.InRange(chosen, 0, c.Node.Inputs[0].TensorType.Dims[Axis].Size), 0,
            [.. c.Index.Take(Axis), chosen, .. c.Index.Skip(Axis + 1)], Indexing.Outside(c.Node.TensorType.DType), Axis);
    });
}

/// <summary>Zeros to which elements are added along an axis, each at an index of its own: <see cref="GatherAlong"/> transposed.</summary>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="Target">The dims of the result.</param>
/// <example><code>
/// Tensor gradient = Differentiate.Gradients(input.Sort().Square().Sum(), input)[0];
/// Console.WriteLine(gradient.Node.Op);   // scatter_add_along {...}: each derivative goes back to where its element stood
/// </code></example>
public sealed record ScatterAddAlong(int Axis, Dims Target) : Op
{
    internal static OpInfo Row { get; } = new(
        "scatter_add_along", "Zeros with elements added along an axis, each at an index of its own.", r => new ScatterAddAlong(r.Int("axis"), r.Dims("dims")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("axis", Axis), new("dims", Target)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(2);
        TensorType type = operands.Expect(0, d => d.IsFloat || d.IsInteger, "numbers");
        TensorType result = Lines.Check(operands, type with { Dims = Target }, Axis);
        Dims indices = operands.Expect(1, d => d.IsInteger, "indices (int32 or int64)").Dims;
        return indices.SameSizes(type.Dims) && indices.Rank == Target.Rank && indices.Without(Axis).SameSizes(Target.Without(Axis))
            ? result
            : throw operands.Error($"expected elements and indices of one shape that differs from {Target} only on axis {Axis}");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => [Indexing.Masked(context, new GatherAlong(Axis)), null];

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(Name, context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context) =>
        Indexing.Add(context, Indexing.Along(context.Inputs[1], Target, Axis));

    internal override Lowering Lower => new Lowering.Statements(c => Indexing.WriteAdd(c, Axis, at => (
        at,
        chosen => [.. at.Take(Axis), chosen, .. at.Skip(Axis + 1)])));

    internal override Op Resized(string dimName, int size) => this with { Target = Target.Resized(dimName, size) };
}
