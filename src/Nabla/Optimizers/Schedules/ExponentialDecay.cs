namespace Nabla;

/// <summary>initial·decayRate^(step / decaySteps); with <c>staircase</c> the exponent is rounded down, so that the rate falls in steps.</summary>
/// <example><code>
/// double rate = new ExponentialDecay(0.1, decaySteps: 100, decayRate: 0.5, staircase: true).Call(250);   // 0.025
/// </code></example>
public sealed class ExponentialDecay : LearningRateSchedule
{
    /// <summary>A rate that falls by the same factor again and again.</summary>
    /// <param name="initialLearningRate">The rate of the first step; 0 or more.</param>
    /// <param name="decaySteps">The steps after which the rate has fallen once; above 0.</param>
    /// <param name="decayRate">The factor; above 0.</param>
    /// <param name="staircase">Whether the rate falls only at multiples of the steps.</param>
    /// <param name="name">Saved with the optimizer.</param>
    public ExponentialDecay(double initialLearningRate, double decaySteps, double decayRate, bool staircase = false, string? name = null)
        : base(name)
    {
        InitialLearningRate = Argument.NotNegative(ClassName, initialLearningRate, nameof(initialLearningRate), "0.01");
        DecaySteps = Argument.Positive(ClassName, decaySteps, nameof(decaySteps), "1000");
        DecayRate = Argument.Positive(ClassName, decayRate, nameof(decayRate), "0.96");
        Staircase = staircase;
    }

    /// <summary>The rate of the first step.</summary>
    public double InitialLearningRate { get; }

    /// <summary>The steps after which the rate has fallen once.</summary>
    public double DecaySteps { get; }

    /// <summary>The factor.</summary>
    public double DecayRate { get; }

    /// <summary>Whether the rate falls only at multiples of the steps.</summary>
    public bool Staircase { get; }

    /// <inheritdoc/>
    public override Tensor Rate(Tensor step)
    {
        Tensor times = step / DecaySteps;
        return step.Like(DecayRate).Pow(Staircase ? times.Floor() : times) * InitialLearningRate;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("initial_learning_rate", InitialLearningRate);
        config.Number("decay_steps", DecaySteps);
        config.Number("decay_rate", DecayRate);
        config.Boolean("staircase", Staircase);
        config.Text("name", Name);
    }

    internal static ExponentialDecay Read(ConfigReader config) => new(
        config.RequiredNumber("initial_learning_rate"),
        config.RequiredNumber("decay_steps"),
        config.RequiredNumber("decay_rate"),
        config.Boolean("staircase", false),
        config.OptionalText("name"));
}
