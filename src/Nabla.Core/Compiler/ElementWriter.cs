using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// Writes the values of a group's nodes as named expressions. Every node's value gets a name, once for each index and loop, so that
/// expressions stay shallow and shared work is done once. What does not depend on the inner axes goes before the inner loop.
/// </summary>
internal sealed class ElementWriter
{
    private readonly FusedGroup _group;
    private readonly Func<Node, Storage> _storageOf;
    private readonly KernelBuffers _buffers;
    private readonly Names _names = new();
    private readonly int _firstInner;
    private readonly HashSet<string> _innerNames = [];
    private readonly Dictionary<(Node, IndexVector), LoopExpr> _rowValues = [];
    private readonly Dictionary<(Node, IndexVector), LoopExpr> _passValues = [];
    private readonly Dictionary<(Storage, Affine), LoopExpr> _rowLoads = [];
    private readonly Dictionary<(Storage, Affine), LoopExpr> _passLoads = [];
    private readonly Dictionary<Node, int> _keptFrom = [];

    public ElementWriter(FusedGroup group, Func<Node, Storage> storageOf, KernelBuffers buffers)
    {
        _group = group;
        _storageOf = storageOf;
        _buffers = buffers;
        _firstInner = group.Split ?? 0;
    }

    /// <summary>Statements before the inner loop of the current pass.</summary>
    public List<LoopStatement> Row { get; private set; } = [];

    /// <summary>Statements inside the inner loop of the current pass.</summary>
    public List<LoopStatement> Inner { get; private set; } = [];

    /// <summary>What has been read and written where.</summary>
    public List<Touch> Touches { get; } = [];

    private int Pass { get; set; }

    /// <summary>Begins the statements of another pass over the inner axes.</summary>
    public void BeginPass(int pass)
    {
        Pass = pass;
        Row = [];
        Inner = [];
        _passValues.Clear();
        _passLoads.Clear();
    }

    /// <summary>A name for a variable of the kernel's.</summary>
    public LoopExpr.Variable Name(Node node, string role = "") => new(_names.Make(node.Op.Name + role), node.TensorType.DType);

    /// <summary>Says that later passes read a node's value from memory.</summary>
    public void KeepFrom(Node node, int pass) => _keptFrom[node] = pass;

    /// <summary>Gives the value of a reduction once it is finished.</summary>
    public void SetRow(Evaluation reduction, LoopExpr value) => _rowValues[(reduction.Node, reduction.Index)] = value;

    /// <summary>Names a value before the inner loop.</summary>
    public LoopExpr Let(LoopExpr value, LoopExpr.Variable name)
    {
        if (value is LoopExpr.Variable or LoopExpr.Number)
        {
            return value;
        }

        bool inner = IsInner(value);
        (inner ? Inner : Row).Add(new LoopStatement.Let(name, value));
        if (inner)
        {
            _innerNames.Add(name.Name);
        }

        return name;
    }

    /// <summary>Writes a node's element.</summary>
    public LoopStatement Store(Node node, LoopExpr value, int pass)
    {
        Dims dims = node.TensorType.Dims;
        Affine place = Affine.Place(FusedGroup.Identity(dims).Items, dims.Strides());
        Storage storage = _storageOf(node);
        Touches.Add(new Touch(storage, Writes: true, place, pass));
        return new LoopStatement.Store(_buffers.Id(storage), place.ToExpression(), value);
    }

    /// <summary>The value of a node at an index.</summary>
    public LoopExpr Value(Node node, IndexVector index)
    {
        switch (node.Op)
        {
            case Constant constant:
                return LoopExpr.Constant(constant.Value, constant.DType);
            case Reshape when FusedGroup.Squeeze(node.TensorType.Dims).SequenceEqual(FusedGroup.Squeeze(node.Inputs[0].TensorType.Dims)):
                return Value(node.Inputs[0], FuseRules.TrivialView(node, index));
        }

        if (!_group.Evaluations.ContainsKey((node, index)))
        {
            return Load(node, index);
        }

        if (_rowValues.TryGetValue((node, index), out LoopExpr? value) || _passValues.TryGetValue((node, index), out value))
        {
            return value;
        }

        if (_keptFrom.TryGetValue(node, out int pass) && pass < Pass && _group.PositionOf(node, index) == Position.Point)
        {
            return Load(node, index);
        }

        Lowering.Element element = node.Op.Lower switch
        {
            Lowering.Element e => e,
            Lowering.Reduction r when FusedGroup.Squeeze(node.TensorType.Dims).Length == FusedGroup.Squeeze(node.Inputs[0].TensorType.Dims).Length => FuseRules.OverNothing(node, r),
            _ => throw new InvalidOperationException($"Compiler: {node} is read before it is computed."),
        };
        value = Let(element.Expression(new Context(this, node, index)), Name(node));
        (IsInner(value) ? _passValues : _rowValues)[(node, index)] = value;
        return value;
    }

    private LoopExpr Load(Node node, IndexVector index)
    {
        Dims dims = node.TensorType.Dims;
        Storage storage = _storageOf(node);
        Affine place = Affine.Place(index.Items, dims.Strides());
        if (_rowLoads.TryGetValue((storage, place), out LoopExpr? value) || _passLoads.TryGetValue((storage, place), out value))
        {
            return value;
        }

        Touches.Add(new Touch(storage, Writes: false, place, Pass));
        LoopExpr load = new LoopExpr.Load(_buffers.Id(storage), place.ToExpression(), node.TensorType.DType);
        value = Let(load, new LoopExpr.Variable(_names.Make(storage.Name), load.DType));
        (IsInner(value) ? _passLoads : _rowLoads)[(storage, place)] = value;
        return value;
    }

    private bool IsInner(LoopExpr e) => ExprWalk.Any(e, x => x is LoopExpr.Variable v && (_innerNames.Contains(v.Name) || IsInnerAxis(v)));

    private bool IsInnerAxis(LoopExpr.Variable v)
    {
        for (int axis = _firstInner; axis < _group.Full.Length; axis++)
        {
            if (v.Equals(FusedGroup.Axis(axis)))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Context(ElementWriter writer, Node node, IndexVector index) : ElementContext
    {
        public override IReadOnlyList<LoopExpr> Index => index.Items;

        public override Node Node => node;

        public override LoopExpr Input(int input, params IReadOnlyList<LoopExpr> at)
        {
            Node source = node.Inputs[input];
            return writer.Value(source, Probe.Normalize(source.TensorType.Dims, at));
        }

        public override LoopExpr InputIf(LoopExpr condition, int input, IReadOnlyList<LoopExpr> at, LoopExpr otherwise, int? guarded = null) =>
            Probe.Guarded(this, condition, input, at, otherwise, guarded);
    }
}
