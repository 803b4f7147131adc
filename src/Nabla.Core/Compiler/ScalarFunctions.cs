namespace Nabla.Compiler;

/// <summary>
/// Functions of one number that .NET lacks (<c>Erf</c>) or computes with cancellation (<c>double.ExpM1</c> is e^x - 1 as written). Reference
/// quality, at most one unit in the last place off, for the interpreter; not fast. They share no code with the vector kernels, so each checks the other.
/// </summary>
/// <remarks>Computed in double-double and rounded once; the float forms round the double ones.</remarks>
internal static class ScalarFunctions
{
    // ln 2 as a double whose last 20 bits are zero (so that n ln 2 is exact) and the rest, and 2/sqrt(pi).
    private const double Ln2High = 0.6931471804855391;
    private static readonly DoubleDouble Ln2Low = new(7.440617110012397e-11, -1.3124698417785255e-27);
    private static readonly DoubleDouble TwoOverSqrtPi = new(1.1283791670955126, 1.533545961316588e-17);

    /// <summary>e^x - 1.</summary>
    public static double Expm1(double x)
    {
        // Outside, the 1 is less than half a unit in the last place of e^x, or e^x of the 1. Zeros, subnormals and NaN are their own results.
        if (!(x < 40))
        {
            return Math.Exp(x);
        }

        return x < -40 ? -1 : Math.Abs(x) < 1e-300 ? x : (double)WideExpm1(x);
    }

    /// <inheritdoc cref="Expm1(double)"/>
    public static float Expm1(float x) => (float)Expm1((double)x);

    /// <summary>log(1 + x): -infinity at -1, NaN below.</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        if (!(u > 0) || double.IsPositiveInfinity(u))
        {
            return Math.Log(u);
        }

        if (Math.Abs(x) < 1e-300)
        {
            return x;
        }

        // Kahan's quotient is good to a few units in the last place; one Newton step on e^y - 1 = x gives the rest.
        double y = u == 1 ? x : Math.Log(u) * (x / (u - 1));
        if (y > 40)
        {
            return Math.Log(u);
        }

        DoubleDouble power = WideExpm1(y);
        return y + ((double)(x - power) / (1 + power.High));
    }

    /// <inheritdoc cref="Log1p(double)"/>
    public static float Log1p(float x) => (float)Log1p((double)x);

    /// <summary>The error function.</summary>
    public static double Erf(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude < 1e-150)
        {
            return x * 1.1283791670955126;
        }

        if (!(magnitude < 6))
        {
            return double.IsNaN(x) ? x : Math.CopySign(1, x);
        }

        return magnitude < 3 ? ErfSeries(x) : Math.CopySign(1 - ErfcFraction(magnitude), x);
    }

    /// <inheritdoc cref="Erf(double)"/>
    public static float Erf(float x) => (float)Erf((double)x);

    /// <summary>1 / (1 + e^-x).</summary>
    public static double Sigmoid(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /// <inheritdoc cref="Sigmoid(double)"/>
    public static float Sigmoid(float x) => (float)Sigmoid((double)x);

    /// <summary>log(1 + e^x).</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <inheritdoc cref="Softplus(double)"/>
    public static float Softplus(float x) => (float)Softplus((double)x);

    // e^x - 1 for 1e-300 <= |x| <= 40, to some 30 digits of e^x.
    private static DoubleDouble WideExpm1(double x)
    {
        double n = Math.Round(x / 0.6931471805599453);
        DoubleDouble r = DoubleDouble.Sum(x, -n * Ln2High) - (Ln2Low * n);

        // r + r^2/2! + r^3/3! + ... by Horner's rule; 0.347^28/28! is below 2^-140.
        DoubleDouble sum = 1;
        for (int k = 27; k > 1; k--)
        {
            sum = 1 + (r * sum / k);
        }

        double scale = Math.ScaleB(1, (int)n);
        return (r * sum * scale) + (DoubleDouble.Sum(scale, -1));
    }

    // 2/sqrt(pi) (x - x^3/(1! 3) + x^5/(2! 5) - ...). At |x| = 3 cancellation costs 13 of the 104 bits.
    private static double ErfSeries(double x)
    {
        DoubleDouble square = DoubleDouble.Product(x, x);
        DoubleDouble power = x;
        DoubleDouble sum = x;
        for (int k = 1; Math.Abs(power.High) > Math.Abs(sum.High) * 1e-22; k++)
        {
            power = -(power * square) / k;
            sum += power / ((2 * k) + 1);
        }

        return (double)(sum * TwoOverSqrtPi);
    }

    // e^-x^2 / sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))). From 3 on it is below 2.3e-5, so double precision is ample.
    private static double ErfcFraction(double x)
    {
        double tail = x;
        for (int k = 60; k > 0; k--)
        {
            tail = x + (0.5 * k / tail);
        }

        return 0.5 * 1.1283791670955126 * Math.Exp(-x * x) / tail;
    }
}
