namespace Nabla;

/// <summary>In training, each value times a normal number of mean 1 and deviation √(rate / (1 - rate)): as much noise as <see cref="Dropout"/> of that rate makes.</summary>
/// <example><code>
/// GaussianDropout layer = new(0.2);
/// </code></example>
public sealed class GaussianDropout : Layer
{
    /// <summary>A layer of multiplied noise.</summary>
    /// <param name="rate">The rate of the dropout that it is like, from 0 to below 1.</param>
    /// <param name="seed">Fixes the noise whatever the model's seed; null takes the model's.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public GaussianDropout(double rate, int? seed = null, string? name = null, DType? dtype = null)
        : base(name, dtype) => (Rate, Seed) = (this.Rate(rate, oneToo: false), seed);

    /// <summary>The rate of the dropout that it is like.</summary>
    public double Rate { get; }

    /// <summary>The seed of its own.</summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => context.Training && Rate > 0
        ? input * (1 + (Math.Sqrt(Rate / (1 - Rate)) * context.Normal(input, Seed)))
        : input;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("rate", Rate);
        config.Integer("seed", Seed);
    }

    internal static GaussianDropout Read(ConfigReader config) => new(config.Number("rate", 0), config.Integer("seed", null), config.RequiredText("name"), config.DType());
}
