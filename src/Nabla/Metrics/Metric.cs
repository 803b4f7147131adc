namespace Nabla;

/// <summary>
/// A number about how good predictions are, gathered over the batches of an epoch. A string stands for one with its default arguments:
/// <c>"accuracy"</c> chooses the kind that fits labels and output.
/// </summary>
public abstract class Metric
{
    private NDArray[]? _state;

    /// <summary>A metric.</summary>
    /// <param name="name">Its key in histories and results.</param>
    protected Metric(string name) => Name = name;

    /// <summary>The key in histories and results.</summary>
    public string Name { get; }

    /// <summary>Keras' name of the class, as saved.</summary>
    public virtual string ClassName => GetType().Name;

    /// <summary>The dims of what is gathered: float64 arrays that start at 0.</summary>
    protected internal abstract IReadOnlyList<Dims> StateDims { get; }

    /// <summary>What is gathered after another batch.</summary>
    /// <param name="yTrue">The batch's labels.</param>
    /// <param name="yPred">The model's output for it.</param>
    /// <param name="state">What was gathered before: float64.</param>
    protected internal abstract IReadOnlyList<Tensor> Update(Tensor yTrue, Tensor yPred, IReadOnlyList<Tensor> state);

    /// <summary>The metric's value from what was gathered.</summary>
    protected internal abstract double Result(IReadOnlyList<NDArray> state);

    /// <summary>Takes in a batch of given values.</summary>
    public void UpdateState(NDArray yTrue, NDArray yPred)
    {
        _state ??= Fresh();
        _state = OnValues.Run(t => [.. Resolve(t[0].Type, t[1].Type).Update(t[0], t[1], t[2..])], [yTrue, yPred, .. _state]);
    }

    /// <summary>The value over the batches taken in since the last reset.</summary>
    public double Result() => Result(_state ?? Fresh());

    /// <summary>Forgets all batches.</summary>
    public void ResetState() => _state = null;

    /// <summary>The metric of a name, with its default arguments; the name stays its key.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message offers the nearest.</exception>
    public static implicit operator Metric(string name) => MetricTable.Find(name);

    /// <summary>The metric that this one stands for, given labels and output: <c>"accuracy"</c> chooses here.</summary>
    internal virtual Metric Resolve(TensorType yTrue, TensorType yPred) => this;

    /// <summary>Whether labels are class numbers; null where both kinds are taken.</summary>
    internal virtual bool? TakesClasses => null;

    /// <summary>Writes the constructor's arguments under Keras' names, after name and dtype.</summary>
    protected internal virtual void WriteConfig(ConfigWriter config) =>
        throw new NotSupportedException($"Metric '{Name}': a metric class of your own cannot be saved; only the built-in metrics can.");

    private NDArray[] Fresh() => [.. StateDims.Select(d => NDArray.Zeros(DType.Float64, d))];
}
