using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// Rewrites before an expression is computed in double, for forms that are right on paper and lose all digits in a machine: 1 - σ(z) is 0
/// from z = 37 on, σ(-z) is not.
/// </summary>
internal static class AccurateRules
{
    public static ImmutableArray<RewriteRule> All { get; } =
    [
        new("one-minus-sigmoid", false, n => n is { Op: Subtract, Inputs: [var one, { Op: Nabla.Ops.Sigmoid, Inputs: [var z] }] } && Is(one, 1) ? Flipped(z) : null),
        new("one-minus-tanh-squared", false, n => n is { Op: Subtract, Inputs: [var one, var square] } && Is(one, 1) && SquaredTanh(square) is { } x ? SechSquared(x) : null),
    ];

    /// <summary>Copies a program and its derivatives, with the rules applied to the derivatives alone: what the program itself computes stays as it is written.</summary>
    /// <param name="graph">Both.</param>
    /// <param name="asWritten">The nodes of the program.</param>
    /// <returns>The copy of each node.</returns>
    public static Dictionary<Node, Node> InDerivatives(Graph graph, IReadOnlySet<Node> asWritten)
    {
        GraphBuilder builder = new();
        Node[] inputs = [.. graph.Inputs.Select(n => n.Op is Parameter ? builder.Parameter(((Leaf)n.Op).Label, n.TensorType).Node : builder.Input(((Leaf)n.Op).Label, n.TensorType).Node)];
        return GraphCopy.Into(builder, graph, inputs, (node, copy) => asWritten.Contains(node) ? copy : All.Select(r => r.Apply(copy)).FirstOrDefault(better => better is not null) ?? copy);
    }

    private static bool Is(Node node, Rational value) => ExactRules.NumberOf(node) == value;

    private static Node Negative(Node x) => x is { Op: Negate, Inputs: [var inner] } ? inner : x.Builder.Add(new Negate(), x);

    private static Node Flipped(Node x) => x.Builder.Add(new Sigmoid(), Negative(x));

    private static Node? SquaredTanh(Node node) => node switch
    {
        { Op: Power, Inputs: [{ Op: Tanh, Inputs: [var x] }, var two] } when Is(two, 2) => x,
        { Op: Multiply, Inputs: [{ Op: Tanh, Inputs: [var x] } a, var b] } when a == b => x,
        _ => null,
    };

    // 1 - tanh(x)^2 = 4 σ(2x) σ(-2x)
    private static Node SechSquared(Node x)
    {
        Tensor twice = 2 * new Tensor(x);
        return (4 * twice.Sigmoid() * (-twice).Sigmoid()).Node;
    }
}
