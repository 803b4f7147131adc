namespace Nabla;

/// <summary>How a weight's first values are drawn. A string stands for one with its default arguments: <c>"he_normal"</c>.</summary>
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

    /// <summary>Writes the constructor's arguments under Keras' names.</summary>
    protected internal virtual void WriteConfig(ConfigWriter config)
    {
    }

    /// <summary>The inputs and outputs of one unit: of a matrix its rows and columns; of more axes the last two, times the size of the others.</summary>
    private protected static (double In, double Out) Fans(Dims dims)
    {
        switch (dims.Rank)
        {
            case 0:
                return (1, 1);
            case 1:
                return (dims[0].Size, dims[0].Size);
            default:
                double receptive = dims[..^2].Count;
                return (dims[-2].Size * receptive, dims[-1].Size * receptive);
        }
    }

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
