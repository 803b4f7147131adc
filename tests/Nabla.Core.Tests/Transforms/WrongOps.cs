using System.Collections.Immutable;

namespace Nabla.Core.Tests.Transforms;

/// <summary>x·x with the derivative 3x: what a mistaken rule looks like.</summary>
internal sealed record WrongSquare : UnaryOp
{
    public override OpInfo Info { get; } = new("wrong_square", "x·x with a wrong rule.", _ => new WrongSquare());

    private protected override Tensor? Derivative(Tensor x, Tensor y) => 3 * x;

    private protected override Formula Render(Formula x) => new Formula.Power(x, new Formula.Number(2));

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Multiply(x, x);
}

/// <summary>x·x whose rule is right to first order only: its own derivative is taken for a constant.</summary>
internal sealed record OnceSquare : UnaryOp
{
    public override OpInfo Info { get; } = new("once_square", "x·x with a wrong second derivative.", _ => new OnceSquare());

    private protected override Tensor? Derivative(Tensor x, Tensor y) => 2 * x.StopGradient();

    private protected override Formula Render(Formula x) => new Formula.Power(x, new Formula.Number(2));

    internal override T Scalar<T, TBoolean>(ScalarMath<T, TBoolean> math, T x) => math.Multiply(x, x);
}

/// <summary>The sum over axis 0 whose rule forgets one row.</summary>
internal sealed record ForgetfulSum : Op
{
    public override OpInfo Info { get; } = new("forgetful_sum", "Sum over axis 0 with a wrong rule.", _ => new ForgetfulSum());

    public override IrType Infer(OperandTypes operands) => operands[0] with { Dims = operands[0].Dims[1..] };

    public override ImmutableArray<Tensor?> Vjp(VjpContext context)
    {
        Dims dims = context.Input(0).Dims;
        double[] mask = [.. Enumerable.Range(0, dims.Count).Select(i => i == dims.Count - 1 ? 0.0 : 1.0)];
        return [context.Cotangent.BroadcastTo(dims) * context.Builder.Literal(NDArray.Create<double>(mask, dims))];
    }

    public override Formula Render(RenderContext context) => new Formula.Call("sum", context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        int width = context.Type.Dims.Count;
        return context.Fill(
            i => Enumerable.Range(0, context.Inputs[0].Dims.Count / width).Select(r => context.Inputs[0].Floats[(r * width) + i]).Aggregate(context.Math.Add), _ => 0, _ => false);
    }

    internal override Lowering Lower => Lowering.Bound;
}
