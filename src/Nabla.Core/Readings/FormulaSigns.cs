using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Nabla;

/// <summary>The signs of mathematics that stand for the operators of formulas: one table for what is printed and what is read.</summary>
internal static class FormulaSigns
{
    private sealed record Row(string Operator, char Sign, string AlsoTyped = "");

    private static readonly ImmutableArray<Row> Rows =
    [
        new("<=", '≤', "⩽≦"),
        new(">=", '≥', "⩾≧"),
        new("!=", '≠'),
        new("and", '∧'),
        new("or", '∨'),
        new("not", '¬'),
        new("-", '−', "–"), // a page's minus, and the dash that some editors make of one
        new("*", '·', "×⋅∙∗"),
        new("/", '÷', "∕"),
    ];

    private static readonly FrozenDictionary<string, string> Signs = Rows.ToFrozenDictionary(r => r.Operator, r => r.Sign.ToString());

    private static readonly FrozenDictionary<char, string> Operators =
        Rows.SelectMany(r => r.AlsoTyped.Prepend(r.Sign).Select(sign => (sign, r.Operator))).ToFrozenDictionary(p => p.sign, p => p.Operator);

    /// <summary>The sign of an operator; the operator itself where it has no other.</summary>
    public static string Of(string name) => Signs.GetValueOrDefault(name, name);

    /// <summary>The operator that a sign stands for; null where it is none.</summary>
    public static string? OperatorOf(char sign) => Operators.GetValueOrDefault(sign);
}
