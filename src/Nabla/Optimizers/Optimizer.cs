namespace Nabla;

/// <summary>
/// How weights follow their gradients. It records its rule into the training step; what it remembers of each weight lives with the
/// model, so one optimizer may serve several. A string stands for one with its default arguments: <c>"adam"</c>.
/// </summary>
public abstract class Optimizer
{
    private double _learningRate;

    /// <summary>An optimizer.</summary>
    /// <param name="learningRate">The size of a step; 0 or more.</param>
    /// <param name="weightDecay">Before each step every weight loses this share of itself, times the learning rate; biases too, as in Keras.</param>
    /// <param name="clipNorm">Each gradient is shortened to this length (L2).</param>
    /// <param name="clipValue">Each element of a gradient is held between ± this.</param>
    /// <param name="globalClipNorm">All gradients together are shortened to this length. At most one of the three may be given.</param>
    /// <param name="name">Saved with the model; null takes the class' name.</param>
    protected Optimizer(double learningRate, double? weightDecay = null, double? clipNorm = null, double? clipValue = null, double? globalClipNorm = null, string? name = null)
    {
        Name = name ?? AutoName.SnakeCase(ClassName);
        LearningRate = learningRate;
        WeightDecay = NotNegative(weightDecay, nameof(weightDecay));
        ClipNorm = Positive(clipNorm, nameof(clipNorm));
        ClipValue = Positive(clipValue, nameof(clipValue));
        GlobalClipNorm = Positive(globalClipNorm, nameof(globalClipNorm));
        if (new[] { clipNorm, clipValue, globalClipNorm }.Count(c => c is not null) > 1)
        {
            throw new ArgumentException($"{ClassName}: expected at most one of clipNorm, clipValue and globalClipNorm, received several. Choose one.");
        }
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Keras' name of the class, as saved.</summary>
    public virtual string ClassName => GetType().Name;

    /// <summary>The size of a step; may be changed between epochs without compiling again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    public double LearningRate
    {
        get => _learningRate;
        set => _learningRate = double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{ClassName}: expected a learningRate of 0 or more, such as 0.001.");
    }

    /// <summary>The share that weights lose at each step, times the learning rate.</summary>
    public double? WeightDecay { get; }

    /// <summary>The longest that each gradient may be.</summary>
    public double? ClipNorm { get; }

    /// <summary>The largest that each element of a gradient may be.</summary>
    public double? ClipValue { get; }

    /// <summary>The longest that all gradients together may be.</summary>
    public double? GlobalClipNorm { get; }

    /// <summary>The names of what is remembered of each weight, in order; each starts as zeros of the weight's type.</summary>
    protected internal abstract IReadOnlyList<string> Slots { get; }

    /// <summary>The rate of a step, the same for all weights: a float64 scalar. The learning rate, unless the rule corrects it.</summary>
    protected internal virtual Tensor Rate(OptimizerStep step) => step.LearningRate;

    /// <summary>What is remembered of a weight after a step.</summary>
    /// <param name="gradient">The loss' derivative with respect to the weight.</param>
    /// <param name="slots">What was remembered before, in the order of <see cref="Slots"/>.</param>
    /// <param name="rate">The step's rate, as a scalar of the weight's element type.</param>
    protected internal abstract Tensor[] Remember(Tensor gradient, Tensor[] slots, Tensor rate);

    /// <summary>A weight's new value.</summary>
    /// <param name="value">Its value before.</param>
    /// <param name="gradient">The loss' derivative with respect to it.</param>
    /// <param name="slots">What is remembered after this step.</param>
    /// <param name="rate">The step's rate, as a scalar of the weight's element type.</param>
    protected internal abstract Tensor Move(Tensor value, Tensor gradient, Tensor[] slots, Tensor rate);

    /// <summary>The optimizer of a name, with its default arguments.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message offers the nearest.</exception>
    public static implicit operator Optimizer(string name) =>
        OptimizerTable.ByName.TryGetValue(name ?? "", out Func<Optimizer>? make) ? make() : throw DidYouMean.Unknown("Optimizer", name, OptimizerTable.ByName.Keys, "An Optimizer object is taken as well.");

    /// <summary>Writes the constructor's arguments under Keras' names, after the common ones.</summary>
    protected internal virtual void WriteConfig(ConfigWriter config) =>
        throw new NotSupportedException($"Optimizer '{Name}': an optimizer class of your own cannot be saved; only the built-in ones can. Save with includeOptimizer: false.");

    /// <summary>Records a whole step in Keras' order: clip, decay, rule.</summary>
    /// <param name="step">The step's scalars.</param>
    /// <param name="values">The weights.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="slots">What is remembered of each.</param>
    /// <param name="good">Where this is false, everything keeps its value; null for always.</param>
    internal (Tensor Value, Tensor[] Slots)[] Apply(
        OptimizerStep step, IReadOnlyList<Tensor> values, IReadOnlyList<Tensor> gradients, IReadOnlyList<Tensor[]> slots, Tensor? good = null)
    {
        using IDisposable _ = step.Number.Builder.Scope(Name);
        IReadOnlyList<Tensor> clipped = GradientClipping.Apply(gradients, ClipNorm, ClipValue, GlobalClipNorm);
        Tensor rate = Rate(step);
        var results = new (Tensor, Tensor[])[values.Count];
        for (int i = 0; i < results.Length; i++)
        {
            Tensor value = values[i];
            Tensor own = rate.Cast(value.DType);
            if (WeightDecay is { } decay)
            {
                value -= value * (step.LearningRate * decay).Cast(value.DType);
            }

            // The move starts from what is really kept, so that one loop computes and stores all of a weight.
            Tensor[] kept = [.. slots[i].Zip(Remember(clipped[i], slots[i], own), (before, after) => Kept(good, before, WithoutSubnormals(after)))];
            results[i] = (Kept(good, values[i], Move(value, clipped[i], kept, own)), kept);
        }

        return results;
    }

    private static Tensor Kept(Tensor? good, Tensor before, Tensor after) => good is null ? after : Tensor.Select(good, after, before);

    private protected double Share(double value, string argument) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{ClassName}: expected {argument} from 0 to below 1.");

    private protected double Positive(double value, string argument) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{ClassName}: expected {argument} above 0.");

    private double? Positive(double? value, string argument) => value is { } number ? Positive(number, argument) : null;

    private double? NotNegative(double? value, string argument) => value is null or >= 0
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{ClassName}: expected {argument} of 0 or more.");

    // The means of a unit that has died halve with every few steps and would stay subnormal for ever, where processors take a hundred times as
    // long: measured, a step of the course network grew from 225 to 500 microseconds. Below the smallest normal number they are taken as 0.
    private static Tensor WithoutSubnormals(Tensor x)
    {
        Rational smallest = x.DType == DType.Float32 ? 1.17549435E-38 : 2.2250738585072014E-308;
        return Tensor.Select(x.Abs().LessThan(smallest), x.Like(0), x);
    }
}
