using System.Collections.Immutable;
using System.Numerics;

namespace Nabla;

/// <summary>
/// Numbers that people write by a name or as a root: a fraction times powers of pi, E, sqrt(2), sqrt(pi), log(2) and their kin. Constants of a graph are exact
/// fractions, so that 2*pi is twice the fraction that pi is, and is found as that; the nearest doubles count as the numbers that they stand for.
/// </summary>
internal static class KnownNumbers
{
    // What is left beside them is a number that somebody wrote, not digits that happen to divide.
    private const int LongestRest = 40;

    private static readonly Formula Pi = new Formula.Number(RationalText.Pi);
    private static readonly Formula E = new Formula.Number(RationalText.E);
    private static readonly Formula RootOfTwo = Of("sqrt", new Formula.Number(2));
    private static readonly Formula RootOfPi = Of("sqrt", Pi);
    private static readonly Formula RootOfTwoPi = Of("sqrt", new Formula.Infix("*", new Formula.Number(2), Pi));
    private static readonly Formula LogOfTwo = Of("log", new Formula.Number(2));
    private static readonly Formula LogOfTen = Of("log", new Formula.Number(10));

    private static readonly ImmutableArray<Row> Rows =
    [
        new(RationalText.Pi, Pi, 1), new(Math.PI, Pi, 1), new(2 * (Rational)(Math.PI / 2), Pi, 1), new(1 / Math.PI, Pi, -1), // a half of pi rounds to one more digit
        new(RationalText.E, E, 1), new(Math.E, E, 1),
        new(1.4142135623730951, RootOfTwo, 1), new(0.7071067811865476, RootOfTwo, -1), new(0.7071067811865475, RootOfTwo, -1), // the root of 1/2, and 1 over the root of 2
        new(1.7724538509055159, RootOfPi, 1), new(0.5641895835477563, RootOfPi, -1),
        new(2.5066282746310002, RootOfTwoPi, 1), new(0.3989422804014327, RootOfTwoPi, -1),
        new(0.6931471805599453, LogOfTwo, 1), new(1.4426950408889634, LogOfTwo, -1),
        new(2.302585092994046, LogOfTen, 1), new(0.4342944819032518, LogOfTen, -1),
    ];

    // The digits of a row: its numerator without twos and fives, which a decimal point may have taken or given.
    private sealed record Row(Rational Value, Formula Formula, int Exponent)
    {
        public BigInteger Digits { get; } = Without(Without(Value.Numerator, 2), 5);

        private static BigInteger Without(BigInteger value, int divisor)
        {
            while ((value % divisor).IsZero)
            {
                value /= divisor;
            }

            return value;
        }
    }

    /// <summary>Whether a number has one of them in it.</summary>
    public static bool IsNamed(Rational value) => Parts(value) is not null;

    /// <summary>A number as a fraction times powers of them; null where none is in it.</summary>
    public static (Rational Fraction, ImmutableArray<(Formula Formula, int Exponent)> Powers)? Parts(Rational value)
    {
        if (IsShort(value) || !value.IsFinite)
        {
            return null;
        }

        Dictionary<Formula, int> powers = new(ReferenceEqualityComparer.Instance);
        foreach (Row row in Rows)
        {
            for (; (value.Numerator % row.Digits).IsZero && !IsShort(value); value /= row.Value)
            {
                powers[row.Formula] = powers.GetValueOrDefault(row.Formula) + row.Exponent;
            }

            for (; (value.Denominator % row.Digits).IsZero && !IsShort(value); value *= row.Value)
            {
                powers[row.Formula] = powers.GetValueOrDefault(row.Formula) - row.Exponent;
            }
        }

        return powers.Count > 0 && IsShort(value) ? (value, [.. powers.Where(p => p.Value != 0).Select(p => (p.Key, p.Value))]) : null;
    }

    /// <summary>A number as people write it: itself, or <c>2*pi</c>, <c>2/sqrt(pi)</c>.</summary>
    public static Formula ToFormula(Rational value)
    {
        if (Parts(value) is not var (rest, powers))
        {
            return Sum(value) ?? new Formula.Number(value);
        }

        if (powers is [(Formula.Number { Value: var known }, 1)] && (rest == Rational.One || rest == -1))
        {
            return new Formula.Number(rest * known);
        }

        Formula? above = Product(powers.Where(p => p.Exponent > 0), BigInteger.Abs(rest.Numerator));
        Formula? below = Product(powers.Where(p => p.Exponent < 0), rest.Denominator);
        above ??= new Formula.Number(1);
        Formula whole = below is null ? above : new Formula.Infix("/", above, below);
        return rest.Sign < 0 ? new Formula.Prefix("-", whole) : whole;
    }

    // pi - 1, as the power rule makes it of an exponent.
    private static Formula? Sum(Rational value)
    {
        foreach (Formula known in value.IsFinite && !IsShort(value) ? [Pi, E] : Array.Empty<Formula>())
        {
            Rational left = value - ((Formula.Number)known).Value;
            if (IsShort(left))
            {
                return new Formula.Infix(left.Sign < 0 ? "-" : "+", known, new Formula.Number(left.Sign < 0 ? -left : left));
            }
        }

        return null;
    }

    private static Formula? Product(IEnumerable<(Formula Formula, int Exponent)> powers, BigInteger number) => powers
        .Select(p => Math.Abs(p.Exponent) == 1 ? p.Formula : new Formula.Power(p.Formula, new Formula.Number(Math.Abs(p.Exponent))))
        .Aggregate(number.IsOne ? null : (Formula)new Formula.Number(number), (product, factor) => product is null ? factor : new Formula.Infix("*", product, factor));

    private static bool IsShort(Rational value) => value.Numerator.GetBitLength() <= LongestRest && value.Denominator.GetBitLength() <= LongestRest;

    private static Formula.Call Of(string function, Formula x) => new(function, [x]);
}
