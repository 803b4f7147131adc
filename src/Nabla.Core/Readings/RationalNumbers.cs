using System.Numerics;

namespace Nabla;

/// <summary>
/// Exact fractions: what a person computes on paper. A double comes in as its shortest decimal (0.1 is 1/10). Roots, exponentials and
/// the other functions whose values are not fractions are refused by name; comparisons, rounding and whole powers are exact.
/// </summary>
/// <param name="mostBits">The longest numerator or denominator; a longer one is refused.</param>
internal sealed class RationalNumbers(long mostBits) : NumberSystem<Rational>
{
    // Beyond these a power's digits would fill the memory before they meant anything to a reader.
    private const int LargestExponent = 100_000;

    public static RationalNumbers Instance { get; } = new(4_000_000);

    /// <summary>For numbers that a person reads: quick, and refused where nobody would read the digits.</summary>
    public static RationalNumbers Readable { get; } = new(10_000);

    public override string Name => "rational";

    public override Rational FromDouble(double value) => Rational.FromDouble(value);

    public override double ToDouble(Rational value) => value.ToDouble();

    public override Rational Constant(Rational value) => value;

    public override Rational Add(Rational a, Rational b) => Short(a + b);

    public override Rational Subtract(Rational a, Rational b) => Short(a - b);

    public override Rational Multiply(Rational a, Rational b) => Short(a * b);

    public override Rational Divide(Rational a, Rational b) => Short(a / b);

    public override Rational Negate(Rational x) => -x;

    public override Rational Power(Rational a, Rational b) => b.IsInteger && Abs(b) <= LargestExponent
        && Math.Max(a.Numerator.GetBitLength(), a.Denominator.GetBitLength()) * (long)BigInteger.Abs(b.Numerator) <= mostBits
        ? Rational.Pow(a, (int)b.Numerator)
        : throw Refuse($"power with the exponent {b}");

    // Squares of squares double their digits each time.
    private Rational Short(Rational x) =>
        Math.Max(x.Numerator.GetBitLength(), x.Denominator.GetBitLength()) <= mostBits ? x : throw new NotSupportedException($"A fraction of more than {mostBits:N0} binary digits is not computed exactly.");

    public override Rational Abs(Rational x) => x.Sign < 0 ? -x : x;

    public override Rational Sign(Rational x) => x.IsNaN ? x : x.Sign;

    public override Rational Floor(Rational x)
    {
        if (!x.IsFinite)
        {
            return x;
        }

        BigInteger quotient = BigInteger.DivRem(x.Numerator, x.Denominator, out BigInteger rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    public override Rational Round(Rational x)
    {
        Rational floor = Floor(x);
        if (!x.IsFinite)
        {
            return x;
        }

        int half = (x - floor).CompareTo(new Rational(1, 2));
        return half < 0 || (half == 0 && floor.Numerator.IsEven) ? floor : floor + 1;
    }

    public override Rational Maximum(Rational a, Rational b) => a.IsNaN || b.IsNaN ? Rational.NaN : a < b ? b : a;

    public override Rational Minimum(Rational a, Rational b) => a.IsNaN || b.IsNaN ? Rational.NaN : b < a ? b : a;

    public override bool Less(Rational a, Rational b) => a < b;

    public override bool LessOrEqual(Rational a, Rational b) => a <= b;

    // Rational's own equality lets NaN equal itself, so that constants can be keys; the op's does not.
    public override bool Equal(Rational a, Rational b) => !a.IsNaN && a == b;

    public override bool IsFinite(Rational x) => x.IsFinite;
}
