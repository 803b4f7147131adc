namespace Nabla;

/// <summary>
/// What training makes small: a number for each sample from the labels and the model's output, reduced to one for the batch.
/// A string stands for one with its default arguments (<c>"mse"</c>), and so does a function of your own from labels and output to values.
/// </summary>
/// <example><code>
/// model.Compile("adam", new Huber(delta: 2));
/// model.Compile("adam", Loss.From("pinball", (t, p) => (0.9 * (t - p)).Maximum(0.1 * (p - t))));
/// </code></example>
public abstract class Loss
{
    /// <summary>A loss.</summary>
    /// <param name="name">Shown in summaries and saved.</param>
    /// <param name="reduction">How the batch's values become one; their mean by default.</param>
    protected Loss(string name, Reduction reduction = default)
    {
        Name = name;
        Reduction = reduction;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>How the batch's values become one.</summary>
    public Reduction Reduction { get; }

    /// <summary>Keras' name of the class, as saved.</summary>
    public virtual string ClassName => GetType().Name;

    /// <summary>The values before reduction, one for each sample: the last axis of the output is reduced.</summary>
    /// <param name="yTrue">The labels: classes as whole numbers, or numbers of the output's type and dims.</param>
    /// <param name="yPred">The model's output.</param>
    public abstract Tensor Values(Tensor yTrue, Tensor yPred);

    /// <summary>Whether labels are class numbers (whole, one a sample) instead of numbers of the output's dims.</summary>
    internal virtual bool TakesClasses => false;

    /// <summary>The output's axis of the classes, where labels are class numbers.</summary>
    internal virtual int ClassAxis => -1;

    /// <summary>The number of the first class: 0, or 1 where classes are counted from 1.</summary>
    internal virtual int LabelBase => 0;

    /// <summary>The label whose samples do not count.</summary>
    internal virtual int? IgnoredClass => null;

    /// <summary>Whether the output is taken as logits; null for a loss to which that means nothing.</summary>
    internal virtual bool? TakesLogits => null;

    /// <summary>1 where a value counts, 0 where it does not; null where all count.</summary>
    private protected virtual Tensor? Mask(Tensor yTrue, Tensor values) => null;

    /// <summary>The loss of a batch: a scalar, or one value a sample where the reduction is none.</summary>
    /// <param name="yTrue">The labels.</param>
    /// <param name="yPred">The model's output.</param>
    /// <param name="sampleWeight">What each value counts, or null.</param>
    /// <param name="mask">Truth values: which steps of the output count; null where all do.</param>
    public Tensor Apply(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null, Tensor? mask = null) => Apply(yTrue, yPred, sampleWeight, mask, out _);

    /// <summary>The same; <paramref name="values"/> are those before reduction and weights, for who explains the loss.</summary>
    internal Tensor Apply(Tensor yTrue, Tensor yPred, Tensor? sampleWeight, Tensor? mask, out Tensor values)
    {
        if (Resolve(yTrue.Type, yPred.Type) is { } chosen && chosen != this)
        {
            return chosen.Apply(yTrue, yPred, sampleWeight, null, out values);
        }

        using IDisposable _ = yPred.Builder.Scope(Name);
        yTrue = Aligned(yTrue, yPred);
        values = Values(yTrue, yPred);
        Tensor? steps = mask?.Cast(values.DType);
        Tensor? counts = Mask(yTrue, values);
        return Reduction.Apply(values, sampleWeight?.Cast(values.DType), steps is null ? counts : counts is null ? steps : steps * counts);
    }

    /// <summary>The loss of given values.</summary>
    /// <param name="yTrue">The labels.</param>
    /// <param name="yPred">The output: float32 or float64.</param>
    /// <param name="sampleWeight">A weight a sample, or null.</param>
    public NDArray Call(NDArray yTrue, NDArray yPred, NDArray? sampleWeight = null) => sampleWeight is null
        ? OnValues.Run(t => Apply(t[0], t[1]), yTrue, yPred)
        : OnValues.Run(t => Apply(t[0], t[1], t[2]), yTrue, yPred, sampleWeight);

    /// <summary>The loss of a name, with its default arguments.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message offers the nearest.</exception>
    public static implicit operator Loss(string name) => LossTable.Find(name)
        ?? throw DidYouMean.Unknown("Loss", name, LossTable.Names, "A Loss object is taken as well, and a function by Loss.From or Loss.Register.");

    /// <summary>A function of your own from labels and output to values, one a sample or one an output; their mean is made small.</summary>
    public static implicit operator Loss(Func<Tensor, Tensor, Tensor> values) => From("custom_loss", values);

    /// <summary>A function of your own as a loss.</summary>
    /// <param name="name">Shown in summaries, and what files hold (see <see cref="Register(string, Func{Tensor, Tensor, Tensor}, Reduction)"/>).</param>
    /// <param name="values">From labels (of the output's type and dims) and output to values: one a sample, or one an output.</param>
    /// <param name="reduction">How the batch's values become one.</param>
    public static Loss From(string name, Func<Tensor, Tensor, Tensor> values, Reduction reduction = default) => new CustomLoss(name, values, reduction);

    /// <summary>Makes a function of your own known by a name, so that models compiled with it can be saved and loaded: files hold the name alone.</summary>
    /// <param name="name">What it is called in code (<c>loss: "name"</c>) and in files.</param>
    /// <param name="values">From labels and output to values.</param>
    /// <param name="reduction">How the batch's values become one.</param>
    /// <exception cref="ArgumentException">The name is a built-in loss'.</exception>
    public static void Register(string name, Func<Tensor, Tensor, Tensor> values, Reduction reduction = default) => LossTable.Register(name, values, reduction);

    /// <summary>Makes a class of your own known by its name, so that models compiled with it can be loaded.</summary>
    /// <param name="className">The class' name in files: its <see cref="ClassName"/>.</param>
    /// <param name="read">Makes one from what its <see cref="WriteConfig"/> has written; name and reduction are in the file as well.</param>
    public static void Register(string className, Func<ConfigReader, Loss> read) => LossTable.Register(className, read);

    /// <summary>The loss that this one stands for, given labels and output: <c>"crossentropy"</c> chooses here.</summary>
    internal virtual Loss Resolve(TensorType yTrue, TensorType yPred) => this;

    /// <summary>The text that stands for the loss in a file; null where its class and arguments are written.</summary>
    internal virtual string? SavedName => null;

    /// <summary>Writes the constructor's arguments under Keras' names, after name and reduction.</summary>
    protected internal virtual void WriteConfig(ConfigWriter config) =>
        throw new NotSupportedException($"Loss '{Name}': a loss class of your own is saved by what its WriteConfig writes, and it has none. Override WriteConfig and call Loss.Register(\"{ClassName}\", config => ...) before loading.");

    // Keras' rank rule: where the ranks differ by an axis of 1 at the end, it is dropped or added. Everything else must agree.
    internal Tensor Aligned(Tensor yTrue, Tensor yPred)
    {
        Dims expected = TakesClasses ? yPred.Dims.Without(yPred.Dims.Axis(ClassAxis, ClassName)) : yPred.Dims;
        Tensor labels = TakesClasses ? yTrue : yTrue.Cast(yPred.DType);
        if (labels.Dims.Rank == expected.Rank + 1 && labels.Dims[-1].Size == 1)
        {
            labels = labels.Reshape(labels.Dims[..^1]);
        }
        else if (labels.Dims.Rank + 1 == expected.Rank && expected[-1].Size == 1)
        {
            labels = labels.Reshape(labels.Dims.Insert(labels.Dims.Rank, 1));
        }

        return labels.Dims.SameSizes(expected)
            ? labels
            : throw new ShapeException($"{ClassName}: expected labels of dims {expected} for an output of {yPred.Type}, received {yTrue.Type}. {(TakesClasses ? "Labels are class numbers here; for one-hot labels use CategoricalCrossentropy." : "Reshape the labels, or change the number of units of the last layer.")}");
    }
}
