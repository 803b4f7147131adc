using Nabla.Compiler;

namespace Nabla;

/// <summary>Double precision: the reference of the float32 plan.</summary>
/// <param name="roundsCasts">Whether a cast to float32 rounds, as it does in the plan.</param>
internal sealed class DoubleNumbers(bool roundsCasts) : NumberSystem<double>
{
    public static DoubleNumbers Instance { get; } = new(roundsCasts: true);

    /// <summary>Without the steps of rounding casts, which have no derivative: for differences.</summary>
    public static DoubleNumbers Smooth { get; } = new(roundsCasts: false);

    public override string Name => "double";

    public override double FromDouble(double value) => value;

    public override double ToDouble(double value) => value;

    public override double RoundTo(double value, DType dtype) => roundsCasts && dtype == DType.Float32 ? (float)value : value;

    public override double Constant(Rational value) => value.ToDouble();

    public override double Add(double a, double b) => a + b;

    public override double Subtract(double a, double b) => a - b;

    public override double Multiply(double a, double b) => a * b;

    public override double Divide(double a, double b) => a / b;

    public override double Negate(double x) => -x;

    public override double Power(double a, double b) => Math.Pow(a, b);

    public override double Exp(double x) => Math.Exp(x);

    public override double Log(double x) => Math.Log(x);

    public override double Log1p(double x) => ScalarFunctions.Log1p(x);

    public override double Expm1(double x) => ScalarFunctions.Expm1(x);

    public override double Sqrt(double x) => Math.Sqrt(x);

    public override double Tanh(double x) => Math.Tanh(x);

    public override double Sigmoid(double x) => ScalarFunctions.Sigmoid(x);

    public override double Softplus(double x) => ScalarFunctions.Softplus(x);

    public override double Sin(double x) => Math.Sin(x);

    public override double Cos(double x) => Math.Cos(x);

    public override double Erf(double x) => ScalarFunctions.Erf(x);

    public override double Abs(double x) => Math.Abs(x);

    public override double Sign(double x) => double.IsNaN(x) ? x : Math.Sign(x);

    public override double Floor(double x) => Math.Floor(x);

    public override double Round(double x) => Math.Round(x, MidpointRounding.ToEven);

    public override double Maximum(double a, double b) => Math.Max(a, b);

    public override double Minimum(double a, double b) => Math.Min(a, b);

    public override bool Less(double a, double b) => a < b;

    public override bool LessOrEqual(double a, double b) => a <= b;

    public override bool Equal(double a, double b) => a == b;

    public override bool IsFinite(double x) => double.IsFinite(x);
}
