using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;

namespace Nabla;

/// <summary>
/// Exact numbers in formulas: whole, as a fraction (<c>1/4</c>), as a decimal where that is what the fraction says (tenths, hundredths: <c>0.1</c>, <c>0.001</c>) or
/// the fraction would be long, or by name (<c>pi</c>).
/// </summary>
internal static class RationalText
{
    // Denominators up to here are read more easily as fractions.
    private const int LargestShownDenominator = 100;

    /// <summary>The circle's number to 40 digits: any element type rounds it right.</summary>
    public static Rational Pi { get; } = Rational.Parse("3.141592653589793238462643383279502884197");

    /// <summary>The base of the natural logarithm to 40 digits.</summary>
    public static Rational E { get; } = Rational.Parse("2.718281828459045235360287471352662497757");

    /// <summary>The numbers that formulas know by name.</summary>
    public static FrozenDictionary<string, Rational> Constants { get; } = new Dictionary<string, Rational>
    {
        ["pi"] = Pi,
        ["E"] = E,
        ["inf"] = Rational.PositiveInfinity,
        ["nan"] = Rational.NaN,
    }.ToFrozenDictionary();

    /// <summary>Whether the number is written with a slash.</summary>
    public static bool IsQuotient(Rational value) => value.IsFinite && !value.IsInteger && value != Pi && value != E && Decimal(value) is null;

    /// <summary>Whether the denominator joins others below a fraction line, where there is one: a tenth of x is 0.1*x, but of x/y it is x/(10*y).</summary>
    public static bool GoesBelow(Rational value) => value is { IsFinite: true, IsInteger: false } && value.Denominator <= LargestShownDenominator;

    public static string Write(Rational value) =>
        value == Pi ? "pi" : value == E ? "E" : value == -Pi ? "-pi" : value == -E ? "-E" : Decimal(value) ?? value.ToString();

    // Null where the number is whole and short, is better as a fraction, or has no finite decimal.
    private static string? Decimal(Rational value)
    {
        if (!value.IsFinite || (value.IsInteger ? value.Numerator.GetBitLength() < 64 : value.Denominator <= LargestShownDenominator && !(value.Denominator % 10).IsZero))
        {
            return null;
        }

        (int twos, BigInteger rest) = Divide(value.Denominator, 2);
        (int fives, rest) = Divide(rest, 5);
        if (!rest.IsOne)
        {
            return null;
        }

        int decimals = Math.Max(twos, fives);
        BigInteger scaled = value.Numerator * BigInteger.Pow(10, decimals) / value.Denominator;
        (int zeros, scaled) = scaled.IsZero ? (0, scaled) : Divide(scaled, 10);
        decimals -= zeros;
        string sign = scaled.Sign < 0 ? "-" : "";
        string digits = BigInteger.Abs(scaled).ToString(CultureInfo.InvariantCulture);
        int exponent = digits.Length - 1 - decimals;
        if (exponent is < -5 or > 20)
        {
            string mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa}e{exponent}");
        }

        if (decimals <= 0)
        {
            return sign + digits + new string('0', -decimals);
        }

        digits = digits.PadLeft(decimals + 1, '0');
        return $"{sign}{digits[..^decimals]}.{digits[^decimals..]}";
    }

    private static (int Times, BigInteger Left) Divide(BigInteger value, int divisor)
    {
        int times = 0;
        for (BigInteger quotient = BigInteger.DivRem(value, divisor, out BigInteger rest); rest.IsZero; quotient = BigInteger.DivRem(value, divisor, out rest))
        {
            value = quotient;
            times++;
        }

        return (times, value);
    }
}
