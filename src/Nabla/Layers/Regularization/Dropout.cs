using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// In training, each value is dropped (set to 0) with a probability, and the others grow by 1 / (1 - rate), so that their sum stays on average.
/// Outside training it does nothing (Srivastava et al. 2014).
/// </summary>
/// <remarks>What is dropped depends on the seed, the step's number, the layer and the value's place alone, so an interrupted training goes on the same.</remarks>
/// <example><code>
/// Sequential net = new([new InputLayer(784), new Dense(128, "relu"), new Dropout(0.2), new Dense(10)]);
/// Dropout wholeSteps = new(0.2, noiseShape: [null, null, 1]); // all features of a step together
/// </code></example>
public sealed class Dropout : Layer
{
    /// <summary>A dropping layer.</summary>
    /// <param name="rate">The probability with which a value is dropped, from 0 to 1.</param>
    /// <param name="noiseShape">For each axis, the batch first, null where values are dropped one by one, or 1 where one draw serves all; null for no such axes.</param>
    /// <param name="seed">Fixes what is dropped whatever the model's seed; null takes the model's.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Dropout(double rate, IReadOnlyList<int?>? noiseShape = null, int? seed = null, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        Rate = this.Rate(rate, oneToo: true);
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
    protected override Tensor Call(Tensor input, CallContext context) => Noise.Drop(input, Noise.DimsOf(input, NoiseShape, this), Rate, Seed, context);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("rate", Rate);
        config.Integer("seed", Seed);
        Noise.WriteShape(config, NoiseShape);
    }

    internal static Dropout Read(ConfigReader config) =>
        new(config.Number("rate", 0), Noise.ReadShape(config), config.Integer("seed", null), config.RequiredText("name"), config.DType());
}
