using Nabla.Compiler;

namespace Nabla;

/// <summary>Single precision throughout: every op rounds to float, as the float32 plan does.</summary>
internal sealed class FloatNumbers : NumberSystem<float>
{
    public static FloatNumbers Instance { get; } = new();

    public override string Name => "float";

    public override float FromDouble(double value) => (float)value;

    public override double ToDouble(float value) => value;

    public override float Constant(Rational value) => value.ToSingle();

    public override float Add(float a, float b) => a + b;

    public override float Subtract(float a, float b) => a - b;

    public override float Multiply(float a, float b) => a * b;

    public override float Divide(float a, float b) => a / b;

    public override float Negate(float x) => -x;

    public override float Power(float a, float b) => MathF.Pow(a, b);

    public override float Exp(float x) => MathF.Exp(x);

    public override float Log(float x) => MathF.Log(x);

    public override float Log1p(float x) => ScalarFunctions.Log1p(x);

    public override float Expm1(float x) => ScalarFunctions.Expm1(x);

    public override float Sqrt(float x) => MathF.Sqrt(x);

    public override float Tanh(float x) => MathF.Tanh(x);

    public override float Sigmoid(float x) => ScalarFunctions.Sigmoid(x);

    public override float Softplus(float x) => ScalarFunctions.Softplus(x);

    public override float Sin(float x) => MathF.Sin(x);

    public override float Cos(float x) => MathF.Cos(x);

    public override float Erf(float x) => ScalarFunctions.Erf(x);

    public override float Abs(float x) => MathF.Abs(x);

    public override float Sign(float x) => float.IsNaN(x) ? x : MathF.Sign(x);

    public override float Floor(float x) => MathF.Floor(x);

    public override float Round(float x) => MathF.Round(x, MidpointRounding.ToEven);

    public override float Maximum(float a, float b) => MathF.Max(a, b);

    public override float Minimum(float a, float b) => MathF.Min(a, b);

    public override bool Less(float a, float b) => a < b;

    public override bool LessOrEqual(float a, float b) => a <= b;

    public override bool Equal(float a, float b) => a == b;

    public override bool IsFinite(float x) => float.IsFinite(x);
}
