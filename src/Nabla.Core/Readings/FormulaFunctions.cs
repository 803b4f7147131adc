using System.Collections.Frozen;

namespace Nabla;

/// <summary>The functions that formulas may call, by name.</summary>
internal static class FormulaFunctions
{
    /// <summary>
    /// A function of <paramref name="Arguments"/> arguments; null means two or more, taken in pairs from the left. With <paramref name="IsLetter"/>
    /// the name without parentheses is a letter as any other: σ(z) is the sigmoid, σ alone a deviation.
    /// </summary>
    public sealed record Function(int? Arguments, Func<Tensor[], Tensor> Apply, bool IsLetter = false);

    public static FrozenDictionary<string, Function> All { get; } = new Dictionary<string, Function>
    {
        ["exp"] = One(x => x.Exp()),
        ["log"] = One(x => x.Log()),
        ["ln"] = One(x => x.Log()),
        ["log1p"] = One(x => x.Log1p()),
        ["expm1"] = One(x => x.Expm1()),
        ["sqrt"] = One(x => x.Sqrt()),
        ["tanh"] = One(x => x.Tanh()),
        ["sigmoid"] = One(x => x.Sigmoid()),
        ["sigma"] = One(x => x.Sigmoid()) with { IsLetter = true },
        ["softplus"] = One(x => x.Softplus()),
        ["relu"] = One(x => Nn.Relu(x)),
        ["sin"] = One(x => x.Sin()),
        ["cos"] = One(x => x.Cos()),
        ["erf"] = One(x => x.Erf()),
        ["abs"] = One(x => x.Abs()),
        ["sign"] = One(x => x.Sign()),
        ["floor"] = One(x => x.Floor()),
        ["round"] = One(x => x.Round()),
        ["is_finite"] = One(x => x.IsFinite()),
        ["max"] = new(null, a => a.Aggregate((x, y) => x.Maximum(y))),
        ["min"] = new(null, a => a.Aggregate((x, y) => x.Minimum(y))),
        ["where"] = new(3, a => Tensor.Select(a[0], a[1], a[2])),
        ["clip"] = new(3, a => a[0].Clip(Bound(a[1]), Bound(a[2]))),
    }.ToFrozenDictionary();

    /// <summary>Whether a name alone, without parentheses, can only be a function's.</summary>
    public static bool IsReserved(string name) => All.TryGetValue(name, out Function? function) && !function.IsLetter;

    /// <summary>What an operator between two values makes.</summary>
    public static Tensor Combine(string symbol, Tensor a, Tensor b) => symbol switch
    {
        "or" => a.Or(b),
        "and" => a.And(b),
        "==" => a.EqualTo(b),
        "!=" => a.EqualTo(b).Not(),
        "<=" => a.AtMost(b),
        ">=" => a.AtLeast(b),
        "<" => a.LessThan(b),
        ">" => a.GreaterThan(b),
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        _ => throw new ArgumentException($"Formula: '{symbol}' is no operator."),
    };

    private static Function One(Func<Tensor, Tensor> apply) => new(1, a => apply(a[0]));

    private static Rational Bound(Tensor bound) => bound.AsConstant()
        ?? throw new ShapeException("clip: expected numbers as bounds. For bounds that vary write min(max(x, low), high)");
}
