using System.Numerics;
using Nabla.Compiler;

namespace Nabla;

/// <summary>
/// Complex numbers for the complex step: Im f(x + ih) / h is f'(x) to full precision for h as small as 1e-200, since nothing cancels.
/// </summary>
/// <remarks>
/// Comparisons, max, min and the rounding steps go by the real part. What has no analytic continuation that keeps the derivative is refused by
/// name: abs, and a power of a negative base whose exponent varies. .NET's own functions are used only where they keep a tiny imaginary part.
/// </remarks>
internal sealed class ComplexNumbers : NumberSystem<Complex>
{
    public static ComplexNumbers Instance { get; } = new();

    public override string Name => "complex";

    public override Complex FromDouble(double value) => value;

    public override double ToDouble(Complex value) => value.Real;

    public override Complex WithoutDerivative(Complex value) => value.Real;

    public override bool IsZero(Complex value) => value == Complex.Zero;

    public override Complex Tie(IReadOnlyList<Complex> equal) => new(equal[0].Real, equal.Average(e => e.Imaginary));

    public override Complex Constant(Rational value) => value.ToDouble();

    public override Complex Add(Complex a, Complex b) => a + b;

    public override Complex Subtract(Complex a, Complex b) => a - b;

    public override Complex Multiply(Complex a, Complex b) => a * b;

    public override Complex Divide(Complex a, Complex b) => a / b;

    public override Complex Negate(Complex x) => -x;

    // Whole powers by squaring: the polar form would turn a negative base by an angle that rounds, far above a tiny imaginary part.
    public override Complex Power(Complex a, Complex b)
    {
        if (b.Imaginary == 0 && double.IsInteger(b.Real) && Math.Abs(b.Real) <= int.MaxValue)
        {
            Complex power = WholePower(a, (uint)Math.Abs(b.Real));
            return b.Real >= 0 ? power : 1 / power;
        }

        if (a == Complex.Zero)
        {
            return Math.Pow(0, b.Real);
        }

        return a.Real < 0 ? throw Refuse("power of a negative number with a fractional or varying exponent") : Exp(b * Log(a));
    }

    private static Complex WholePower(Complex x, uint exponent)
    {
        Complex result = Complex.One;
        for (; exponent > 0; exponent >>= 1, x *= x)
        {
            if ((exponent & 1) != 0)
            {
                result *= x;
            }
        }

        return result;
    }

    public override Complex Exp(Complex x)
    {
        double size = Math.Exp(x.Real);
        return new(size * Math.Cos(x.Imaginary), size * Math.Sin(x.Imaginary));
    }

    public override Complex Log(Complex x) => new(Math.Log(Complex.Abs(x)), Math.Atan2(x.Imaginary, x.Real));

    // |1 + x|^2 = 1 + (2 Re x + Re x^2 + Im x^2).
    public override Complex Log1p(Complex x) => new(
        ScalarFunctions.Log1p((2 * x.Real) + (x.Real * x.Real) + (x.Imaginary * x.Imaginary)) / 2,
        Math.Atan2(x.Imaginary, 1 + x.Real));

    // e^x cos y - 1 = (e^x - 1) cos y - 2 sin^2(y/2).
    public override Complex Expm1(Complex x)
    {
        double half = Math.Sin(x.Imaginary / 2);
        return new((ScalarFunctions.Expm1(x.Real) * Math.Cos(x.Imaginary)) - (2 * half * half), Math.Exp(x.Real) * Math.Sin(x.Imaginary));
    }

    public override Complex Sqrt(Complex x)
    {
        double root = Math.Sqrt((Complex.Abs(x) + Math.Abs(x.Real)) / 2);
        return root == 0 ? Complex.Zero
            : x.Real >= 0 ? new(root, x.Imaginary / (2 * root))
            : new(Math.Abs(x.Imaginary) / (2 * root), Math.CopySign(root, x.Imaginary));
    }

    public override Complex Tanh(Complex x) => Complex.Tanh(x);

    public override Complex Sigmoid(Complex x) => x.Real >= 0 ? 1 / (1 + Exp(-x)) : Exp(x) / (1 + Exp(x));

    public override Complex Softplus(Complex x) => x.Real >= 0 ? x + Log1p(Exp(-x)) : Log1p(Exp(x));

    public override Complex Sin(Complex x) =>
        new(Math.Sin(x.Real) * Math.Cosh(x.Imaginary), Math.Cos(x.Real) * Math.Sinh(x.Imaginary));

    public override Complex Cos(Complex x) =>
        new(Math.Cos(x.Real) * Math.Cosh(x.Imaginary), -Math.Sin(x.Real) * Math.Sinh(x.Imaginary));

    public override Complex Erf(Complex x) => ComplexErf.Of(x);

    public override Complex Sign(Complex x) => double.IsNaN(x.Real) ? x : Math.Sign(x.Real);

    public override Complex Floor(Complex x) => Math.Floor(x.Real);

    public override Complex Round(Complex x) => Math.Round(x.Real, MidpointRounding.ToEven);

    public override Complex Maximum(Complex a, Complex b) =>
        a.Real == b.Real ? Tie([a, b]) : double.IsNaN(a.Real) || a.Real > b.Real ? a : b;

    public override Complex Minimum(Complex a, Complex b) =>
        a.Real == b.Real ? Tie([a, b]) : double.IsNaN(a.Real) || a.Real < b.Real ? a : b;

    public override bool Less(Complex a, Complex b) => a.Real < b.Real;

    public override bool LessOrEqual(Complex a, Complex b) => a.Real <= b.Real;

    public override bool Equal(Complex a, Complex b) => a.Real == b.Real;

    public override bool IsFinite(Complex x) => double.IsFinite(x.Real);
}
