namespace Nabla;

/// <summary>
/// In training, each value is dropped (set to 0) with a probability, and the others grow by 1 / (1 - rate), so that their sum stays on average.
/// Outside training it does nothing (Srivastava et al. 2014).
/// </summary>
/// <remarks>What is dropped depends on the seed, the step's number, the layer and the value's place alone, so an interrupted training goes on the same.</remarks>
public sealed class Dropout : Layer
{
    /// <summary>A dropping layer.</summary>
    /// <param name="rate">The probability with which a value is dropped, from 0 to 1.</param>
    /// <param name="seed">Fixes what is dropped whatever the model's seed; null takes the model's.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Dropout(double rate, int? seed = null, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        Rate = rate is >= 0 and <= 1
            ? rate
            : throw new ArgumentOutOfRangeException(nameof(rate), rate, $"Dropout '{Name}': expected a rate from 0 to 1, the share of values to drop, such as 0.5.");
        Seed = seed;
    }

    /// <summary>The probability with which a value is dropped.</summary>
    public double Rate { get; }

    /// <summary>The seed of its own.</summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        if (!context.Training || Rate == 0)
        {
            return input;
        }

        return Rate == 1
            ? input.Like(0)
            : Tensor.Select(context.Chance(input, Rate, Seed), input.Like(0), input * (1 / (1 - (Rational)Rate)));
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("rate", Rate);
        config.Integer("seed", Seed);
    }

    internal static Dropout Read(ConfigReader config) => new(config.Number("rate", 0), config.Integer("seed", null), config.RequiredText("name"), config.DType());
}
