namespace Nabla;

/// <summary>
/// How a weight's first values are drawn. A string stands for one with its default arguments. A class of your own says the values in
/// <see cref="Create"/>.
/// </summary>
/// <example><code>
/// Dense layer = new(10, kernelInitializer: "he_normal", biasInitializer: Initializer.Constant(0.1));
/// NDArray values = new GlorotUniform(seed: 1).Call([64, 10]);
/// </code></example>
public abstract class Initializer
{
    /// <summary>An initializer with a seed of its own, or none.</summary>
    /// <param name="seed">Fixes the values whatever the model's seed; null takes a new stream of the model's for each weight.</param>
    protected Initializer(int? seed = null) => Seed = seed;

    /// <summary>The seed of its own, or null where the model's is used.</summary>
    public int? Seed { get; }

    /// <summary>Keras' name of the class, as saved: <c>GlorotUniform</c>.</summary>
    public virtual string ClassName => GetType().Name;

    /// <summary>All values 0.</summary>
    public static Initializer Zeros { get; } = new Zeros();

    /// <summary>All values 1.</summary>
    public static Initializer Ones { get; } = new Ones();

    /// <summary>All values equal.</summary>
    public static Initializer Constant(double value) => new ConstantInitializer(value);

    /// <summary>The initializer of a name, with its default arguments.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message offers the nearest.</exception>
    public static implicit operator Initializer(string name) =>
        InitializerTable.ByName.TryGetValue(name ?? "", out Func<Initializer>? make) ? make() : throw DidYouMean.Unknown("Initializer", name, InitializerTable.ByName.Keys);

    /// <summary>Values for a weight.</summary>
    /// <param name="dims">The weight's dims.</param>
    /// <param name="dtype">Its floating type.</param>
    /// <param name="stream">The random numbers to draw from.</param>
    protected internal abstract NDArray Create(Dims dims, DType dtype, RandomStream stream);

    /// <summary>Values at once, as a new weight would get them: the same every time with a seed of its own, else others every time.</summary>
    /// <param name="dims">The dims.</param>
    /// <param name="dtype">float32 or float64.</param>
    public NDArray Call(Dims dims, DType dtype = DType.Float32) => Create(dims, dtype, new SeedSource(RandomSeed.Next()).Stream(Seed));

    /// <summary>The same initializer where a weight's axes mean other than inputs before outputs: which of them come from the inputs, and which make the outputs.</summary>
    internal virtual Initializer Along(Axes inputs, Axes outputs) => this;

    /// <summary>Writes the constructor's arguments under Keras' names.</summary>
    protected internal virtual void WriteConfig(ConfigWriter config) =>
        throw new NotSupportedException($"{ClassName}: an initializer class of your own cannot be saved; only the built-in ones can. Save the weights alone instead.");

    /// <summary>An array of the asked type from doubles made one by one.</summary>
    private protected static NDArray Fill(Dims dims, DType dtype, Func<int, double> value)
    {
        var values = new double[dims.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(i);
        }

        return NDArray.Create<double>(values, dims).AsType(dtype);
    }
}
