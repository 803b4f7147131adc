// Between element types, and out of the derivative's sight.
using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>
/// The same values in another element type: floating to whole numbers drops the fraction, truth values become 0 and 1,
/// and a number becomes true where it is not 0. Only floating to floating has a derivative.
/// </summary>
/// <param name="Target">The element type of the result.</param>
/// <example><code>
/// Tensor hits = input.GreaterThan(0).Cast(DType.Float32).Sum();   // truth values become 0 and 1
/// </code></example>
public sealed record Cast(DType Target) : Op
{
    internal static OpInfo Row { get; } = new("cast", "The same values in another element type.", r => new Cast(r.DType("dtype")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("dtype", Target)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        return Target.IsGraphType ? operands[0] with { DType = Target } : throw operands.Error($"expected an element type that graphs compute in (bool, int32, int64, float32, float64), received {Target.Name}");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) =>
        context.Input(0).DType.IsFloat && Target.IsFloat ? [context.Cotangent.Cast(context.Input(0).DType)] : context.None();

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(Target.Name, context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> x = context.Inputs[0];
        NumberSystem<T> math = context.Math;
        return x.TensorType.DType switch
        {
            DType.Boolean => context.Fill(i => math.Constant(x.Booleans[i] ? 1 : 0), i => x.Booleans[i] ? 1 : 0, i => x.Booleans[i]),
            { IsFloat: true } => context.Fill(i => math.RoundTo(x.Floats[i], Target), i => (long)math.ToDouble(x.Floats[i]), i => math.ToDouble(x.Floats[i]) != 0),
            _ => context.Fill(i => math.RoundTo(math.Constant(x.Integers[i]), Target), i => x.Integers[i], i => x.Integers[i] != 0),
        };
    }

    internal override Lowering Lower => new Lowering.Element(c => new LoopExpr.Convert(c.Input(0, c.Index), Target));
}

/// <summary>The same values, without a derivative: what is behind counts as constant.</summary>
/// <example><code>
/// Tensor distance = (input - input.Mean().StopGradient()).Square();   // the mean counts as a constant for the derivative
/// </code></example>
public sealed record StopGradient : Op
{
    internal static OpInfo Row { get; } = new("stop_gradient", "x, taken as constant by the derivative.", _ => new StopGradient());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        return operands[0];
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => context.None();

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => context.Inputs[0];

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> x = context.Inputs[0];
        return context.Fill(i => context.Math.WithoutDerivative(x.Floats[i]), i => x.Integers[i], i => x.Booleans[i]);
    }

    internal override Lowering Lower => new Lowering.Element(c => c.Input(0, c.Index));
}
