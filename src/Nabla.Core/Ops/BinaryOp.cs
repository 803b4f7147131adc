using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>An elementwise op of two inputs of one type. The author states two derivatives, formula and one scalar expression.</summary>
/// <example><code>
/// bool elementwise = (input / 2).Node.Op is Nabla.Ops.BinaryOp;   // true
/// </code></example>
public abstract record BinaryOp : Op
{
    private protected BinaryOp()
    {
    }

    /// <summary>Whether whole numbers are taken too; floating types always are.</summary>
    private protected virtual bool TakesIntegers => true;

    /// <summary>dy/da where y is the op's result; null where it is zero everywhere.</summary>
    private protected abstract Tensor? LeftDerivative(Tensor a, Tensor b, Tensor y);

    /// <summary>dy/db where y is the op's result; null where it is zero everywhere.</summary>
    private protected abstract Tensor? RightDerivative(Tensor a, Tensor b, Tensor y);

    /// <summary>The op as mathematics over its inputs'.</summary>
    private protected abstract Formula Render(Formula a, Formula b);

    /// <summary>The op on two numbers.</summary>
    internal abstract T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T a, T b);

    /// <inheritdoc/>
    public sealed override IrType Infer(OperandTypes operands)
    {
        operands.Expect(2);
        operands.Expect(0, d => d.IsFloat || (TakesIntegers && d.IsInteger), TakesIntegers ? "numbers" : "a floating tensor");
        return operands.ExpectSame(0, 1);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<Tensor?> Vjp(VjpContext context)
    {
        Tensor a = context.Input(0);
        Tensor b = context.Input(1);
        return
        [
            context.IsWanted(0) ? LocalDerivative.Times(context.Cotangent, LeftDerivative(a, b, context.Output)) : null,
            context.IsWanted(1) ? LocalDerivative.Times(context.Cotangent, RightDerivative(a, b, context.Output)) : null,
        ];
    }

    /// <inheritdoc/>
    public sealed override Formula Render(RenderContext context) => Render(context.Inputs[0], context.Inputs[1]);

    internal sealed override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        Value<T> a = context.Inputs[0];
        Value<T> b = context.Inputs[1];
        return context.Fill(i => Scalar(context.Math, a.Floats[i], b.Floats[i]), i => Scalar(IntegerMath.Instance, a.Integers[i], b.Integers[i]), _ => false);
    }

    internal sealed override Lowering Lower => new Lowering.Element(c =>
        Scalar(new LoopMath(c.Node.TensorType.DType), c.Input(0, c.Index), c.Input(1, c.Index)));
}
