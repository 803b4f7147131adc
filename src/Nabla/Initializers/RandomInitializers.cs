namespace Nabla;

/// <summary>Numbers of a normal distribution.</summary>
/// <example><code>
/// NDArray values = new RandomNormal(mean: 0, stdDev: 0.05, seed: 1).Call([2, 3]);
/// </code></example>
public sealed class RandomNormal : Initializer
{
    /// <summary>A normal distribution.</summary>
    /// <param name="mean">Its mean.</param>
    /// <param name="stdDev">Its standard deviation; 0 or more.</param>
    /// <param name="seed">Fixes the values; null takes the model's seed.</param>
    public RandomNormal(double mean = 0, double stdDev = 0.05, int? seed = null)
        : base(seed)
    {
        Mean = Argument.Finite(nameof(RandomNormal), mean, nameof(mean));
        StdDev = Argument.NotNegative(nameof(RandomNormal), stdDev, nameof(stdDev), "0.05");
    }

    /// <summary>The mean.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation.</summary>
    public double StdDev { get; }

    /// <inheritdoc/>
    protected internal override NDArray Create(Dims dims, DType dtype, RandomStream stream) => Fill(dims, dtype, i => Mean + StdDev * stream.Normal(i));

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("mean", Mean);
        config.Number("stddev", StdDev);
        config.Integer("seed", Seed);
    }

    internal static RandomNormal Read(ConfigReader config) => new(config.Number("mean", 0), config.Number("stddev", 0.05), config.Integer("seed", null));
}

/// <summary>Numbers of a normal distribution, cut at two standard deviations: none lies further from the mean.</summary>
/// <example><code>
/// NDArray values = new TruncatedNormal(mean: 0, stdDev: 0.05, seed: 1).Call([2, 3]);
/// </code></example>
public sealed class TruncatedNormal : Initializer
{
    /// <summary>A cut normal distribution.</summary>
    /// <param name="mean">Its mean.</param>
    /// <param name="stdDev">Its standard deviation before the cut (after it 0.88 times that); 0 or more.</param>
    /// <param name="seed">Fixes the values; null takes the model's seed.</param>
    public TruncatedNormal(double mean = 0, double stdDev = 0.05, int? seed = null)
        : base(seed)
    {
        Mean = Argument.Finite(nameof(TruncatedNormal), mean, nameof(mean));
        StdDev = Argument.NotNegative(nameof(TruncatedNormal), stdDev, nameof(stdDev), "0.05");
    }

    /// <summary>The mean.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation before the cut.</summary>
    public double StdDev { get; }

    /// <inheritdoc/>
    protected internal override NDArray Create(Dims dims, DType dtype, RandomStream stream) => Fill(dims, dtype, i => Mean + StdDev * stream.CutNormal(i));

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("mean", Mean);
        config.Number("stddev", StdDev);
        config.Integer("seed", Seed);
    }

    internal static TruncatedNormal Read(ConfigReader config) => new(config.Number("mean", 0), config.Number("stddev", 0.05), config.Integer("seed", null));
}

/// <summary>Numbers between two bounds, each equally likely.</summary>
/// <example><code>
/// NDArray values = new RandomUniform(-1, 1, seed: 1).Call([2, 3]);
/// </code></example>
public sealed class RandomUniform : Initializer
{
    /// <summary>Numbers between two bounds.</summary>
    /// <param name="minValue">The lower bound.</param>
    /// <param name="maxValue">The upper bound; not below the lower.</param>
    /// <param name="seed">Fixes the values; null takes the model's seed.</param>
    public RandomUniform(double minValue = -0.05, double maxValue = 0.05, int? seed = null)
        : base(seed)
    {
        MinValue = Argument.Finite(nameof(RandomUniform), minValue, nameof(minValue));
        MaxValue = Argument.Finite(nameof(RandomUniform), maxValue, nameof(maxValue)) >= minValue
            ? maxValue
            : throw new ArgumentOutOfRangeException(nameof(maxValue), $"RandomUniform: expected maxValue of at least minValue ({LogText.Exact(minValue)}), received {LogText.Exact(maxValue)}. Are the two exchanged?");
    }

    /// <summary>The lower bound.</summary>
    public double MinValue { get; }

    /// <summary>The upper bound.</summary>
    public double MaxValue { get; }

    /// <inheritdoc/>
    protected internal override NDArray Create(Dims dims, DType dtype, RandomStream stream) =>
        Fill(dims, dtype, i => MinValue + (MaxValue - MinValue) * stream.Uniform(i));

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("minval", MinValue);
        config.Number("maxval", MaxValue);
        config.Integer("seed", Seed);
    }

    internal static RandomUniform Read(ConfigReader config) => new(config.Number("minval", -0.05), config.Number("maxval", 0.05), config.Integer("seed", null));
}
