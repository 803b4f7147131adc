namespace Nabla;

/// <summary>
/// A number about how good predictions are, gathered over the batches of an epoch. A string stands for one with its default arguments
/// (<c>"accuracy"</c> chooses the kind that fits labels and output), a <see cref="Loss"/> for the mean of its values.
/// </summary>
/// <example><code>
/// model.Compile("adam", "mse", metrics: ["mae", new R2Score(), new Huber(delta: 2)]);
/// </code></example>
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

    /// <summary>Whether more of it is better (an accuracy) or worse (an error); null where it is not known. Callbacks with mode "auto" ask.</summary>
    public virtual bool? MoreIsBetter => null;

    /// <summary>The dims of what is gathered: float64 arrays that start at 0.</summary>
    /// <param name="yTrue">The labels' type; the first axis is the batch.</param>
    /// <param name="yPred">The output's type.</param>
    /// <exception cref="ShapeException">The metric does not go with such labels and outputs.</exception>
    protected internal abstract IReadOnlyList<Dims> StateDims(TensorType yTrue, TensorType yPred);

    /// <summary>What is gathered after another batch. The number of samples may change after recording: count with <see cref="AxisSize"/> nodes.</summary>
    /// <param name="yTrue">The batch's labels.</param>
    /// <param name="yPred">The model's output for it.</param>
    /// <param name="sampleWeight">A weight a sample (or a value of its first axes), or null: all count 1.</param>
    /// <param name="state">What was gathered before: float64.</param>
    protected internal abstract IReadOnlyList<Tensor> Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight, IReadOnlyList<Tensor> state);

    /// <summary>The metric's value from what was gathered: a scalar, or an array for one that gives several.</summary>
    protected internal abstract NDArray Result(IReadOnlyList<NDArray> state);

    /// <summary>Takes in a batch of given values.</summary>
    /// <param name="yTrue">The labels.</param>
    /// <param name="yPred">The outputs.</param>
    /// <param name="sampleWeight">A weight a sample, or null.</param>
    public void UpdateState(NDArray yTrue, NDArray yPred, NDArray? sampleWeight = null)
    {
        NDArray[] given = sampleWeight is null ? [yTrue, yPred] : [yTrue, yPred, sampleWeight];
        _state = OnValues.Run(
            t =>
            {
                Metric metric = Resolve(t[0].Type, t[1].Type);
                IReadOnlyList<Dims> dims = metric.StateDims(t[0].Type, t[1].Type);
                IReadOnlyList<Tensor> state = _state is null ? [.. dims.Select(d => t[0].Builder.Literal(NDArray.Zeros(DType.Float64, d)))] : t[given.Length..];
                return state.Zip(dims).All(s => s.First.Dims.SameSizes(s.Second))
                    ? [.. metric.Update(t[0], t[1], sampleWeight is null ? null : t[2], state)]
                    : throw new ShapeException($"{ClassName} '{Name}': expected outputs like those before, received {t[1].Type}. Call ResetState() before other data.");
            },
            [.. given, .. _state ?? []]);
    }

    /// <summary>The value over the batches taken in since the last reset; 0 before the first.</summary>
    /// <exception cref="InvalidOperationException">The metric gives several values: ask <see cref="ResultArray"/>.</exception>
    public double Result()
    {
        NDArray result = ResultArray();
        return result.Rank == 0
            ? result.Item<double>()
            : throw new InvalidOperationException($"{ClassName} '{Name}': expected one value, but it gives {result.Type}. Ask ResultArray(){(ClassName is "F1Score" or "FBetaScore" ? ", or say average: \"macro\"" : "")}.");
    }

    /// <summary>The values over the batches taken in since the last reset: float64, a scalar for most metrics; 0 before the first.</summary>
    public NDArray ResultArray() => _state is null ? (NDArray)0.0 : Result(_state);

    /// <summary>Forgets all batches.</summary>
    public void ResetState() => _state = null;

    /// <summary>The metric of a name, with its default arguments; the name stays its key.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message offers the nearest.</exception>
    public static implicit operator Metric(string name) => MetricTable.Find(name);

    /// <summary>The mean of a loss' values as a metric, under the loss' name. Of <see cref="CosineSimilarity"/> it is the similarity itself, as Keras' metric.</summary>
    public static implicit operator Metric(Loss loss) => new LossMetric((loss ?? throw new ArgumentNullException(nameof(loss))).Name, loss);

    /// <summary>A function of your own as a metric: from labels and output to one value a sample, whose mean is taken.</summary>
    /// <param name="name">The key in histories and results, and in files (see <see cref="Register(string, Func{Tensor, Tensor, Tensor})"/>).</param>
    /// <param name="values">The values; further axes than the batch's are averaged.</param>
    public static Metric From(string name, Func<Tensor, Tensor, Tensor> values) => new CustomMetric(name, values);

    /// <summary>Makes a function of your own known by a name, so that models compiled with it can be saved and loaded: files hold the name alone.</summary>
    /// <param name="name">What it is called in code (<c>metrics: ["name"]</c>) and in files.</param>
    /// <param name="values">From labels and output to one value a sample.</param>
    public static void Register(string name, Func<Tensor, Tensor, Tensor> values) => MetricTable.Register(name, values);

    /// <summary>Makes a class of your own known by its name, so that models compiled with it can be loaded.</summary>
    /// <param name="className">The class' name in files: its <see cref="ClassName"/>.</param>
    /// <param name="read">Makes one from what its <see cref="WriteConfig"/> has written.</param>
    public static void Register(string className, Func<ConfigReader, Metric> read) => MetricTable.Register(className, read);

    /// <summary>The metric that this one stands for, given labels and output: <c>"accuracy"</c> chooses here.</summary>
    internal virtual Metric Resolve(TensorType yTrue, TensorType yPred) => this;

    /// <summary>The text that stands for the metric in a file; null where its class and arguments are written.</summary>
    internal virtual string? SavedName => null;

    /// <summary>Writes the constructor's arguments under Keras' names, after name and dtype.</summary>
    protected internal virtual void WriteConfig(ConfigWriter config) =>
        throw new NotSupportedException($"Metric '{Name}': a metric class of your own is saved by what its WriteConfig writes, and it has none. Override WriteConfig and call Metric.Register(\"{ClassName}\", config => ...) before loading.");

    /// <summary>One number for histories and progress: the value, or the mean of several.</summary>
    internal virtual double Scalar(IReadOnlyList<NDArray> state)
    {
        NDArray result = Result(state);
        return result.Rank == 0 ? result.Item<double>() : result.Mean().Item<double>();
    }
}
