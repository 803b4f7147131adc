using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>An elementwise op of one input. The author states derivative, formula and one scalar expression; the rest follows here.</summary>
/// <example><code>
/// bool elementwise = input.Tanh().Node.Op is Nabla.Ops.UnaryOp;   // true
/// </code></example>
public abstract record UnaryOp : Op
{
    private protected UnaryOp()
    {
    }

    /// <summary>Whether whole numbers are taken too; floating types always are.</summary>
    private protected virtual bool TakesIntegers => false;

    /// <summary>dy/dx at <paramref name="x"/>, where y is the op's result; null where it is zero everywhere.</summary>
    private protected abstract Tensor? Derivative(Tensor x, Tensor y);

    /// <summary>The op as mathematics over its input's.</summary>
    private protected abstract Formula Render(Formula x);

    /// <summary>The op's value where it is a fraction though the op's values mostly are not: sqrt(4), exp(0).</summary>
    internal virtual Rational? Exactly(Rational x) => null;

    /// <summary>The op on one number.</summary>
    internal abstract T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x);

    /// <inheritdoc/>
    public sealed override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        return operands.Expect(0, d => d.IsFloat || (TakesIntegers && d.IsInteger), TakesIntegers ? "numbers" : "a floating tensor");
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<Tensor?> Vjp(VjpContext context) =>
        [context.IsWanted(0) ? LocalDerivative.Times(context.Cotangent, Derivative(context.Input(0), context.Output)) : null];

    /// <inheritdoc/>
    public sealed override Formula Render(RenderContext context) => Render(context.Inputs[0]);

    internal sealed override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> x = context.Inputs[0];
        return context.Fill(i => Scalar(context.Math, x.Floats[i]), i => Scalar(IntegerMath.Instance, x.Integers[i]), _ => false);
    }

    internal sealed override Lowering Lower => new Lowering.Element(c => Scalar(new LoopMath(c.Node.TensorType.DType), c.Input(0, c.Index)));
}
