using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// Removes what does nothing: factors of one, double negatives, reshapes of reshapes. Common subexpressions and unused nodes go on the way.
/// Every rule has a name; the exact rules keep every value to the bit, the relaxed ones (x + 0, x · 0, x - x) may change signs of zero, NaN or the last digit.
/// </summary>
/// <example><code>
/// Graph graph = new("as written", [input.Node], [new GraphOutput("y", (1 * -(-input)).Node)]);
/// Console.WriteLine(Simplify.Run(graph));   // the input alone is left
/// </code></example>
public static class Simplify
{
    /// <summary>The rules that keep every value to the bit.</summary>
    public static ImmutableArray<RewriteRule> ExactRules { get; } =
    [
        new("multiply-by-one", true, n => n is { Op: Multiply, Inputs: [var a, var b] } ? IsConstant(b, 1) ? a : IsConstant(a, 1) ? b : null : null),
        new("divide-by-one", true, n => n is { Op: Divide, Inputs: [var a, var b] } && IsConstant(b, 1) ? a : null),
        new("power-of-one", true, n => n is { Op: Power, Inputs: [var a, var b] } && IsConstant(b, 1) ? a : null),
        new("subtract-zero", true, n => n is { Op: Subtract, Inputs: [var a, var b] } && IsConstant(b, 0) ? a : null),
        new("multiply-by-minus-one", true, n => n is { Op: Multiply, Inputs: [var a, var b] } ? IsConstant(b, -1) ? Make(new Negate(), a) : IsConstant(a, -1) ? Make(new Negate(), b) : null : null),
        new("double-negative", true, n => n is { Op: Negate, Inputs: [{ Op: Negate, Inputs: [var x] }] } ? x : null),
        new("add-negative", true, n => n is { Op: Add, Inputs: [var a, { Op: Negate, Inputs: [var b] }] } ? Make(new Subtract(), a, b) : null),
        new("add-to-negative", true, n => n is { Op: Add, Inputs: [{ Op: Negate, Inputs: [var a] }, var b] } ? Make(new Subtract(), b, a) : null),
        new("subtract-negative", true, n => n is { Op: Subtract, Inputs: [var a, { Op: Negate, Inputs: [var b] }] } ? Make(new Add(), a, b) : null),
        new("negatives-cancel", true, n => n is { Op: Multiply or Divide, Inputs: [{ Op: Negate, Inputs: [var a] }, { Op: Negate, Inputs: [var b] }] } ? Make(n.Op, a, b) : null),
        new("negative-factor", true, n => n is { Op: Multiply or Divide, Inputs: [{ Op: Negate, Inputs: [var a] }, var b] } ? Make(new Negate(), Make(n.Op, a, b)) : null),
        new("negative-second-factor", true, n => n is { Op: Multiply or Divide, Inputs: [var a, { Op: Negate, Inputs: [var b] }] } ? Make(new Negate(), Make(n.Op, a, b)) : null),
        new("twice", true, n => n is { Op: Add, Inputs: [var a, var b] } && a == b ? Make(new Multiply(), Like(n, 2), a) : null),
        new("double-not", true, n => n is { Op: Not, Inputs: [{ Op: Not, Inputs: [var x] }] } ? x : null),
        new("same-either-way", true, n => n is { Op: Select, Inputs: [_, var a, var b] } && a == b ? a : null),
        new("cast-to-itself", true, n => n is { Op: Cast, Inputs: [var x] } && x.TensorType.DType == n.TensorType.DType ? x : null),
        new("broadcast-to-itself", true, n => n is { Op: Broadcast or Reshape, Inputs: [var x] } && x.Type.Equals(n.Type) ? x : null),
        new("broadcast-of-broadcast", true, n => n is { Op: Broadcast outer, Inputs: [{ Op: Broadcast inner, Inputs: [var x] }] } ? Make(outer with { Mapping = [.. inner.Mapping.Select(a => outer.Mapping[a])] }, x) : null),
        new("reshape-of-reshape", true, n => n is { Op: Reshape, Inputs: [{ Op: Reshape, Inputs: [var x] }] } ? Make(n.Op, x) : null),
        new("exact-constants", true, FoldExactly),
    ];

