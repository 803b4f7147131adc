namespace Nabla;

/// <summary>
/// A symbolic handle: a value that a graph will compute. It has a type and no memory; operators and functions on it make nodes.
/// <see cref="NDArray"/> is the one that holds values.
/// </summary>
/// <example><code>
/// Tensor loss = (input - 1).Square().Mean();   // nothing is computed yet: the nodes are written down
/// Tensor gradient = Differentiate.Gradients(loss, input)[0];   // more nodes
/// </code></example>
public sealed class Tensor
{
    /// <summary>The handle to a node that is a tensor.</summary>
    /// <exception cref="ShapeException">The node is a tuple.</exception>
    public Tensor(Node node)
    {
        Type = node.TensorType;
        Node = node;
    }

    /// <summary>The node behind the handle.</summary>
    public Node Node { get; }

    /// <summary>Element type and dims.</summary>
    public TensorType Type { get; }

    /// <summary>The element type.</summary>
    public DType DType => Type.DType;

    /// <summary>The dimensions, outermost first.</summary>
    public Dims Dims => Type.Dims;

    /// <summary>The builder that operators on this handle write to.</summary>
    public GraphBuilder Builder => Node.Builder;

    /// <summary>
    /// An element, a sub-tensor or a slice: <c>x[1, 2]</c>, <c>x[^1]</c>, <c>x[1..3]</c>, <c>x[.., 3]</c>, <c>x[new Slice(.., step: 2)]</c>.
    /// An index drops its axis, a range keeps it; axes not mentioned are taken whole.
    /// </summary>
    /// <exception cref="ShapeException">More slices than axes, or one that reaches outside its axis.</exception>
    public Tensor this[params ReadOnlySpan<Slice> slices] => TensorParts.Take(this, slices);

    /// <summary>The node as text.</summary>
    public override string ToString() => Node.ToString();
}
