namespace Nabla;

/// <summary>What a layer sees while its computation is recorded: whether it is training, its weights as symbolic tensors, and random numbers.</summary>
public sealed class CallContext
{
    private readonly GraphBuilder _builder;
    private readonly Dictionary<Variable, Tensor> _weights = [];
    private readonly List<Variable> _order = [];
    private Tensor? _seed;
    private Tensor? _step;

    internal CallContext(GraphBuilder builder, bool training)
    {
        _builder = builder;
        Training = training;
    }

    /// <summary>Whether this pass trains: dropout drops only then.</summary>
    public bool Training { get; }

    /// <summary>A weight as a symbolic tensor; the same one however often it is asked for.</summary>
    public Tensor this[Variable weight]
    {
        get
        {
            if (!_weights.TryGetValue(weight, out Tensor? tensor))
            {
                tensor = _builder.Parameter(weight.Name, weight.Type);
                _weights.Add(weight, tensor);
                _order.Add(weight);
            }

            return tensor;
        }
    }

    /// <summary>The weights asked for so far, in order.</summary>
    internal IReadOnlyList<Variable> Used => _order;

    /// <summary>Their nodes.</summary>
    internal IEnumerable<Node> Leaves => _order.Select(w => _weights[w].Node);

    /// <summary>Says where random numbers come from: the training's seed and the number of the step.</summary>
    internal void Randomize(Tensor seed, Tensor step) => (_seed, _step) = (seed, step);

    internal Tensor Uniform(Tensor like, int? ownSeed) => throw new NotSupportedException("Dropout: random numbers inside a step are not there yet.");
}
