using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// Rewrites that take the guards out of the derivative of a power: <c>where(y == 0, 0, y*x^(y - 1))</c> becomes <c>y*x^(y - 1)</c>. A guard
/// gives a value only where the plain formula has none, or the same one: it is for machines, and no teacher writes it. What is computed in
/// training keeps it.
/// </summary>
internal static class GuardRules
{
    public static ImmutableArray<RewriteRule> All { get; } =
    [
        new("power-guard", false, n => n is { Op: Select, Inputs: [var isZero, var zero, { Op: Multiply, Inputs: [var b, { Op: Power, Inputs: [_, { Op: Subtract, Inputs: [var exponent, _] }] }] } plain] }
            && Is(zero, 0) && exponent == b && IsZero(isZero, b) ? plain : null),
        new("logarithm-guard", false, n => n is { Op: Select, Inputs: [var isZero, var zero, { Op: Multiply, Inputs: [{ Op: Power } y, { Op: Log, Inputs: [{ Op: Select, Inputs: [var inner, var one, var a] }] }] }] }
            && inner == isZero && Is(zero, 0) && Is(one, 1) && y.Inputs[0] == a && IsZero(isZero, a) ? (new Tensor(y) * new Tensor(a).Log()).Node : null),
    ];

    private static bool Is(Node node, Rational value) => ExactRules.NumberOf(node) == value;

    private static bool IsZero(Node condition, Node x) => condition is { Op: Equal, Inputs: [var a, var b] } && a == x && Is(b, 0);
}
