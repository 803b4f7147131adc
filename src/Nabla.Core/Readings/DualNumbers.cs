namespace Nabla;

/// <summary>
/// Forward-mode derivatives: each number carries its tangent. A second, independent automatic differentiation; the derivatives here are
/// written apart from the ops' VJP rules and in other forms where there are some (σ(x)σ(-x) for σ(1-σ)), so that they can check each other.
/// </summary>
/// <remarks>
/// Works over any number type: over rationals it is exact, over duals it gives second derivatives. At kinks it follows the same table as
/// the rules: abs'(0) = 0, a tie in max or min is shared equally, sign, floor and round have derivative 0, where a base is 0 its exponent has none.
/// </remarks>
internal sealed class DualNumbers<T>(NumberSystem<T> inner) : NumberSystem<Dual<T>>
{
    // 2/sqrt(pi) to 40 digits.
    private static readonly Rational TwoOverRootPi = Rational.Parse("1.128379167095512573896158903121545171688");

    public override string Name => $"dual {inner.Name}";

    public override Dual<T> FromDouble(double value) => Fixed(inner.FromDouble(value));

    public override double ToDouble(Dual<T> value) => inner.ToDouble(value.Value);

    public override Dual<T> RoundTo(Dual<T> value, DType dtype) => new(inner.RoundTo(value.Value, dtype), inner.RoundTo(value.Tangent, dtype));

    public override Dual<T> WithoutDerivative(Dual<T> value) => Fixed(inner.WithoutDerivative(value.Value));

    public override bool IsZero(Dual<T> value) => inner.IsZero(value.Value) && inner.IsZero(value.Tangent);

    public override Dual<T> Tie(IReadOnlyList<Dual<T>> equal)
    {
        T sum = equal.Select(e => e.Tangent).Aggregate(inner.Add);
        return new(inner.Tie([.. equal.Select(e => e.Value)]), inner.Divide(sum, inner.Constant(equal.Count)));
    }

    public override Dual<T> Constant(Rational value) => Fixed(inner.Constant(value));

    public override Dual<T> Add(Dual<T> a, Dual<T> b) => new(inner.Add(a.Value, b.Value), inner.Add(a.Tangent, b.Tangent));

    public override Dual<T> Subtract(Dual<T> a, Dual<T> b) => new(inner.Subtract(a.Value, b.Value), inner.Subtract(a.Tangent, b.Tangent));

    public override Dual<T> Multiply(Dual<T> a, Dual<T> b) => new(
        inner.Multiply(a.Value, b.Value),
        inner.Add(inner.Multiply(a.Tangent, b.Value), inner.Multiply(a.Value, b.Tangent)));

    public override Dual<T> Divide(Dual<T> a, Dual<T> b)
    {
        T quotient = inner.Divide(a.Value, b.Value);
        return new(quotient, inner.Divide(inner.Subtract(a.Tangent, inner.Multiply(quotient, b.Tangent)), b.Value));
    }

    public override Dual<T> Negate(Dual<T> x) => new(inner.Negate(x.Value), inner.Negate(x.Tangent));

    public override Dual<T> Power(Dual<T> a, Dual<T> b)
    {
        T zero = inner.Constant(Rational.Zero);
        T value = inner.Power(a.Value, b.Value);
        T tangent = zero;
        if (!inner.IsZero(a.Tangent) && !inner.Equal(b.Value, zero))
        {
            T slope = inner.Multiply(b.Value, inner.Power(a.Value, inner.Subtract(b.Value, inner.Constant(Rational.One))));
            tangent = inner.Multiply(slope, a.Tangent);
        }

        if (!inner.IsZero(b.Tangent) && !inner.Equal(a.Value, zero))
        {
            tangent = inner.Add(tangent, inner.Multiply(inner.Multiply(value, inner.Log(a.Value)), b.Tangent));
        }

        return new(value, tangent);
    }

