using System.Collections.Immutable;

namespace Nabla;

/// <summary>One value of a program: an op applied to the values of other nodes. Immutable; two nodes are the same only if they are one object.</summary>
/// <remarks>
/// A class, not a record: generated equality and printing would walk the whole graph. Only a <see cref="GraphBuilder"/> makes nodes,
/// so every node is well typed.
/// </remarks>
/// <example><code>
/// Node node = input.Exp().Node;
/// Console.WriteLine($"{node.Op.Name} of {node.Inputs[0].Op.Name}");   // exp of input
/// </code></example>
public sealed class Node
{
    internal Node(GraphBuilder builder, int id, Op op, ImmutableArray<Node> inputs, IrType type, Scope scope, SourceLine? source)
    {
        Builder = builder;
        Id = id;
        Op = op;
        Inputs = inputs;
        Type = type;
        Scope = scope;
        Source = source;
    }

    internal GraphBuilder Builder { get; }

    /// <summary>The place in its builder's order of making: inputs always have smaller ids.</summary>
    public int Id { get; }

    /// <summary>What is computed, with its attributes.</summary>
    public Op Op { get; }

    /// <summary>The values that the op takes, in order; the same node may stand twice (<c>a*a</c>).</summary>
    public ImmutableArray<Node> Inputs { get; }

    /// <summary>A tensor type, or a tuple of types.</summary>
    public IrType Type { get; }

    /// <summary>Where in the program this came from.</summary>
    public Scope Scope { get; }

    /// <summary>The line of the user's code that asked for the value, of a gradient the line of what it belongs to; null where it is not known.</summary>
    public SourceLine? Source { get; }

    /// <summary>The type of a node that is known to be a tensor.</summary>
    /// <exception cref="ShapeException">This node is a tuple.</exception>
    public TensorType TensorType => Type as TensorType
        ?? throw new ShapeException($"{Op.Name}: expected a tensor, received the tuple {Type}. Take one part with {nameof(GraphBuilder.Project)}.");

    /// <summary><c>%7 = matmul(%3, %5) : float32[32,10]</c>.</summary>
    public override string ToString() => GraphPrinter.Line(this, node => $"%{node.Id}");
}
