namespace Nabla;

/// <summary>
/// What a layer sees while its computation is recorded: whether it is training, its weights as symbolic tensors, and random numbers; and where
/// it leaves what is not its output: new values of its state, additions to the loss, masks.
/// </summary>
/// <example><code>
/// Tensor noisy = context.Training ? input + 0.1 * context.Normal(input) : input;
/// </code></example>
public sealed class CallContext
{
    private readonly GraphBuilder _builder;
    private readonly OrderedDictionary<Variable, Tensor> _leaves = [];
    private readonly OrderedDictionary<Variable, Tensor> _updates = [];
    private readonly Dictionary<Node, Tensor> _masks = [];
    private readonly List<Tensor> _losses = [];
    private Tensor? _seed;
    private Tensor? _step;
    private long _draws;
    private Tensor? _weighted;

    internal CallContext(GraphBuilder builder, bool training, SeedSource? seeds = null)
    {
        _builder = builder;
        Training = training;
        Seeds = seeds;
    }

    /// <summary>Whether this pass trains: dropout drops only then.</summary>
    public bool Training { get; }

    /// <summary>A weight as a symbolic tensor: what it was at the start of the step, or what <see cref="Update"/> made of it since.</summary>
    public Tensor this[Variable weight] => _updates.TryGetValue(weight, out Tensor? updated) ? updated : Leaf(weight);

    /// <summary>The variables read or written so far, in order.</summary>
    internal IReadOnlyList<Variable> Used => _leaves.Keys;

    /// <summary>Their values at the start of the step, as nodes.</summary>
    internal IEnumerable<Node> Leaves => _leaves.Values.Select(t => t.Node);

    /// <summary>The variables that layers changed, with their new values.</summary>
    internal IReadOnlyDictionary<Variable, Tensor> Updates => _updates;

    /// <summary>What layers added to the loss: scalars.</summary>
    internal IReadOnlyList<Tensor> Losses => _losses;

    /// <summary>Where layers that are built in this pass draw their first weights from; null leaves it to the model that takes them in.</summary>
    internal SeedSource? Seeds { get; }

    /// <summary>The calls of layers so far, inner ones before those around them; null where nobody asks.</summary>
    internal List<LayerVisit>? Visits { get; init; }

    /// <summary>Lets who explains see a layer's weighted sum, before its activation.</summary>
    internal Tensor Weighted(Tensor sum) => _weighted = sum;

    /// <summary>Another layer was called.</summary>
    internal void Visit(Layer layer, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs)
    {
        Visits?.Add(new LayerVisit(layer, inputs, outputs, _weighted));
        _weighted = null;
    }

    /// <summary>A variable's value at the start of the step.</summary>
    internal Tensor Leaf(Variable weight)
    {
        if (!_leaves.TryGetValue(weight, out Tensor? tensor))
        {
            tensor = _builder.Parameter(weight.Name, weight.Type);
            _leaves.Add(weight, tensor);
        }

        return tensor;
    }

