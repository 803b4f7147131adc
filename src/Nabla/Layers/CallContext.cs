namespace Nabla;

/// <summary>What a layer sees while its computation is recorded: whether it is training, its weights as symbolic tensors, and random numbers.</summary>
public sealed class CallContext
{
    private readonly GraphBuilder _builder;
    private readonly Dictionary<Variable, Tensor> _weights = [];
    private readonly List<Variable> _order = [];
    private Tensor? _seed;
    private Tensor? _step;
    private long _draws;

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

    /// <summary>Truth values of a tensor's dims, true with a probability. Every call draws others, and every step others again.</summary>
    /// <param name="like">Whose dims.</param>
    /// <param name="probability">From 0 to 1.</param>
    /// <param name="seed">Fixes the values whatever the training's seed.</param>
    /// <remarks>They depend on the seed, the step's number, which call of the model this is, and the value's place alone.</remarks>
    public Tensor Chance(Tensor like, double probability, int? seed = null)
    {
        if (_seed is null || _step is null)
        {
            throw new InvalidOperationException("CallContext: random numbers exist only in training. Ask Training first.");
        }

        // Apart from first weights (streams 1, 2, 3, ...) and shuffling (from 2^62 on); a training has fewer than 2^40 steps.
        long stream = (1L << 61) + (_draws++ << 40);
        Tensor key = seed is { } own ? _builder.Constant(own, DType.Int64) : _seed;
        return _builder.Bernoulli(key, _step + stream, probability, like.Dims);
    }

    /// <summary>Says where random numbers come from: the training's seed and the number of the step, int64 scalars.</summary>
    internal void Randomize(Tensor seed, Tensor step) => (_seed, _step) = (seed, step);
}