    public override Dual<T> Exp(Dual<T> x) => With(x, inner.Exp(x.Value), inner.Exp(x.Value));

    public override Dual<T> Log(Dual<T> x) => new(inner.Log(x.Value), inner.Divide(x.Tangent, x.Value));

    public override Dual<T> Log1p(Dual<T> x) => new(inner.Log1p(x.Value), inner.Divide(x.Tangent, inner.Add(inner.Constant(1), x.Value)));

    public override Dual<T> Expm1(Dual<T> x) => With(x, inner.Expm1(x.Value), inner.Exp(x.Value));

    public override Dual<T> Sqrt(Dual<T> x)
    {
        T root = inner.Sqrt(x.Value);
        return new(root, inner.Divide(x.Tangent, inner.Multiply(inner.Constant(2), root)));
    }

    // tanh' = sech^2 = 4 σ(2x) σ(-2x), which keeps its digits where 1 - tanh^2 loses them.
    public override Dual<T> Tanh(Dual<T> x)
    {
        T twice = inner.Add(x.Value, x.Value);
        T slope = inner.Multiply(inner.Constant(4), inner.Multiply(inner.Sigmoid(twice), inner.Sigmoid(inner.Negate(twice))));
        return With(x, inner.Tanh(x.Value), slope);
    }

    public override Dual<T> Sigmoid(Dual<T> x)
    {
        T value = inner.Sigmoid(x.Value);
        return With(x, value, inner.Multiply(value, inner.Sigmoid(inner.Negate(x.Value))));
    }

    public override Dual<T> Softplus(Dual<T> x) => With(x, inner.Softplus(x.Value), inner.Sigmoid(x.Value));

    public override Dual<T> Sin(Dual<T> x) => With(x, inner.Sin(x.Value), inner.Cos(x.Value));

    public override Dual<T> Cos(Dual<T> x) => With(x, inner.Cos(x.Value), inner.Negate(inner.Sin(x.Value)));

    public override Dual<T> Erf(Dual<T> x) => With(
        x, inner.Erf(x.Value), inner.Multiply(inner.Constant(TwoOverRootPi), inner.Exp(inner.Negate(inner.Multiply(x.Value, x.Value)))));

    public override Dual<T> Abs(Dual<T> x) => With(x, inner.Abs(x.Value), inner.Sign(x.Value));

    public override Dual<T> Sign(Dual<T> x) => Fixed(inner.Sign(x.Value));

    public override Dual<T> Floor(Dual<T> x) => Fixed(inner.Floor(x.Value));

    public override Dual<T> Round(Dual<T> x) => Fixed(inner.Round(x.Value));

    public override Dual<T> Maximum(Dual<T> a, Dual<T> b) => inner.Less(a.Value, b.Value) ? b : Extreme(a, b, inner.Maximum(a.Value, b.Value));

    public override Dual<T> Minimum(Dual<T> a, Dual<T> b) => inner.Less(b.Value, a.Value) ? b : Extreme(a, b, inner.Minimum(a.Value, b.Value));

    public override bool Less(Dual<T> a, Dual<T> b) => inner.Less(a.Value, b.Value);

    public override bool LessOrEqual(Dual<T> a, Dual<T> b) => inner.LessOrEqual(a.Value, b.Value);

    public override bool Equal(Dual<T> a, Dual<T> b) => inner.Equal(a.Value, b.Value);

    public override bool IsFinite(Dual<T> x) => inner.IsFinite(x.Value);

    private Dual<T> Fixed(T value) => new(value, inner.Constant(Rational.Zero));

    private Dual<T> With(Dual<T> x, T value, T slope) => new(value, inner.Multiply(slope, x.Tangent));

    // b has not won: a has, or the two are equal, or one is NaN and nobody has a derivative.
    private Dual<T> Extreme(Dual<T> a, Dual<T> b, T value) => inner.Equal(a.Value, b.Value) ? Tie([a, b]) : inner.Equal(a.Value, value) ? a : Fixed(value);
}
