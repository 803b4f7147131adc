namespace Nabla;

/// <summary>
/// The number of the bin that each value falls into: bin i holds boundaries[i - 1] ≤ x &lt; boundaries[i], the first and the last reach to infinity;
/// NaN falls into the last. Boundaries are given, or learned from data by <see cref="Adapt(NDArray)"/> so that the bins hold about equally many.
/// </summary>
/// <example><code>
/// NDArray bins = new Discretization([0, 1, 2]).Call(new[,] { { -1.5f, 1, 3.4f } });   // 0, 2, 3
/// </code></example>
public sealed class Discretization : Layer
{
    private static readonly string[] Modes = ["int", "one_hot", "multi_hot", "count"];

    /// <summary>A layer with given boundaries; arguments and defaults as in Keras.</summary>
    /// <param name="binBoundaries">The boundaries, rising.</param>
    /// <param name="outputMode"><c>"int"</c> gives bin numbers (int32); <c>"one_hot"</c>, <c>"multi_hot"</c> and <c>"count"</c> as <see cref="CategoryEncoding"/>.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">What values are compared in, and the type of outputs other than bin numbers; null takes the model's.</param>
    public Discretization(IReadOnlyList<double> binBoundaries, string outputMode = "int", string? name = null, DType? dtype = null)
        : this(Rising(binBoundaries), null, 0.01, outputMode, name, dtype)
    {
    }

    /// <summary>A layer that learns its boundaries by <see cref="Adapt(NDArray)"/>.</summary>
    /// <param name="numBins">How many bins; 2 or more.</param>
    /// <param name="epsilon">How exactly: of the data about 1/ε values are kept to find the boundaries.</param>
    /// <param name="outputMode"><c>"int"</c>, <c>"one_hot"</c>, <c>"multi_hot"</c> or <c>"count"</c>.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">What values are compared in, and the type of outputs other than bin numbers; null takes the model's.</param>
    public Discretization(int numBins, double epsilon = 0.01, string outputMode = "int", string? name = null, DType? dtype = null)
        : this(null, numBins, epsilon, outputMode, name, dtype)
    {
    }

    private Discretization(IReadOnlyList<double>? boundaries, int? numBins, double epsilon, string outputMode, string? name, DType? dtype)
        : base(name, dtype)
    {
        BinBoundaries = boundaries;
        NumBins = numBins is null or >= 2
            ? numBins
            : throw new ArgumentOutOfRangeException(nameof(numBins), $"Discretization '{Name}': expected 2 or more bins, received {numBins}.");
        Epsilon = Argument.Positive($"Discretization '{Name}'", Argument.Share($"Discretization '{Name}'", epsilon, nameof(epsilon), "0.01"), nameof(epsilon), "0.01");
        OutputMode = Modes.Contains(outputMode) ? outputMode : throw DidYouMean.Unknown($"Discretization '{Name}' outputMode", outputMode, Modes);
    }

    /// <summary>The boundaries, rising; null before they are learned.</summary>
    public IReadOnlyList<double>? BinBoundaries { get; private set; }

    /// <summary>How many bins are to be learned; null where the boundaries were given.</summary>
    public int? NumBins { get; }

    /// <summary>How exactly boundaries are learned.</summary>
    public double Epsilon { get; }

    /// <summary>How bins are written.</summary>
    public string OutputMode { get; }

    /// <summary>Learns boundaries from data, as Keras does: from about 1/ε of the sorted values, in float32.</summary>
    /// <param name="data">Values of any dims; NaN is not taken.</param>
    /// <exception cref="InvalidOperationException">Boundaries were given at construction.</exception>
    /// <exception cref="ArgumentException">No values, or some that are not numbers.</exception>
    public void Adapt(NDArray data) => Adapt([data]);

    /// <summary>The same from batches, one after the other.</summary>
    /// <param name="batches">Values of any dims.</param>
    /// <exception cref="InvalidOperationException">Boundaries were given at construction.</exception>
    /// <exception cref="ArgumentException">No values, or some that are not numbers.</exception>
    public void Adapt(IEnumerable<NDArray> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        if (NumBins is not { } bins)
        {
            throw new InvalidOperationException($"Discretization '{Name}': Adapt expected a layer made with numBins, but boundaries were given at construction. Use new Discretization(numBins: 10), or do not call Adapt.");
        }

        QuantileSummary summary = new(Epsilon);
        foreach (NDArray batch in batches)
        {
            float[] values = batch.AsType(DType.Float32).ToArray<float>();
            summary.Add(values.Length > 0 && !values.Any(float.IsNaN)
                ? values
                : throw new ArgumentException($"Discretization '{Name}': Adapt expected one or more numbers, received {(values.Length == 0 ? "none" : "NaN among them")} ({batch.Type})."));
        }

        BinBoundaries = summary.IsEmpty
            ? throw new ArgumentException($"Discretization '{Name}': Adapt expected at least one batch, received none.")
            : [.. summary.Boundaries(bins).Select(b => (double)b)];
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        IReadOnlyList<double> boundaries = BinBoundaries
            ?? throw new InvalidOperationException($"Discretization '{Name}': expected boundaries, but there are none yet. Call Adapt with data first, or give binBoundaries.");
        Tensor literal = input.Builder.Literal(NDArray.From<double>([.. boundaries]).AsType(input.DType));

        // Not below, instead of at least: NaN is neither, and falls into the last bin.
        Tensor numbers = input.ExpandDims(-1).LessThan(literal).Not().Cast(DType.Int32).Sum(-1);
        return OutputMode == "int" ? numbers : CategoryCodes.Encode(this, numbers, OutputMode, boundaries.Count + 1, DType);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        if (BinBoundaries is { } boundaries)
        {
            config.Numbers("bin_boundaries", boundaries);
        }
        else
        {
            config.Null("bin_boundaries");
        }

        config.Integer("num_bins", NumBins);
        config.Number("epsilon", Epsilon);
        config.Text("output_mode", OutputMode);
        config.Boolean("sparse", false);
    }

    internal static Discretization Read(ConfigReader config)
    {
        SparseOutput.Refuse(config);
        IReadOnlyList<double>? boundaries = config.Numbers("bin_boundaries");
        int? bins = config.Integer("num_bins", null);
        if (boundaries is null && bins is null)
        {
            throw config.Error("expected 'bin_boundaries' or 'num_bins', but both are missing.");
        }

        return new(
            boundaries is null ? null : Rising(boundaries),
            bins,
            config.Number("epsilon", 0.01),
            config.Text("output_mode", "int"),
            config.RequiredText("name"),
            config.DType());
    }

    private static double[] Rising(IReadOnlyList<double> boundaries)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        return boundaries.Count > 0 && boundaries.All(double.IsFinite) && boundaries.Zip(boundaries.Skip(1)).All(p => p.First <= p.Second)
            ? [.. boundaries]
            : throw new ArgumentException($"Discretization: expected one or more finite boundaries, rising, received {(boundaries.Count == 0 ? "none" : string.Join(", ", boundaries.Select(LogText.Exact)))}. Sort them.", nameof(boundaries));
    }
}
