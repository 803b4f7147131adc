namespace Nabla;

/// <summary>A value and the sum of the sizes of all that was added up to it.</summary>
/// <param name="Value">The value.</param>
/// <param name="Terms">The same expression on absolute values, to first order: how much its rounding errors, relative to the terms, are worth.</param>
internal readonly record struct Gauged(double Value, double Terms);

/// <summary>
/// Double arithmetic that measures how far rounding can have moved a result: two correct ways to compute a number may differ by a few units in
/// the last place of <see cref="Gauged.Terms"/>, however small the number itself came out.
/// </summary>
/// <remarks>A running error analysis: an addition adds terms, a product or function multiplies them by its partial derivatives and adds its own size.</remarks>
internal sealed class AbsoluteTerms : NumberSystem<Gauged>
{
    private readonly DualNumbers<double> _slopes = new(DoubleNumbers.Smooth);

    public static AbsoluteTerms Instance { get; } = new();

    public override string Name => "gauged";

    public override Gauged FromDouble(double value) => new(value, Math.Abs(value));

    public override double ToDouble(Gauged value) => value.Value;

    public override Gauged Constant(Rational value) => FromDouble(value.ToDouble());

    public override Gauged Add(Gauged a, Gauged b) => new(a.Value + b.Value, a.Terms + b.Terms);

    public override Gauged Subtract(Gauged a, Gauged b) => new(a.Value - b.Value, a.Terms + b.Terms);

    public override Gauged Multiply(Gauged a, Gauged b) => new(a.Value * b.Value, (a.Terms * Math.Abs(b.Value)) + (Math.Abs(a.Value) * b.Terms));

    public override Gauged Divide(Gauged a, Gauged b)
    {
        double quotient = a.Value / b.Value;
        return new(quotient, (a.Terms + (Math.Abs(quotient) * b.Terms)) / Math.Abs(b.Value));
    }

    public override Gauged Negate(Gauged x) => x with { Value = -x.Value };

    public override Gauged Power(Gauged a, Gauged b)
    {
        double value = Math.Pow(a.Value, b.Value);
        double byBase = a.Value == 0 || b.Value == 0 ? 0 : Math.Abs(b.Value * value / a.Value) * a.Terms;
        double byExponent = a.Value == 0 ? 0 : Math.Abs(value * Math.Log(Math.Abs(a.Value))) * b.Terms;
        return new(value, byBase + byExponent + Math.Abs(value));
    }

    public override Gauged Exp(Gauged x) => Through(x, _slopes.Exp(Seed(x)));

    public override Gauged Log(Gauged x) => Through(x, _slopes.Log(Seed(x)));

    public override Gauged Log1p(Gauged x) => Through(x, _slopes.Log1p(Seed(x)));

    public override Gauged Expm1(Gauged x) => Through(x, _slopes.Expm1(Seed(x)));

    public override Gauged Sqrt(Gauged x) => Through(x, _slopes.Sqrt(Seed(x)));

    public override Gauged Tanh(Gauged x) => Through(x, _slopes.Tanh(Seed(x)));

    public override Gauged Sigmoid(Gauged x) => Through(x, _slopes.Sigmoid(Seed(x)));

    public override Gauged Softplus(Gauged x) => Through(x, _slopes.Softplus(Seed(x)));

    public override Gauged Sin(Gauged x) => Through(x, _slopes.Sin(Seed(x)));

    public override Gauged Cos(Gauged x) => Through(x, _slopes.Cos(Seed(x)));

    public override Gauged Erf(Gauged x) => Through(x, _slopes.Erf(Seed(x)));

    public override Gauged Abs(Gauged x) => x with { Value = Math.Abs(x.Value) };

    public override Gauged Sign(Gauged x) => FromDouble(DoubleNumbers.Smooth.Sign(x.Value));

    public override Gauged Floor(Gauged x) => FromDouble(Math.Floor(x.Value));

    public override Gauged Round(Gauged x) => FromDouble(DoubleNumbers.Smooth.Round(x.Value));

    public override Gauged Maximum(Gauged a, Gauged b) => a.Value < b.Value || double.IsNaN(b.Value) ? b : a;

    public override Gauged Minimum(Gauged a, Gauged b) => b.Value < a.Value || double.IsNaN(b.Value) ? b : a;

    public override bool Less(Gauged a, Gauged b) => a.Value < b.Value;

    public override bool LessOrEqual(Gauged a, Gauged b) => a.Value <= b.Value;

    public override bool Equal(Gauged a, Gauged b) => a.Value == b.Value;

    public override bool IsFinite(Gauged x) => double.IsFinite(x.Value);

    private static Dual<double> Seed(Gauged x) => new(x.Value, 1);

    private static Gauged Through(Gauged x, Dual<double> result) => new(result.Value, (Math.Abs(result.Tangent) * x.Terms) + Math.Abs(result.Value));
}
