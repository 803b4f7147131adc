using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The only way to make nodes: infers each node's type, stamps its scope and, if asked, returns an equal node that exists already.</summary>
/// <example><code>
/// GraphBuilder builder = new();
/// Tensor a = builder.Input("a", new TensorType(DType.Float32, [2, 3]));
/// Tensor b = builder.Input("b", new TensorType(DType.Float32, [3, 1]));
/// Graph graph = new("product", [a.Node, b.Node], [new GraphOutput("y", a.MatMul(b).Node)]);
/// </code></example>
public sealed class GraphBuilder
{
    private readonly Dictionary<NodeKey, Node>? _interned;
    private Scope _scope = Nabla.Scope.Root;
    private SourceFinder? _lines;
    private (bool IsKnown, SourceLine? Line) _source;
    private int _nextId;

    /// <summary>A builder.</summary>
    /// <param name="intern">
    /// Whether equal nodes become one (hash-consing), so that common subexpressions vanish. A trace keeps the program as written: false, the default.
    /// </param>
    public GraphBuilder(bool intern = false) => _interned = intern ? [] : null;

    /// <summary>The scope given to new nodes.</summary>
    public Scope CurrentScope => _scope;

    /// <summary>
    /// Whether new nodes remember the line of code that asked for them. Only a recording that explains wants it: reading the stack takes longer than making
    /// a node does.
    /// </summary>
    internal bool RecordsSource
    {
        get => _lines is not null;
        set => _lines = value ? new SourceFinder(aboveCaller: false) : null;
    }

    /// <summary>
    /// Makes new nodes remember the line of code that asked for them, where that code is called from here on by the caller of this method: a layer of the
    /// user's own counts, the line that asked for an explanation does not.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void RecordSourceInside() => _lines = new SourceFinder(aboveCaller: true);

    /// <summary>Makes a node.</summary>
    /// <exception cref="ShapeException">The op does not take these inputs; the message says what it takes.</exception>
    public Node Add(Op op, params ReadOnlySpan<Node> inputs)
    {
        foreach (Node input in inputs)
        {
            if (input.Builder != this)
            {
                throw new ArgumentException($"{op.Name}: expected inputs of one graph, received %{input.Id} of another. Trace both in one function, or pass the value as an input.");
            }
        }

        ImmutableArray<Node> operands = [.. inputs];
        if (_interned is null)
        {
            return Make(op, operands);
        }

        NodeKey key = new(op, operands);
        if (!_interned.TryGetValue(key, out Node? node))
        {
            node = Make(op, operands);
            _interned.Add(key, node);
        }

        return node;
    }

    private Node Make(Op op, ImmutableArray<Node> inputs)
    {
        IrType type = op.Infer(new OperandTypes(op, [.. inputs.Select(n => n.Type)]));
        return new Node(this, _nextId++, op, inputs, type, _scope, _source.IsKnown ? _source.Line : _lines?.Here());
    }

    /// <summary>Makes a node and the handle to it.</summary>
    internal Tensor Apply(Op op, params ReadOnlySpan<Tensor> inputs)
    {
        var nodes = new Node[inputs.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = inputs[i].Node;
        }

        return new Tensor(Add(op, nodes));
    }

    /// <summary>A value that is given when the graph runs.</summary>
    public Tensor Input(string name, TensorType type) => Apply(new Input(name, type));

    /// <summary>A value that is given when the graph runs and that training changes.</summary>
    public Tensor Parameter(string name, TensorType type) => Apply(new Parameter(name, type));

    /// <summary>An exact scalar constant, rounded to <paramref name="dtype"/> only when lowered.</summary>
    public Tensor Constant(Rational value, DType dtype) => Apply(new Constant(value, dtype));

    /// <summary>A constant array.</summary>
    public Tensor Literal(NDArray value) => Apply(new Literal(value));

    /// <summary>One part of a tuple.</summary>
    public Node Project(Node tuple, int index) => Add(new Project(index), tuple);

    /// <summary>Opens a scope for the nodes made until it is disposed: <c>using var _ = builder.Scope("softmax");</c>.</summary>
    public IDisposable Scope(string name)
    {
        Scope outer = _scope;
        _scope = outer.Child(name);
        return new ScopeEnd(this, outer, _source);
    }

    /// <summary>Makes the nodes that follow carry <paramref name="scope"/> and <paramref name="source"/>: for passes that rebuild a graph.</summary>
    internal IDisposable Enter(Scope scope, SourceLine? source = null)
    {
        ScopeEnd end = new(this, _scope, _source);
        (_scope, _source) = (scope, (true, source));
        return end;
    }

    private sealed class ScopeEnd(GraphBuilder builder, Scope scope, (bool IsKnown, SourceLine? Line) source) : IDisposable
    {
        public void Dispose() => (builder._scope, builder._source) = (scope, source);
    }

    private readonly struct NodeKey(Op op, ImmutableArray<Node> inputs) : IEquatable<NodeKey>
    {
        private readonly Op _op = op;
        private readonly ImmutableArray<Node> _inputs = inputs;

        public bool Equals(NodeKey other) => _op.Equals(other._op) && _inputs.AsSpan().SequenceEqual(other._inputs.AsSpan());

        public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = default;
            hash.Add(_op);
            foreach (Node input in _inputs)
            {
                hash.Add(RuntimeHelpers.GetHashCode(input));
            }

            return hash.ToHashCode();
        }
    }
}
