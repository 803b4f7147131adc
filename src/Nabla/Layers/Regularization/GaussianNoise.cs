namespace Nabla;

/// <summary>In training, a normal number of mean 0 is added to each value: blurred data teach a smoother function.</summary>
/// <example><code>
/// Sequential net = new([new InputLayer(4), new GaussianNoise(0.1), new Dense(3)]);
/// </code></example>
public sealed class GaussianNoise : Layer
{
    /// <summary>A layer of added noise.</summary>
    /// <param name="stddev">The noise's standard deviation; 0 or more.</param>
    /// <param name="seed">Fixes the noise whatever the model's seed; null takes the model's.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public GaussianNoise(double stddev, int? seed = null, string? name = null, DType? dtype = null)
        : base(name, dtype) => (Stddev, Seed) = (this.NotNegative(stddev, nameof(stddev)), seed);

    /// <summary>The noise's standard deviation.</summary>
    public double Stddev { get; }

    /// <summary>The seed of its own.</summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => context.Training && Stddev > 0 ? input + (Stddev * context.Normal(input, Seed)) : input;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("stddev", Stddev);
        config.Integer("seed", Seed);
    }

    internal static GaussianNoise Read(ConfigReader config) => new(config.Number("stddev", 0), config.Integer("seed", null), config.RequiredText("name"), config.DType());
}
