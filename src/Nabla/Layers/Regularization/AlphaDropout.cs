using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// Dropout for networks of selu: dropped values take selu's lowest value, and all are scaled and shifted so that mean 0 and variance 1 stay
/// (Klambauer et al. 2017). Active in training alone.
/// </summary>
/// <example><code>
/// Sequential net = new([new InputLayer(20), new Dense(64, "selu"), new AlphaDropout(0.1), new Dense(1)]);
/// </code></example>
public sealed class AlphaDropout : Layer
{
    // selu's limit for very negative inputs.
    private const double Lowest = -1.6732632423543772 * 1.0507009873554805;

    /// <summary>A dropping layer.</summary>
    /// <param name="rate">The probability with which a value is dropped, from 0 to below 1.</param>
    /// <param name="noiseShape">For each axis, the batch first, null where values are dropped one by one, or 1 where one draw serves all; null for no such axes.</param>
    /// <param name="seed">Fixes what is dropped whatever the model's seed; null takes the model's.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public AlphaDropout(double rate, IReadOnlyList<int?>? noiseShape = null, int? seed = null, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        Rate = this.Rate(rate, oneToo: false);
        NoiseShape = Noise.Checked(noiseShape, this);
        Seed = seed;
    }

    /// <summary>The probability with which a value is dropped.</summary>
    public double Rate { get; }

    /// <summary>Where one draw serves a whole axis, as given; null for nowhere.</summary>
    public ImmutableArray<int?>? NoiseShape { get; }

    /// <summary>The seed of its own.</summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        Dims noise = Noise.DimsOf(input, NoiseShape, this);
        if (!context.Training || Rate == 0)
        {
            return input;
        }

        double scale = 1 / Math.Sqrt((1 - Rate) * (1 + (Rate * Lowest * Lowest)));
        double shift = -scale * Lowest * Rate;
        Tensor dropped = Noise.Spread(context.Chance(noise, Rate, Seed), input);
        return (scale * Tensor.Select(dropped, input.Like(Lowest), input)) + shift;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("rate", Rate);
        config.Integer("seed", Seed);
        Noise.WriteShape(config, NoiseShape);
    }

    internal static AlphaDropout Read(ConfigReader config) =>
        new(config.Number("rate", 0), Noise.ReadShape(config), config.Integer("seed", null), config.RequiredText("name"), config.DType());
}
