using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>Each element is its place along one axis: 0, 1, 2, ...</summary>
/// <param name="Target">The dims of the result.</param>
/// <param name="Axis">The axis that is counted, from the front.</param>
/// <param name="DType">The element type: a number.</param>
/// <example><code>
/// Tensor columns = input.Builder.Iota([2, 3], axis: 1, DType.Int32);   // 0 1 2 in both rows
/// </code></example>
public sealed record Iota(Dims Target, int Axis, DType DType) : Op
{
    internal static OpInfo Row { get; } = new("iota", "Each element is its place along an axis.", r => new Iota(r.Dims("dims"), r.Int("axis"), r.DType("dtype")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("dims", Target), new("axis", Axis), new("dtype", DType)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(0);
        return DType.IsFloat || DType.IsInteger
            ? Lines.Check(operands, new TensorType(DType, Target), Axis)
            : throw operands.Error($"expected a number type to count in, received {DType.Name}");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => [];

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(Name, []);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        int stride = Target[(Axis + 1)..].Count;
        int size = Target[Axis].Size;
        return context.Fill(i => context.Math.Constant(i / stride % size), i => i / stride % size, _ => false);
    }

    internal override Lowering Lower => new Lowering.Element(c => DType == DType.Int64 ? c.Index[Axis] : new LoopExpr.Convert(c.Index[Axis], DType));

    internal override Op Resized(string dimName, int size) => this with { Target = Target.Resized(dimName, size) };
}
