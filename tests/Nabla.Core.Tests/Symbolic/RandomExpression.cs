using static Nabla.Sym;

namespace Nabla.Core.Tests.Symbolic;

/// <summary>Seeded expressions over all scalar ops, with a point inside their domain.</summary>
internal static class RandomExpression
{
    /// <summary>How many ways there are to make a node.</summary>
    public const int Ways = 27;

    /// <summary>An expression of about ten operations over w, x and b. With <paramref name="exact"/> its values are fractions.</summary>
    public static (Expr Expression, (Expr Symbol, Rational Value)[] Point) Make(int seed, bool exact = false)
    {
        Random random = new(seed);
        var (w, x, b) = Symbols("w x b");
        List<Expr> made = [w, x, b, w];
        for (int i = 0; i < 10; i++)
        {
            made.Add(Node(exact ? random.Next(11) : (seed + (i * 5) + random.Next(5)) % Ways, Pick(), Pick(), new Rational(random.Next(-9, 10), random.Next(1, 8))));
        }

        Expr result = made[^1] + made[^2] * made[^3];
        return (result, [(w, Coordinate()), (x, Coordinate()), (b, Coordinate())]);

        Expr Pick() => made[Math.Max(0, made.Count - 1 - random.Next(5))];

        Rational Coordinate() => new(random.Next(-36, 37), random.Next(5, 23));
    }

    // Arguments are held where the function is defined and no value overflows; 3.7 keeps the bounds themselves off common values.
    private static Expr Node(int way, Expr l, Expr r, Rational c) => way switch
    {
        0 or 1 => l + r,
        2 => l - r,
        3 or 4 => l * r,
        5 => l / (1 + r * r),
        6 => -l,
        7 => Pow(Clip(l, -3, 3), 3) + c,
        8 => Max(l, r),
        9 => Where((l < r) | (Eq(l, r) & !(r <= c)), l, r * c),
        10 => Min(Abs(l), c),
        11 => Exp(Min(l, 3.7)),
        12 => Log(R(1, 2) + l * l),
        13 => Log1p(Abs(l)),
        14 => Expm1(Min(l, 2.3)),
        15 => Sqrt(l * l + R(1, 3)),
        16 => Tanh(l),
        17 => Sigmoid(l),
        18 => Softplus(l),
        19 => Sin(Clip(l, -8.1, 8.1)),
        20 => Cos(l),
        21 => Erf(l),
        22 => Relu(l) + Floor(r) * c,
        23 => Sign(l) * r + Round(l),
        24 => Pow(R(1, 2) + Abs(Tanh(l)), Tanh(r)),
        25 => Where(IsFinite(l), l, 0) * c,
        _ => Clip(l, -5.3, 5.9),
    };
}