    /// <summary>Gives a piece of a layer's state, a weight that is not trainable, a new value: a moving average, a count. Only in training.</summary>
    /// <param name="state">Made by <c>AddWeight(..., trainable: false)</c>.</param>
    /// <param name="value">Of its dims; the gradient does not flow through it.</param>
    /// <exception cref="InvalidOperationException">Outside training, or the variable is trainable.</exception>
    /// <exception cref="ShapeException">Other dims.</exception>
    public void Update(Variable state, Tensor value)
    {
        if (!Training || state.Trainable)
        {
            throw new InvalidOperationException($"CallContext: Update of '{state.Name}' expected a variable that is not trainable, in training. {(Training ? "Make it with trainable: false; trainable ones are the optimizer's." : "Ask Training first.")}");
        }

        if (!value.Dims.SameSizes(state.Type.Dims))
        {
            throw new ShapeException($"CallContext: Update of '{state.Name}' expected a value of dims {state.Type.Dims}, received {value.Type}.");
        }

        Leaf(state);
        _updates[state] = value.Cast(state.Type.DType).StopGradient();
    }

    /// <summary>
    /// Brings a trainable weight to another value at the start of a step: a projection, through which no gradient flows. The gradient is taken, and the
    /// optimizer steps on, from there.
    /// </summary>
    internal void Project(Variable weight, Tensor value)
    {
        Leaf(weight);
        _updates[weight] = value.Cast(weight.Type.DType).StopGradient();
    }

    /// <summary>Adds a scalar to what training makes small, beside the model's loss: a penalty on an output, say.</summary>
    /// <exception cref="ShapeException">Not a scalar.</exception>
    public void AddLoss(Tensor loss)
    {
        if (loss.Dims.Rank != 0)
        {
            throw new ShapeException($"CallContext: AddLoss expected a scalar, received {loss.Type}. Take its Sum() or Mean().");
        }

        _losses.Add(loss);
    }

    /// <summary>Which steps of a tensor count: truth values of its leading dims, or null where all do.</summary>
    public Tensor? MaskOf(Tensor value) => _masks.GetValueOrDefault(value.Node);

    /// <summary>Says which steps of a tensor count; layers that support masking pass it on, and the loss leaves the others out.</summary>
    /// <param name="value">An output of the layer.</param>
    /// <param name="mask">Truth values of the leading dims: [batch, steps] for an output [batch, steps, features].</param>
    public void SetMask(Tensor value, Tensor mask) => _masks[value.Node] = mask;

    /// <summary>Truth values of a tensor's dims, true with a probability. Every call draws others, and every step others again.</summary>
    /// <param name="like">Whose dims.</param>
    /// <param name="probability">From 0 to 1.</param>
    /// <param name="seed">Fixes the values whatever the training's seed.</param>
    /// <remarks>They depend on the seed, the step's number, which call of the model this is, and the value's place alone.</remarks>
    public Tensor Chance(Tensor like, double probability, int? seed = null) => Chance(like.Dims, probability, seed);

    /// <summary>Truth values of given dims, true with a probability: for one draw that several values share.</summary>
    /// <param name="dims">The dims of the result.</param>
    /// <param name="probability">From 0 to 1.</param>
    /// <param name="seed">Fixes the values whatever the training's seed.</param>
    public Tensor Chance(Dims dims, double probability, int? seed = null)
    {
        (Tensor key, Tensor stream) = Draw(seed);
        return _builder.Bernoulli(key, stream, probability, dims);
    }

    /// <summary>Standard normal numbers of a tensor's dims and type. Every call draws others, and every step others again.</summary>
    /// <param name="like">Whose dims and element type.</param>
    /// <param name="seed">Fixes the values whatever the training's seed.</param>
    public Tensor Normal(Tensor like, int? seed = null)
    {
        (Tensor key, Tensor stream) = Draw(seed);
        return _builder.Normal(key, stream, like.Dims, like.DType);
    }

    /// <summary>Numbers from 0 to below 1, evenly spread, of a tensor's dims and type. Every call draws others, and every step others again.</summary>
    /// <param name="like">Whose dims and element type.</param>
    /// <param name="seed">Fixes the values whatever the training's seed.</param>
    public Tensor Uniform(Tensor like, int? seed = null)
    {
        (Tensor key, Tensor stream) = Draw(seed);
        return _builder.Uniform(key, stream, like.Dims, like.DType);
    }

    /// <summary>Says where random numbers come from: the training's seed and the number of the step, int64 scalars.</summary>
    internal void Randomize(Tensor seed, Tensor step) => (_seed, _step) = (seed, step);

    private (Tensor Key, Tensor Stream) Draw(int? seed)
    {
        if (_seed is null || _step is null)
        {
            throw new InvalidOperationException("CallContext: random numbers exist only in training. Ask Training first.");
        }

        // Apart from first weights (streams 1, 2, 3, ...) and shuffling (from 2^62 on); a training has fewer than 2^40 steps.
        long stream = (1L << 61) + (_draws++ << 40);
        return (seed is { } own ? _builder.Constant(own, DType.Int64) : _seed, _step + stream);
    }
}
