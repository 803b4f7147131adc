using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>A value in double, and how far a computation of it in a rounding type may lie from it, in units of that type's epsilon.</summary>
/// <param name="Value">The value in double.</param>
/// <param name="Error">The bound of the error, to first order.</param>
/// <param name="Magnitude">The sum of the absolute terms that were added up to the value; its size where nothing was.</param>
internal readonly record struct Bounded(double Value, double Error, double Magnitude)
{
    public Bounded(double value, double error)
        : this(value, error, Math.Abs(value))
    {
    }
}

/// <summary>
/// Running error analysis (Wilkinson): the interpreter over this number type gives, beside each value, a bound for its error in a rounding type,
/// derived from the very ops that compute it. Each op adds the error it may make itself to what its operands bring, times its derivative.
/// </summary>
/// <remarks>
/// Own errors, in units of epsilon (twice the half unit of correct rounding): 1 for + - * / and square root, 4 for elementary functions (reliability 2.3).
/// A sum counts the sum of its absolute terms at every addition, so the bound of K terms grows like K · Σ|x| and holds for every order of summation.
/// </remarks>
internal sealed class RunningError(DType dtype) : NumberSystem<Bounded>
{
    private const double Elementary = 4;

    public override string Name => "bounded";

    public static double Epsilon(DType dtype) => dtype == DType.Float32 ? Math.Pow(2, -23) : Math.Pow(2, -52);

    // Inputs are given in the type under test: exact.
    public override Bounded FromDouble(double value) => new(value, 0);

    public override double ToDouble(Bounded value) => value.Value;

    public override Bounded RoundTo(Bounded value, DType target) => (target, dtype) switch
    {
        // A rounding to a narrower type is a step function: bounded to first order only where its operand is exact.
        (DType.Float32, DType.Float64) when value.Error == 0 => new((float)value.Value, 0),
        (DType.Float32, DType.Float64) => throw new NotSupportedException("A rounding to a narrower type has no first-order bound."),
        _ => value with { Error = value.Error + Math.Abs(value.Value) },
    };

    public override Bounded Constant(Rational value) => new(value.ToDouble(), value.IsInteger ? 0 : Math.Abs(value.ToDouble()));

    public override Bounded Add(Bounded a, Bounded b) => Sum(a.Value + b.Value, a, b);

    public override Bounded Subtract(Bounded a, Bounded b) => Sum(a.Value - b.Value, a, b);

    private static Bounded Sum(double value, Bounded a, Bounded b) => new(value, a.Error + b.Error + a.Magnitude + b.Magnitude, a.Magnitude + b.Magnitude);

    public override Bounded Multiply(Bounded a, Bounded b)
    {
        double value = a.Value * b.Value;
        return new(value, Math.Abs(a.Value) * b.Error + Math.Abs(b.Value) * a.Error + Math.Abs(value));
    }

    public override Bounded Divide(Bounded a, Bounded b)
    {
        double value = a.Value / b.Value;
        return new(value, a.Error / Math.Abs(b.Value) + Math.Abs(value / b.Value) * b.Error + Math.Abs(value));
    }

    public override Bounded Negate(Bounded x) => x with { Value = -x.Value };

    public override Bounded Power(Bounded a, Bounded b)
    {
        double value = Math.Pow(a.Value, b.Value);
        double fromExponent = b.Error == 0 ? 0 : Math.Abs(value * Math.Log(Math.Abs(a.Value))) * b.Error;
        return new(value, Math.Abs(b.Value * value / a.Value) * a.Error + fromExponent + Elementary * Math.Abs(value));
    }

    public override Bounded Exp(Bounded x) => Of(x, Math.Exp(x.Value), Math.Exp(x.Value));

    public override Bounded Log(Bounded x) => Of(x, Math.Log(x.Value), 1 / x.Value);

    public override Bounded Log1p(Bounded x) => Of(x, DoubleNumbers.Instance.Log1p(x.Value), 1 / (1 + x.Value));

    public override Bounded Expm1(Bounded x) => Of(x, DoubleNumbers.Instance.Expm1(x.Value), Math.Exp(x.Value));

    public override Bounded Sqrt(Bounded x) => Of(x, Math.Sqrt(x.Value), 0.5 / Math.Sqrt(x.Value), own: 1);

    public override Bounded Tanh(Bounded x) => Of(x, Math.Tanh(x.Value), 1 - Math.Tanh(x.Value) * Math.Tanh(x.Value));

    public override Bounded Sigmoid(Bounded x) => DoubleNumbers.Instance.Sigmoid(x.Value) is var s ? Of(x, s, s * (1 - s)) : default;

    public override Bounded Softplus(Bounded x) => Of(x, DoubleNumbers.Instance.Softplus(x.Value), DoubleNumbers.Instance.Sigmoid(x.Value));

    public override Bounded Sin(Bounded x) => Of(x, Math.Sin(x.Value), Math.Cos(x.Value));

    public override Bounded Cos(Bounded x) => Of(x, Math.Cos(x.Value), Math.Sin(x.Value));

    public override Bounded Erf(Bounded x) => Of(x, DoubleNumbers.Instance.Erf(x.Value), 1.13 * Math.Exp(-x.Value * x.Value));

    private static Bounded Of(Bounded x, double value, double derivative, double own = Elementary) =>
        new(value, Math.Abs(derivative) * x.Error + own * Math.Abs(value));

    public override Bounded Abs(Bounded x) => x with { Value = Math.Abs(x.Value) };

    public override Bounded Sign(Bounded x) => new(DoubleNumbers.Instance.Sign(x.Value), 0);

    public override Bounded Floor(Bounded x) => new(Math.Floor(x.Value), 0);

    public override Bounded Round(Bounded x) => new(Math.Round(x.Value, MidpointRounding.ToEven), 0);

    public override Bounded Maximum(Bounded a, Bounded b) => a.Value >= b.Value || double.IsNaN(a.Value) ? a : b;

    public override Bounded Minimum(Bounded a, Bounded b) => a.Value <= b.Value || double.IsNaN(a.Value) ? a : b;

    public override bool Less(Bounded a, Bounded b) => a.Value < b.Value;

    public override bool LessOrEqual(Bounded a, Bounded b) => a.Value <= b.Value;

    public override bool Equal(Bounded a, Bounded b) => a.Value == b.Value;

    public override bool IsFinite(Bounded x) => double.IsFinite(x.Value);

    /// <summary>
    /// Asserts that an array that a plan computed lies within the bound of the interpreted value. Twice the bound: first order, and in float64
    /// the reference has an error of its own.
    /// </summary>
    public static void AssertWithin(Value<Bounded> expected, NDArray actual, string what)
    {
        Assert.Equal(expected.TensorType, actual.Type);
        double[] found = actual.Doubles();
        if (!expected.TensorType.DType.IsFloat)
        {
            Assert.Equal(expected.ToArray(new RunningError(DType.Float64)).Doubles(), found);
            return;
        }

        double epsilon = Epsilon(expected.TensorType.DType);
        double underflow = expected.TensorType.DType == DType.Float32 ? float.Epsilon : double.Epsilon;
        for (int i = 0; i < found.Length; i++)
        {
            Bounded wanted = expected.Floats[i];
            bool close = wanted.Value.Equals(found[i]) || Math.Abs(wanted.Value - found[i]) <= 2 * epsilon * wanted.Error + underflow;
            Assert.True(close, $"{what}, element {i}: expected {wanted.Value:R} within {2 * epsilon * wanted.Error:G3}, received {found[i]:R}");
        }
    }
}
