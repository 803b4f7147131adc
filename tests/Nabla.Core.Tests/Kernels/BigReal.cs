using System.Numerics;

namespace Nabla.Core.Tests.Kernels;

/// <summary>
/// Mantissa * 2^Exponent, rounded (down) to 320 bits after each operation: some 96 digits, so that what the functions below lose by cancellation
/// (at most 60 bits) leaves far more than the 40 digits that the accuracy tests want. Textbook series only: nothing in common with the kernels.
/// </summary>
internal readonly record struct BigReal(BigInteger Mantissa, int Exponent)
{
    private const int Precision = 320;

    private static readonly Lazy<BigReal> LazyPi = new(() => 16 * ArcTangentOfInverse(5) - (4 * ArcTangentOfInverse(239)));

    private static readonly Lazy<BigReal> Ln2 = new(() => LogByNewton(2));

    public static BigReal Pi => LazyPi.Value;

    public bool IsZero => Mantissa.IsZero;

    public static implicit operator BigReal(int value) => new(value, 0);

    /// <summary>A finite double, exactly.</summary>
    public static implicit operator BigReal(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "Finite values only.");
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | (exponent > 0 ? 1L << 52 : 0);
        return new(bits < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075);
    }

    public static BigReal operator -(BigReal a) => new(-a.Mantissa, a.Exponent);

    public static BigReal operator +(BigReal a, BigReal b)
    {
        if (a.IsZero || b.IsZero)
        {
            return a.IsZero ? b : a;
        }

        (BigReal high, BigReal low) = a.Exponent >= b.Exponent ? (a, b) : (b, a);

        // A term below the last bit kept is dropped, so that the shift stays small.
        if (high.Exponent - (low.Exponent + low.Bits) > Precision)
        {
            return high;
        }

        return new BigReal((high.Mantissa << (high.Exponent - low.Exponent)) + low.Mantissa, low.Exponent).Rounded();
    }

    public static BigReal operator -(BigReal a, BigReal b) => a + (-b);

    public static BigReal operator *(BigReal a, BigReal b) => new BigReal(a.Mantissa * b.Mantissa, a.Exponent + b.Exponent).Rounded();

    public static BigReal operator /(BigReal a, BigReal b)
    {
        int shift = Precision + b.Bits;
        return new BigReal((a.Mantissa << shift) / b.Mantissa, a.Exponent - shift - b.Exponent).Rounded();
    }

    /// <summary>The value to a few units in double's last place.</summary>
    public double ToDouble()
    {
        int shift = Math.Max(Bits - 60, 0);
        double mantissa = (double)(Mantissa >> shift);

        // In two steps, since the power of two alone may leave double's range.
        int exponent = Exponent + shift;
        return Math.ScaleB(Math.ScaleB(mantissa, exponent / 2), exponent - (exponent / 2));
    }

    public BigReal Abs() => new(BigInteger.Abs(Mantissa), Exponent);

    /// <summary>The exponent e with 2^e at most |value| and 2^(e+1) above.</summary>
    public int Log2Floor => Exponent + Bits - 1;

    private int Bits => (int)BigInteger.Abs(Mantissa).GetBitLength();

    public static BigReal Scale(BigReal value, int power) => value with { Exponent = value.Exponent + power };

    /// <summary>e^x = (e^(x/2^k))^(2^k), the inner one by its series.</summary>
    public static BigReal Exp(BigReal x)
    {
        if (x.IsZero)
        {
            return 1;
        }

        // Squaring k times loses k bits.
        int halvings = Math.Max(x.Log2Floor + 9, 0);
        BigReal power = 1 + SmallExpm1(Scale(x, -halvings));
        for (int i = 0; i < halvings; i++)
        {
            power *= power;
        }

        return power;
    }

    public static BigReal Expm1(BigReal x) => x.IsZero || x.Log2Floor < -20 ? SmallExpm1(x) : Exp(x) - 1;

    /// <summary>log x = k ln 2 + log m with m in [1, 2), so that the first guess below is a plain double even where x is not.</summary>
    public static BigReal Log(BigReal x)
    {
        int k = x.Log2Floor;
        BigReal y = LogByNewton(Scale(x, -k));
        return k == 0 ? y : y + (k * Ln2.Value);
    }

    /// <summary>Near 0 by the series 2 (s + s^3/3 + s^5/5 + ...) with s = x/(2+x).</summary>
    public static BigReal Log1p(BigReal x)
    {
        if (!x.IsZero && x.Log2Floor >= -8)
        {
            return Log(1 + x);
        }

        BigReal s = x / (2 + x);
        return Series(2 * s, s * s, static (term, square, n) => (term * square, (2 * n) + 1));
    }

    public static BigReal Tanh(BigReal x)
    {
        BigReal t = Expm1(2 * x);
        return t / (t + 2);
    }

    public static BigReal Sigmoid(BigReal x) => 1 / (1 + Exp(-x));

    public static BigReal Softplus(BigReal x) => Log1p(Exp(x));

    public static BigReal Sin(BigReal x) => SmallSin(x - (Turns(x) * 2 * Pi));

    public static BigReal Cos(BigReal x) => SmallSin((Pi / 2) - (x - (Turns(x) * 2 * Pi)));

    /// <summary>erf x by the series of positive terms 2/sqrt(pi) e^-x^2 (x + 2 x^3/3 + 4 x^5/15 + ...).</summary>
    public static BigReal Erf(BigReal x)
    {
        BigReal square = 2 * x * x;
        BigReal sum = Series(x, square, static (term, square, n) => (term * square / ((2 * n) + 1), 1));
        return 2 * sum * Exp(-(x * x)) / Sqrt(Pi);
    }

    public static BigReal Sqrt(BigReal x)
    {
        int shift = (2 * Precision) + (x.Exponent & 1);
        BigInteger scaled = x.Mantissa << shift;
        BigInteger root = BigInteger.One << (((int)scaled.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + (scaled / root)) >> 1;
            if (next >= root)
            {
                return new BigReal(root, (x.Exponent - shift) / 2).Rounded();
            }

            root = next;
        }
    }

    // y + 2 (x - e^y)/(x + e^y) triples the digits.
    private static BigReal LogByNewton(BigReal x)
    {
        BigReal y = Math.Log(x.ToDouble());
        for (int i = 0; i < 2; i++)
        {
            BigReal power = Exp(y);
            y += 2 * (x - power) / (x + power);
        }

        return y;
    }

    private static BigReal SmallExpm1(BigReal x) => Series(x, x, static (term, x, n) => (term * x / (n + 1), 1));

    // sin x = 3 sin(x/3) - 4 sin^3(x/3), five times over.
    private static BigReal SmallSin(BigReal x)
    {
        BigReal small = x / 243;
        BigReal sine = Series(small, small * small, static (term, square, n) => (-(term * square) / (2 * n * ((2 * n) + 1)), 1));
        for (int i = 0; i < 5; i++)
        {
            sine = (3 * sine) - (4 * sine * sine * sine);
        }

        return sine;
    }

    private static BigReal Turns(BigReal x)
    {
        BigReal quotient = x / (2 * Pi);
        return new BigReal(quotient.Exponent < 0 ? quotient.Mantissa >> -quotient.Exponent : quotient.Mantissa << quotient.Exponent, 0);
    }

    private static BigReal ArcTangentOfInverse(int n)
        => Series((BigReal)1 / n, (BigReal)1 / (n * n), static (term, square, k) => (-(term * square), (2 * k) + 1));

    // first + sum of term_n / divisor_n until they no longer count.
    private static BigReal Series(BigReal first, BigReal argument, Func<BigReal, BigReal, int, (BigReal Term, int Divisor)> next)
    {
        BigReal sum = first;
        BigReal term = first;
        for (int n = 1; !term.IsZero && term.Log2Floor > sum.Log2Floor - Precision; n++)
        {
            (term, int divisor) = next(term, argument, n);
            sum += divisor == 1 ? term : term / divisor;
        }

        return sum;
    }

    private BigReal Rounded()
    {
        int excess = Bits - Precision;
        return excess > 0 ? new(Mantissa >> excess, Exponent + excess) : this;
    }
}
