namespace Nabla;

/// <summary>In training, whole channels are dropped with a probability, because neighbours in a channel say nearly the same; the others grow by 1 / (1 - rate).</summary>
/// <example><code>
/// SpatialDropout layer = new SpatialDropout2D(0.3);
/// </code></example>
public abstract class SpatialDropout : SpatialLayer
{
    private protected SpatialDropout(int axes, double rate, DataFormat dataFormat, int? seed, string? name, DType? dtype)
        : base(axes, dataFormat, name, dtype) => (Rate, Seed) = (this.Rate(rate, oneToo: true), seed);

    /// <summary>The probability with which a channel is dropped.</summary>
    public double Rate { get; }

    /// <summary>The seed of its own.</summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    protected internal sealed override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected sealed override Tensor Call(Tensor input, CallContext context)
    {
        int first = FirstAxis(input);
        Dims noise = input.Dims;
        for (int i = 0; i < SpatialAxes; i++)
        {
            noise = noise.With(first + i, 1);
        }

        return Noise.Drop(input, noise, Rate, Seed, context);
    }

    /// <inheritdoc/>
    protected internal sealed override void WriteConfig(ConfigWriter config)
    {
        config.Number("rate", Rate);
        config.Integer("seed", Seed);
        if (SpatialAxes > 1)
        {
            config.Text("data_format", DataFormat.ToString());
        }
    }

    // Keras writes the arguments of the layer it is made from.
    private protected static double RateOf(ConfigReader config)
    {
        config.Ignore("noise_shape");
        return config.Number("rate", 0);
    }
}

/// <summary>Drops whole channels of series: [batch, steps, channels].</summary>
/// <example><code>
/// SpatialDropout1D layer = new(0.3);
/// </code></example>
public sealed class SpatialDropout1D : SpatialDropout
{
    /// <summary>A layer that drops channels.</summary>
    /// <param name="rate">The probability with which a channel is dropped, from 0 to 1.</param>
    /// <param name="seed">Fixes what is dropped whatever the model's seed; null takes the model's.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public SpatialDropout1D(double rate, int? seed = null, string? name = null, DType? dtype = null)
        : base(1, rate, default, seed, name, dtype)
    {
    }

    internal static SpatialDropout1D Read(ConfigReader config) => new(RateOf(config), config.Integer("seed", null), config.RequiredText("name"), config.DType());
}

/// <summary>Drops whole channels of images: [batch, height, width, channels].</summary>
/// <example><code>
/// SpatialDropout2D layer = new(0.3, dataFormat: "channels_first");
/// </code></example>
public sealed class SpatialDropout2D : SpatialDropout
{
    /// <summary>A layer that drops channels.</summary>
    /// <param name="rate">The probability with which a channel is dropped, from 0 to 1.</param>
    /// <param name="dataFormat">Where the channels stand.</param>
    /// <param name="seed">Fixes what is dropped whatever the model's seed; null takes the model's.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public SpatialDropout2D(double rate, DataFormat dataFormat = default, int? seed = null, string? name = null, DType? dtype = null)
        : base(2, rate, dataFormat, seed, name, dtype)
    {
    }

    internal static SpatialDropout2D Read(ConfigReader config) =>
        new(RateOf(config), config.DataFormat(), config.Integer("seed", null), config.RequiredText("name"), config.DType());
}

/// <summary>Drops whole channels of volumes: [batch, depth, height, width, channels].</summary>
/// <example><code>
/// SpatialDropout3D layer = new(0.3);
/// </code></example>
public sealed class SpatialDropout3D : SpatialDropout
{
    /// <summary>A layer that drops channels.</summary>
    /// <param name="rate">The probability with which a channel is dropped, from 0 to 1.</param>
    /// <param name="dataFormat">Where the channels stand.</param>
    /// <param name="seed">Fixes what is dropped whatever the model's seed; null takes the model's.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public SpatialDropout3D(double rate, DataFormat dataFormat = default, int? seed = null, string? name = null, DType? dtype = null)
        : base(3, rate, dataFormat, seed, name, dtype)
    {
    }

    internal static SpatialDropout3D Read(ConfigReader config) =>
        new(RateOf(config), config.DataFormat(), config.Integer("seed", null), config.RequiredText("name"), config.DType());
}
