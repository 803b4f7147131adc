using System.Numerics;

namespace Nabla;

/// <summary>The error function near the real axis.</summary>
internal static class ComplexErf
{
    // 1/sqrt(pi).
    private const double InverseRootPi = 0.56418958354775628;

    /// <summary>erf(x) for a small imaginary part.</summary>
    public static Complex Of(Complex x) => x.Real < 0 ? -Positive(-x) : Positive(x);

    private static Complex Positive(Complex x) => x.Real < 1 ? Series(x) : 1 - Tail(x);

    // erf(x) = 2/sqrt(pi) e^(-x²) Σ 2^n x^(2n+1) / (1·3·5···(2n+1)): for real x all terms have one sign, so nothing cancels.
    // The imaginary part does by a factor of 2x erf(x)/erf'(x), which is 4 at 1 and grows fast from there.
    private static Complex Series(Complex x)
    {
        Complex square = x * x;
        Complex term = x;
        Complex sum = x;
        for (int n = 1; Math.Abs(term.Real) > 1e-18 * Math.Abs(sum.Real) || n < 8; n++)
        {
            term *= 2 * square / ((2 * n) + 1);
            sum += term;
        }

        return 2 * InverseRootPi * ComplexNumbers.Instance.Exp(-square) * sum;
    }

    // The continued fraction of erfc(x) = e^(-x²)/sqrt(pi) · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), from far inside outwards;
    // 250 levels leave less than 1e-17 of it for x of 1 and more.
    private static Complex Tail(Complex x)
    {
        Complex fraction = x;
        for (int level = 250; level > 0; level--)
        {
            fraction = x + (level / 2.0 / fraction);
        }

        return InverseRootPi * ComplexNumbers.Instance.Exp(-(x * x)) / fraction;
    }
}
