namespace Nabla;

/// <summary>Arithmetic over loop expressions: the scalar expression of an elementwise op, run over this, is the op's lowering.</summary>
internal sealed class LoopMath(DType dtype) : ScalarMath<LoopExpr, LoopExpr>
{
    public override string Name => "loop";

    public override LoopExpr Constant(Rational value) => LoopExpr.Constant(value, dtype);

    public override LoopExpr Add(LoopExpr a, LoopExpr b) => Binary(BinaryFunction.Add, a, b);

    public override LoopExpr Subtract(LoopExpr a, LoopExpr b) => Binary(BinaryFunction.Subtract, a, b);

    public override LoopExpr Multiply(LoopExpr a, LoopExpr b) => Binary(BinaryFunction.Multiply, a, b);

    public override LoopExpr Divide(LoopExpr a, LoopExpr b) => Binary(BinaryFunction.Divide, a, b);

    public override LoopExpr Negate(LoopExpr x) => Unary(UnaryFunction.Negate, x);

    public override LoopExpr Power(LoopExpr a, LoopExpr b) => Binary(BinaryFunction.Power, a, b);

    public override LoopExpr Exp(LoopExpr x) => Unary(UnaryFunction.Exp, x);

    public override LoopExpr Log(LoopExpr x) => Unary(UnaryFunction.Log, x);

    public override LoopExpr Log1p(LoopExpr x) => Unary(UnaryFunction.Log1p, x);

    public override LoopExpr Expm1(LoopExpr x) => Unary(UnaryFunction.Expm1, x);

    public override LoopExpr Sqrt(LoopExpr x) => Unary(UnaryFunction.Sqrt, x);

    public override LoopExpr Tanh(LoopExpr x) => Unary(UnaryFunction.Tanh, x);

    public override LoopExpr Sigmoid(LoopExpr x) => Unary(UnaryFunction.Sigmoid, x);

    public override LoopExpr Softplus(LoopExpr x) => Unary(UnaryFunction.Softplus, x);

    public override LoopExpr Sin(LoopExpr x) => Unary(UnaryFunction.Sin, x);

    public override LoopExpr Cos(LoopExpr x) => Unary(UnaryFunction.Cos, x);

    public override LoopExpr Erf(LoopExpr x) => Unary(UnaryFunction.Erf, x);

    public override LoopExpr Abs(LoopExpr x) => Unary(UnaryFunction.Abs, x);

    public override LoopExpr Sign(LoopExpr x) => Unary(UnaryFunction.Sign, x);

    public override LoopExpr Floor(LoopExpr x) => Unary(UnaryFunction.Floor, x);

    public override LoopExpr Round(LoopExpr x) => Unary(UnaryFunction.Round, x);

    public override LoopExpr Maximum(LoopExpr a, LoopExpr b) => Binary(BinaryFunction.Maximum, a, b);

    public override LoopExpr Minimum(LoopExpr a, LoopExpr b) => Binary(BinaryFunction.Minimum, a, b);

    public override LoopExpr Less(LoopExpr a, LoopExpr b) => LoopExpr.Compare(BinaryFunction.Less, a, b);

    public override LoopExpr LessOrEqual(LoopExpr a, LoopExpr b) => LoopExpr.Compare(BinaryFunction.LessOrEqual, a, b);

    public override LoopExpr Equal(LoopExpr a, LoopExpr b) => LoopExpr.Compare(BinaryFunction.Equal, a, b);

    public override LoopExpr IsFinite(LoopExpr x) => new LoopExpr.Unary(UnaryFunction.IsFinite, x, DType.Boolean);

    public override LoopExpr Select(LoopExpr condition, LoopExpr whenTrue, LoopExpr whenFalse) => new LoopExpr.Select(condition, whenTrue, whenFalse);

    public override LoopExpr And(LoopExpr a, LoopExpr b) => LoopExpr.Compare(BinaryFunction.And, a, b);

    public override LoopExpr Or(LoopExpr a, LoopExpr b) => LoopExpr.Compare(BinaryFunction.Or, a, b);

    public override LoopExpr Not(LoopExpr a) => new LoopExpr.Unary(UnaryFunction.Not, a, DType.Boolean);

    private LoopExpr.Unary Unary(UnaryFunction function, LoopExpr x) => new(function, x, dtype);

    private LoopExpr.Binary Binary(BinaryFunction function, LoopExpr a, LoopExpr b) => new(function, a, b, dtype);
}
