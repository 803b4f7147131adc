using static Nabla.Sym;

namespace Nabla.Core.Tests.Symbolic;

/// <summary>
/// Seeded expressions of other shapes than <see cref="RandomExpression"/>'s: deep chains, quotients of quotients, choices in choices, parts that
/// come again, products of five symbols with letters above, and numbers such as 1/3, 0.1, 1e-3 and whole ones of twelve digits.
/// </summary>
internal static class RandomShape
{
    private static readonly Expr[] Numbers =
        [R(1, 3), 0.1, 1e-3, 123_456_789_012, R(-7, 11), 2, 3, -1, R(22, 7), 0.25, 1_000_003, R(1, 999), -0.5, 1, 17];

    /// <summary>An expression over w and up to four other symbols, with a point inside its domain.</summary>
    public static (Expr Expression, (Expr Symbol, Rational Value)[] Point) Make(int seed, bool exact = false)
    {
        Random random = new(seed);
        Expr[] symbols = [.. Symbols("w u v s t")];
        Expr w = symbols[0];
        Expr result = (seed % 5) switch
        {
            0 => Chain(),
            1 => Quotient(exact ? 2 : 3),
            2 => Choice(3),
            3 => Again(),
            _ => Monomials(),
        };
        return (result, [.. symbols.Select(s => (s, new Rational(random.Next(1, 30) * (random.Next(2) == 0 || seed % 5 == 4 ? 1 : -1), random.Next(7, 19))))]);

        Expr Symbol() => random.Next(3) == 0 ? w : symbols[random.Next(symbols.Length)];
        Expr Number() => Numbers[random.Next(Numbers.Length)];
        Expr Small() => R(random.Next(-9, 10), random.Next(2, 9));

        // Values stay within a few units, so that no link of the chain overflows or loses all digits.
        Expr Chain()
        {
            Expr at = w * Symbol() + Small();
            for (int i = 0; i < (exact ? 3 : 5); i++) // fractions grow threefold with a link
            {
                at = random.Next(exact ? 3 : 9) switch
                {
                    0 => at / (1 + at * at) + Symbol(),
                    1 => Pow(Clip(at, -2, 2), 2) - Small() * w,
                    2 => -(Symbol() - at) / 3,
                    3 => Sigmoid(at) * Symbol(),
                    4 => Log(1 + Exp(Clip(at, -5, 5))) - Symbol(),
                    5 => Tanh(at) + at * R(1, 3),
                    6 => Sin(at) - Cos(Symbol()),
                    7 => Sqrt(1 + at * at),
                    _ => Exp(-at * at / 2) * (at + 1),
                };
            }

            return at;
        }

        Expr Quotient(int depth) => depth == 0
            ? Symbol() + Number() * R(1, 1_000_000_007)
            : (Quotient(depth - 1) * Small() + Symbol()) / (1 + Pow(Quotient(depth - 1), 2)) - Small() / (2 + Pow(Symbol(), 2));

        Expr Choice(int depth) => depth == 0
            ? Small() * Pow(Symbol(), random.Next(1, 3)) + Number() / 1_000
            : Where(random.Next(4) switch
            {
                0 => Symbol() < Small(),
                1 => (w > Small()) & (Symbol() <= 1),
                2 => !(Symbol() * w <= Small()) | Eq(Symbol(), Small()),
                _ => Symbol() >= Symbol(),
            }, Choice(depth - 1), Choice(depth - 1)) * Small() + Max(Choice(depth - 1) * R(1, 7), Symbol());

        Expr Again()
        {
            Expr part = w * Symbol() + Symbol() - Small();
            Expr other = exact ? part / (2 + part * part) : Sigmoid(part);
            Expr sum = part * other;
            for (int i = 0; i < (exact ? 2 : 3); i++)
            {
                sum = random.Next(5) switch
                {
                    0 => sum + Number() * R(1, 1_000_000) * Pow(part, 2),
                    1 => sum - part * (other - sum) / 3,
                    2 => (sum + other) * (1 - other),
                    3 => sum / (1 + other * other) + part / 10,
                    _ => -(sum - part) + other * w,
                };
            }

            return sum;
        }

        Expr Monomials()
        {
            Expr sum = Number() * R(1, 1_000_003) * w;
            for (int i = 0; i < 5; i++)
            {
                Expr term = Number() * R(1, 1_000);
                for (int k = random.Next(1, 4); k >= 0; k--)
                {
                    term = random.Next(exact ? 3 : 5) switch
                    {
                        0 => term * Pow(Symbol(), random.Next(1, 4)),
                        1 => term / Pow(Symbol(), random.Next(1, 3)),
                        2 => -term * Symbol(),
                        3 => term * Pow(Symbol(), R(random.Next(-3, 4), 2)),
                        _ => term * Pow(Symbol(), Symbol() - random.Next(0, 3)),
                    };
                }

                sum = random.Next(2) == 0 ? sum + term : sum - term;
            }

            return sum;
        }
    }
}