    /// <summary>The rules that may change a value: the sign of a zero, NaN and infinity where a factor is zero, the last digit of a folded constant.</summary>
    public static ImmutableArray<RewriteRule> RelaxedRules { get; } =
    [
        new("add-zero", false, n => n is { Op: Add, Inputs: [var a, var b] } ? IsConstant(b, 0) ? a : IsConstant(a, 0) ? b : null : null),
        new("zero-minus", false, n => n is { Op: Subtract, Inputs: [var a, var b] } && IsConstant(a, 0) ? Make(new Negate(), b) : null),
        new("multiply-by-zero", false, n => n is { Op: Multiply, Inputs: [var a, var b] } && (IsConstant(a, 0) || IsConstant(b, 0)) ? Like(n, 0) : null),
        new("zero-divided", false, n => n is { Op: Divide, Inputs: [var a, _] } && IsConstant(a, 0) ? Like(n, 0) : null),
        new("minus-itself", false, n => n is { Op: Subtract, Inputs: [var a, var b] } && a == b ? Like(n, 0) : null),
        new("divided-by-itself", false, n => n is { Op: Divide, Inputs: [var a, var b] } && a == b ? Like(n, 1) : null),
        new("power-of-zero", false, n => n is { Op: Power, Inputs: [_, var b] } && IsConstant(b, 0) ? Like(n, 1) : null),
        new("constants", false, Fold),
    ];

    /// <summary>A rule for what comes after differentiation: nothing is left to stop.</summary>
    public static RewriteRule DropStopGradient { get; } = new("drop-stop-gradient", true, n => n is { Op: StopGradient, Inputs: [var x] } ? x : null);

    /// <summary>Simplifies a graph by the exact rules, or, with <paramref name="relaxed"/>, by all.</summary>
    /// <param name="graph">The graph; it is not changed.</param>
    /// <param name="relaxed">Whether values may change as <see cref="RelaxedRules"/> say.</param>
    /// <param name="steps">Receives every firing of a rule, in order.</param>
    public static Graph Run(Graph graph, bool relaxed = false, ICollection<RewriteStep>? steps = null) =>
        Rewriter.Run(graph, relaxed ? [.. ExactRules, .. RelaxedRules] : ExactRules, steps);

    private static Node Make(Op op, params ReadOnlySpan<Node> inputs) => inputs[0].Builder.Add(op, inputs);

    private static Node Like(Node node, Rational value) => new Tensor(node).Like(value).Node;

    private static bool IsConstant(Node node, Rational value) => new Tensor(node).AsConstant() == value;

    // Exact in rationals, and exact in the element type too: no rounding is moved.
    private static Node? FoldExactly(Node node) =>
        Folded(node) is { } value && node.Inputs.All(n => IsHeld(new Tensor(n).AsConstant()!.Value, n.TensorType.DType)) && IsHeld(value, node.TensorType.DType)
            ? Like(node, value)
            : null;

    private static Node? Fold(Node node) => Folded(node) is { } value ? Like(node, value) : null;

    private static Rational? Folded(Node node)
    {
        if (node.Inputs.IsEmpty || !node.Inputs.All(n => n.Type is TensorType && new Tensor(n).AsConstant() is { IsFinite: true }))
        {
            return null;
        }

        Rational a = new Tensor(node.Inputs[0]).AsConstant()!.Value;
        Rational b = new Tensor(node.Inputs[^1]).AsConstant()!.Value;
        Rational? value = node.Op switch
        {
            Add => a + b,
            Subtract when !(a == b) => a - b,
            Multiply when a.Sign != 0 && b.Sign != 0 => a * b,
            Divide when a.Sign != 0 && b.Sign != 0 => a / b,
            Negate when a.Sign != 0 => -a,
            Power when b.IsInteger && Rational.Zero < b && b <= 64 && a.Sign != 0 => Rational.Pow(a, (int)b.Numerator),
            _ => null,
        };
        return value;
    }

    private static bool IsHeld(Rational value, DType dtype) => dtype switch
    {
        DType.Float32 => Rational.FromDoubleBits(value.ToSingle()) == value,
        DType.Float64 => Rational.FromDoubleBits(value.ToDouble()) == value,
        _ => false,
    };
}
