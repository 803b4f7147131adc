using System.Globalization;
using System.Numerics;

namespace Nabla;

/// <summary>
/// An exact fraction in lowest terms, with the three values that a float has beside numbers: NaN and both infinities.
/// Constants of a graph are rationals, rounded only when they are lowered or interpreted in a rounding type.
/// </summary>
/// <example><code>
/// Rational third = new(1, 3), tenth = 0.1;
/// Rational sum = third + tenth;   // 13/30, without rounding
/// double rounded = sum.ToDouble();   // 0.43333333333333335
/// </code></example>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private readonly BigInteger _denominatorMinusOne; // so that default(Rational) is 0/1

    private Rational(BigInteger numerator, BigInteger denominator, bool reduced)
    {
        if (!reduced)
        {
            BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
            if (divisor > BigInteger.One)
            {
                numerator /= divisor;
                denominator /= divisor;
            }

            if (denominator.Sign < 0)
            {
                numerator = -numerator;
                denominator = -denominator;
            }
        }

        Numerator = numerator;
        _denominatorMinusOne = denominator - BigInteger.One;
    }

    /// <summary>The fraction <paramref name="numerator"/> / <paramref name="denominator"/>; a zero denominator gives an infinity, or NaN for 0/0.</summary>
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        this = denominator.IsZero ? new Rational(numerator.Sign, BigInteger.Zero, reduced: true) : new Rational(numerator, denominator, reduced: false);
    }

    /// <summary>Not a number.</summary>
    public static Rational NaN => new(BigInteger.Zero, BigInteger.Zero, reduced: true);

    /// <summary>Above every number.</summary>
    public static Rational PositiveInfinity => new(BigInteger.One, BigInteger.Zero, reduced: true);

    /// <summary>Below every number.</summary>
    public static Rational NegativeInfinity => new(BigInteger.MinusOne, BigInteger.Zero, reduced: true);

    /// <summary>0.</summary>
    public static Rational Zero => default;

    /// <summary>1.</summary>
    public static Rational One => new(BigInteger.One, BigInteger.One, reduced: true);

    /// <summary>The part above the line; carries the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The part below the line; positive, and 0 only for NaN and the infinities.</summary>
    public BigInteger Denominator => _denominatorMinusOne + BigInteger.One;

    /// <summary>Whether this is a number: neither NaN nor infinite.</summary>
    public bool IsFinite => !Denominator.IsZero;

    /// <summary>Whether this is not a number.</summary>
    public bool IsNaN => Denominator.IsZero && Numerator.IsZero;

    /// <summary>Whether this is a whole number.</summary>
    public bool IsInteger => Denominator.IsOne;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Numerator.Sign;

    /// <summary>A whole number.</summary>
    public static implicit operator Rational(int value) => new(value, BigInteger.One, reduced: true);

    /// <summary>A whole number.</summary>
    public static implicit operator Rational(long value) => new(value, BigInteger.One, reduced: true);

    /// <summary>A whole number.</summary>
    public static implicit operator Rational(BigInteger value) => new(value, BigInteger.One, reduced: true);

    /// <summary>The double's shortest decimal, exactly: 0.1 is 1/10.</summary>
    public static implicit operator Rational(double value) => FromDouble(value);

    /// <summary>The double's shortest decimal, exactly: 0.1 is 1/10.</summary>
    public static Rational FromDouble(double value)
    {
        if (double.IsNaN(value))
        {
            return NaN;
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? PositiveInfinity : NegativeInfinity;
        }

        return Parse(value.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>The double's binary value, exactly: 0.1 is 3602879701896397/36028797018963968.</summary>
    public static Rational FromDoubleBits(double value)
    {
        if (!double.IsFinite(value))
        {
            return FromDouble(value);
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long fraction = bits & 0xFFFFFFFFFFFFFL;
        BigInteger mantissa = exponent == 0 ? fraction : fraction | (1L << 52);
        int power = Math.Max(exponent, 1) - 1075;
        mantissa = bits < 0 ? -mantissa : mantissa;
        return power >= 0 ? mantissa << power : new Rational(mantissa, BigInteger.One << -power);
    }

    /// <summary>Reads <c>3</c>, <c>-1/4</c>, <c>0.25</c>, <c>1e-3</c>, <c>nan</c>, <c>inf</c> or <c>-inf</c>.</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static Rational Parse(string text)
    {
        switch (text)
        {
            case "nan":
                return NaN;
            case "inf":
                return PositiveInfinity;
            case "-inf":
                return NegativeInfinity;
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            return Parse(text[..slash]) / Parse(text[(slash + 1)..]);
        }

        int e = text.IndexOfAny(['e', 'E']);
        int exponent = 0;
        string mantissa = e < 0 ? text : text[..e];
        if (e >= 0 && (!int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > 100_000))
        {
            throw new FormatException($"Rational: expected a number such as 3, -1/4, 0.25 or 1e-3, received '{text}'.");
        }

        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        string digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        if (!BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger whole))
        {
            throw new FormatException($"Rational: expected a number such as 3, -1/4, 0.25 or 1e-3, received '{text}'.");
        }

        int power = exponent - decimals;
        return power >= 0 ? whole * BigInteger.Pow(10, power) : new Rational(whole, BigInteger.Pow(10, -power));
    }

    /// <summary>The sum.</summary>
    public static Rational operator +(Rational a, Rational b) => a.IsFinite && b.IsFinite
        ? new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator)
        : FromDouble(a.ToDouble() + b.ToDouble());

    /// <summary>The difference.</summary>
    public static Rational operator -(Rational a, Rational b) => a + (-b);

    /// <summary>The negative.</summary>
    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator, reduced: true);

    /// <summary>The product.</summary>
    public static Rational operator *(Rational a, Rational b) => a.IsFinite && b.IsFinite
        ? new(a.Numerator * b.Numerator, a.Denominator * b.Denominator)
        : FromDouble(a.ToDouble() * b.ToDouble());

    /// <summary>The quotient; dividing by zero gives an infinity, or NaN for 0/0.</summary>
    public static Rational operator /(Rational a, Rational b) => a.IsFinite && b.IsFinite
        ? new(a.Numerator * b.Denominator, a.Denominator * b.Numerator)
        : FromDouble(a.ToDouble() / b.ToDouble());

    /// <summary>Whether <paramref name="a"/> is below <paramref name="b"/>; false where either is NaN.</summary>
    public static bool operator <(Rational a, Rational b) => !a.IsNaN && !b.IsNaN && a.CompareTo(b) < 0;

    /// <summary>Whether <paramref name="a"/> is above <paramref name="b"/>; false where either is NaN.</summary>
    public static bool operator >(Rational a, Rational b) => b < a;

    /// <summary>Whether <paramref name="a"/> is at most <paramref name="b"/>; false where either is NaN.</summary>
    public static bool operator <=(Rational a, Rational b) => !a.IsNaN && !b.IsNaN && a.CompareTo(b) <= 0;

    /// <summary>Whether <paramref name="a"/> is at least <paramref name="b"/>; false where either is NaN.</summary>
    public static bool operator >=(Rational a, Rational b) => b <= a;

    /// <summary>The same number. NaN equals NaN here, so that constants can be keys.</summary>
    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    /// <summary>Different numbers.</summary>
    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    /// <summary>Raises to a whole power.</summary>
    public static Rational Pow(Rational value, int exponent)
    {
        if (!value.IsFinite)
        {
            return FromDouble(Math.Pow(value.ToDouble(), exponent));
        }

        int size = Math.Abs(exponent);
        BigInteger numerator = BigInteger.Pow(value.Numerator, size);
        BigInteger denominator = BigInteger.Pow(value.Denominator, size);
        return exponent >= 0 ? new Rational(numerator, denominator) : new Rational(denominator, numerator);
    }

    /// <summary>The square root where it is a fraction; null elsewhere.</summary>
    public static Rational? SquareRoot(Rational value)
    {
        if (!value.IsFinite || value.Sign < 0)
        {
            return null;
        }

        return Root(value.Numerator) is { } above && Root(value.Denominator) is { } below ? new Rational(above, below) : null;

        // Newton's way from above, which stops at the whole part.
        static BigInteger? Root(BigInteger square)
        {
            if (square.IsZero)
            {
                return square;
            }

            BigInteger root = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
            for (BigInteger next = (root + square / root) >> 1; next < root; next = (root + square / root) >> 1)
            {
                root = next;
            }

            return root * root == square ? root : null;
        }
    }

    /// <summary>The nearest double, ties to even.</summary>
    public double ToDouble() => Round(53, -1074, 1023);

    /// <summary>The nearest float, ties to even.</summary>
    public float ToSingle() => (float)Round(24, -149, 127);

    // Rounds once to `bits` of precision: shifts the quotient so that it has exactly bits (or fewer where subnormal), then ties to even.
    private double Round(int bits, int minExponent, int maxExponent)
    {
        if (!IsFinite)
        {
            return IsNaN ? double.NaN : Sign > 0 ? double.PositiveInfinity : double.NegativeInfinity;
        }

        if (Numerator.IsZero)
        {
            return 0;
        }

        BigInteger n = BigInteger.Abs(Numerator);
        long exponent = n.GetBitLength() - Denominator.GetBitLength() - bits; // quotient / 2^exponent has bits or bits + 1 digits
        for (; ; exponent++)
        {
            long at = Math.Max(exponent, minExponent);
            BigInteger scaled = at >= 0 ? n : n << (int)-at;
            BigInteger divisor = at >= 0 ? Denominator << (int)at : Denominator;
            BigInteger quotient = BigInteger.DivRem(scaled, divisor, out BigInteger rest);
            int half = (rest << 1).CompareTo(divisor);
            if (half > 0 || (half == 0 && !quotient.IsEven))
            {
                quotient += 1;
            }

            if (quotient.GetBitLength() > bits + (at > exponent ? 1 : 0) && quotient != BigInteger.One << bits)
            {
                continue;
            }

            if (at + quotient.GetBitLength() - 1 > maxExponent)
            {
                return Sign > 0 ? double.PositiveInfinity : double.NegativeInfinity;
            }

            double value = Math.ScaleB((double)quotient, (int)at);
            return Sign > 0 ? value : -value;
        }
    }

    /// <inheritdoc/>
    public int CompareTo(Rational other) => IsFinite && other.IsFinite
        ? (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator)
        : ToDouble().CompareTo(other.ToDouble());

    /// <inheritdoc/>
    public bool Equals(Rational other) => Numerator == other.Numerator && _denominatorMinusOne == other._denominatorMinusOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, _denominatorMinusOne);

    /// <summary><c>3</c>, <c>-1/4</c>, <c>nan</c>, <c>inf</c> or <c>-inf</c>.</summary>
    public override string ToString() =>
        !IsFinite ? (IsNaN ? "nan" : Sign > 0 ? "inf" : "-inf")
        : IsInteger ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
