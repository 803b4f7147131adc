using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>What a derivative rule sees: the op's inputs and output, and the cotangent that arrives at the output.</summary>
/// <example><code>
/// Func&lt;Nabla.Ops.VjpContext, Tensor&gt; rule = exp =&gt; exp.Cotangent * exp.Output;   // exp's rule: its derivative is its own result
/// </code></example>
public sealed class VjpContext
{
    internal VjpContext(Node node, ImmutableArray<Tensor?> cotangents, Func<int, bool> isWanted)
    {
        Node = node;
        Cotangents = cotangents;
        IsWanted = isWanted;
    }

    /// <summary>The node whose rule is asked.</summary>
    public Node Node { get; }

    /// <summary>The cotangents of the output's parts: one for a tensor; for a tuple one a part, null where none arrived.</summary>
    public ImmutableArray<Tensor?> Cotangents { get; }

    /// <summary>Whether anybody asks for the cotangent of an input; a rule may return null for the others and spare the work.</summary>
    public Func<int, bool> IsWanted { get; }

    /// <summary>The cotangent of a tensor output.</summary>
    public Tensor Cotangent => Cotangents[0]!;

    /// <summary>The op's result.</summary>
    public Tensor Output => new(Node);

    /// <summary>An input.</summary>
    public Tensor Input(int index) => new(Node.Inputs[index]);

    /// <summary>The builder in which the rule makes its nodes.</summary>
    public GraphBuilder Builder => Node.Builder;

    /// <summary>The answer of an op without a derivative with respect to any input, such as one whose output is a whole number.</summary>
    public ImmutableArray<Tensor?> None() => [.. Node.Inputs.Select(_ => (Tensor?)null)];
}
