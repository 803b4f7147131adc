using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>An exact scalar; rounded to its element type only when lowered or interpreted.</summary>
/// <param name="Value">The number; whole for integer types, 0 or 1 for booleans.</param>
/// <param name="DType">The element type.</param>
/// <example><code>
/// Tensor third = input.Builder.Constant(new Rational(1, 3), DType.Float32);   // exact in the graph, rounded when it is compiled
/// </code></example>
public sealed record Constant(Rational Value, DType DType) : Op
{
    internal static OpInfo Row { get; } = new("constant", "An exact scalar.", r => new Constant(r.Rational("value"), r.DType("dtype")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override string DerivativeRule(VjpContext context) => "constant rule";

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("value", Value), new("dtype", DType)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(0);
        return DType.IsFloat || Value.IsInteger ? TensorType.Scalar(DType) : throw operands.Error($"expected a whole number for a constant of {DType.Name}, received {Value}");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => [];

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => KnownNumbers.ToFormula(Value);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context) =>
        context.Fill(_ => context.Math.Constant(Value), _ => (long)Value.Numerator, _ => !Value.Numerator.IsZero);

    internal override Lowering Lower => new Lowering.Element(_ => LoopExpr.Constant(Value, DType));
}

/// <summary>A constant array.</summary>
/// <param name="Value">The values.</param>
/// <example><code>
/// Tensor classWeights = input.Builder.Literal(new[] { 0.5f, 2f, 1f });
/// </code></example>
public sealed record Literal(NDArray Value) : Op
{
    internal static OpInfo Row { get; } = new("literal", "A constant array.", r => new Literal(r.Array("value")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("value", Value)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(0);
        return Value.DType.IsGraphType ? Value.Type : throw operands.Error($"expected an element type that graphs compute in (bool, int32, int64, float32, float64), received {Value.DType.Name}. Convert the array first");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => [];

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Symbol($"[{Value.Type}]");

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context) => Value<T>.From(Value, context.Math);

    internal override Lowering Lower => Lowering.Bound;
}
