using System.Collections.Immutable;

namespace Nabla;

/// <summary>Rewrites for expressions whose numbers are exact, whatever they are rounded to later.</summary>
internal static class ExactRules
{
    // Numbers beyond this are kept as the product or power that they are: nobody reads their digits, and they would fill the memory.
    private const long MostBits = 20_000;

    // Longer ones are no numbers that somebody wrote.
    private const long LongestPlain = 64;

    /// <summary>Values of ops over numbers, by the ops' own evaluation over fractions; conditions that are decided.</summary>
    public static ImmutableArray<RewriteRule> All { get; } =
    [
        new("exact-value", true, Value),
        new("decided-case", true, n => n is { Op: Select, Inputs: [var condition, var a, var b] } ? IsTrue(condition) is { } holds ? holds ? a : b : null : null),
        new("decided-and", true, n => n is { Op: And, Inputs: [var a, var b] } ? IsTrue(a) is { } left ? left ? b : a : IsTrue(b) is { } right ? right ? a : b : null : null),
        new("decided-or", true, n => n is { Op: Or, Inputs: [var a, var b] } ? IsTrue(a) is { } left ? left ? a : b : IsTrue(b) is { } right ? right ? b : a : null : null),
    ];

    /// <summary>The number that a node is; null for every other node.</summary>
    public static Rational? NumberOf(Node node) => node.Op is Constant { Value: var value } ? value : null;

    private static bool? IsTrue(Node node) => NumberOf(node) is { } value ? value.Sign != 0 : null;

    private static Node? Value(Node node)
    {
        if (node.Inputs.IsEmpty || !node.Inputs.All(n => NumberOf(n) is { } value && Bits(value) <= MostBits) || IsTooLarge(node))
        {
            return null;
        }

        if (node.Op is UnaryOp op && op.Exactly(NumberOf(node.Inputs[0])!.Value) is { } known)
        {
            return Constant(node, known);
        }

        try
        {
            RationalNumbers math = RationalNumbers.Instance;
            var inputs = node.Inputs.Select(n => n.Op.Evaluate(new EvaluationContext<Rational>(n, [], math)));
            Value<Rational> value = node.Op.Evaluate(new EvaluationContext<Rational>(node, [.. inputs], math));
            if (node.TensorType.DType == DType.Boolean)
            {
                return Constant(node, value.Booleans[0] ? 1 : 0);
            }

            // pi + 1 stays that: its digits would say nothing. pi - pi is 0, and 2*pi is known.
            Rational number = value.Floats[0];
            bool losesName = Bits(number) > LongestPlain && !KnownNumbers.IsNamed(number) && node.Inputs.Any(n => KnownNumbers.IsNamed(NumberOf(n)!.Value));
            return losesName ? null : Constant(node, number);
        }
        catch (NotSupportedException)
        {
            return null; // not a fraction: sin(1) stays sin(1)
        }
    }

    private static Node Constant(Node like, Rational value) => like.Builder.Constant(value, like.TensorType.DType).Node;

    private static long Bits(Rational value) => value.Numerator.GetBitLength() + value.Denominator.GetBitLength();

    private static bool IsTooLarge(Node node) =>
        node is { Op: Power, Inputs: [var a, var b] } && Bits(NumberOf(a)!.Value) * Math.Abs(NumberOf(b)!.Value.ToDouble()) > MostBits && NumberOf(a)!.Value is var n && n != 1 && n != -1 && n.Sign != 0;
}
