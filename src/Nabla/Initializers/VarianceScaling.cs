namespace Nabla;

/// <summary>
/// Weights whose spread falls with the number of inputs or outputs of a unit, so that signals keep their size from layer to layer:
/// variance = scale / fan, where a fan counts the inputs, the outputs, or the mean of both (Glorot and Bengio 2010; He et al. 2015).
/// </summary>
/// <example><code>
/// NDArray values = new VarianceScaling(2, "fan_avg", "uniform", seed: 1).Call([64, 10]);
/// </code></example>
public class VarianceScaling : Initializer
{
    // The standard deviation of a unit normal cut at ±2, by which Keras widens the normal so that the cut one has the wanted spread.
    private const double CutNormalDeviation = 0.8796256610342398;

    private static readonly string[] Modes = ["fan_in", "fan_out", "fan_avg"];
    private static readonly string[] Distributions = ["truncated_normal", "normal", "untruncated_normal", "uniform"];

    private readonly bool _isNamed;

    /// <summary>Weights of variance scale / fan.</summary>
    /// <param name="scale">The scale; above 0.</param>
    /// <param name="mode"><c>"fan_in"</c>, <c>"fan_out"</c> or <c>"fan_avg"</c>.</param>
    /// <param name="distribution"><c>"truncated_normal"</c> (or <c>"normal"</c>, the same; cut at two deviations), <c>"untruncated_normal"</c> or <c>"uniform"</c>.</param>
    /// <param name="seed">Fixes the values; null takes the model's seed.</param>
    /// <param name="inputAxes">The axes that count as inputs; null takes the last but one, times the size of all before.</param>
    /// <param name="outputAxes">The axes that count as outputs; null takes the last, times the size of all before the last two.</param>
    public VarianceScaling(
        double scale = 1, string mode = "fan_in", string distribution = "truncated_normal", int? seed = null, Axes? inputAxes = null, Axes? outputAxes = null)
        : this(scale, mode, distribution, seed, inputAxes, outputAxes, isNamed: false)
    {
    }

    private protected VarianceScaling(
        double scale, string mode, string distribution, int? seed, Axes? inputAxes, Axes? outputAxes, bool isNamed)
        : base(seed)
    {
        Scale = Argument.Positive(ClassName, scale, nameof(scale), "2");
        Mode = Modes.Contains(mode) ? mode : throw DidYouMean.Unknown($"{ClassName} mode", mode, Modes);
        Distribution = Distributions.Contains(distribution) ? distribution : throw DidYouMean.Unknown($"{ClassName} distribution", distribution, Distributions);
        InputAxes = inputAxes;
        OutputAxes = outputAxes;
        _isNamed = isNamed;
    }

    /// <summary>The scale.</summary>
    public double Scale { get; }

    /// <summary>Which fan divides it.</summary>
    public string Mode { get; }

    /// <summary>The shape of the distribution.</summary>
    public string Distribution { get; }

    /// <summary>The axes that count as inputs.</summary>
    public Axes? InputAxes { get; }

    /// <summary>The axes that count as outputs.</summary>
    public Axes? OutputAxes { get; }

    /// <inheritdoc/>
    protected internal sealed override NDArray Create(Dims dims, DType dtype, RandomStream stream)
    {
        (double fanIn, double fanOut) = Fans(dims);
        double fan = Mode switch
        {
            "fan_in" => fanIn,
            "fan_out" => fanOut,
            _ => (fanIn + fanOut) / 2,
        };
        double variance = Scale / Math.Max(1, fan);
        double deviation = Math.Sqrt(variance);
        switch (Distribution)
        {
            case "uniform":
                double limit = Math.Sqrt(3 * variance);
                return Fill(dims, dtype, i => limit * ((2 * stream.Uniform(i)) - 1));
            case "untruncated_normal":
                return Fill(dims, dtype, i => deviation * stream.Normal(i));
            default:
                return Fill(dims, dtype, i => deviation / CutNormalDeviation * stream.CutNormal(i));
        }
    }

    internal sealed override Initializer Along(Axes inputs, Axes outputs) =>
        InputAxes is null && OutputAxes is null ? new VarianceScaling(Scale, Mode, Distribution, Seed, inputs, outputs) : this;

    // The inputs and outputs of one unit: of a matrix its rows and columns; of more axes the last two, times the size of the others.
    private (double In, double Out) Fans(Dims dims)
    {
        double receptive = dims.Rank > 2 ? dims[..^2].Count : 1;
        double fanIn = dims.Rank switch
        {
            0 => 1,
            1 => dims[0].Size,
            _ => dims[-2].Size * receptive,
        };
        double fanOut = dims.Rank == 0 ? 1 : dims[-1].Size * receptive;
        return (InputAxes is { } inputs ? Size(inputs) : fanIn, OutputAxes is { } outputs ? Size(outputs) : fanOut);

        double Size(Axes axes) => axes.Aggregate(1.0, (size, axis) => size * dims[dims.Axis(axis, ClassName)].Size);
    }

    /// <inheritdoc/>
    protected internal sealed override void WriteConfig(ConfigWriter config)
    {
        if (!_isNamed)
        {
            config.Number("scale", Scale);
            config.Text("mode", Mode);
            config.Text("distribution", Distribution);
        }

        config.Integer("seed", Seed);

        // Only since 3.15 does Keras know these: what says nothing is left out for older ones.
        if (InputAxes is { } inputs)
        {
            config.Axes("input_axes", inputs);
        }

        if (OutputAxes is { } outputs)
        {
            config.Axes("output_axes", outputs);
        }
    }

    internal static VarianceScaling Read(ConfigReader config) => new(
        config.Number("scale", 1),
        config.Text("mode", "fan_in"),
        config.Text("distribution", "truncated_normal"),
        config.Integer("seed", null),
        ReadAxes(config, "input_axes"),
        ReadAxes(config, "output_axes"));

    private protected static Axes? ReadAxes(ConfigReader config, string name) => config.Has(name) ? config.Axes(name, 0) : null;
}
