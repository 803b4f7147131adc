namespace Nabla;

/// <summary>initial / (1 + decayRate·step / decaySteps); with <c>staircase</c> step / decaySteps is rounded down.</summary>
/// <example><code>
/// double rate = new InverseTimeDecay(0.1, decaySteps: 10, decayRate: 1).Call(10);   // 0.05
/// </code></example>
public sealed class InverseTimeDecay : LearningRateSchedule
{
    /// <summary>A rate that falls ever more slowly.</summary>
    /// <param name="initialLearningRate">The rate of the first step; 0 or more.</param>
    /// <param name="decaySteps">How often the decay grows by its rate; above 0.</param>
    /// <param name="decayRate">What is added to the divisor each time; 0 or more.</param>
    /// <param name="staircase">Whether the rate falls only at multiples of the steps.</param>
    /// <param name="name">Saved with the optimizer.</param>
    public InverseTimeDecay(double initialLearningRate, double decaySteps, double decayRate, bool staircase = false, string? name = null)
        : base(name)
    {
        InitialLearningRate = Argument.NotNegative(ClassName, initialLearningRate, nameof(initialLearningRate), "0.01");
        DecaySteps = Argument.Positive(ClassName, decaySteps, nameof(decaySteps), "1000");
        DecayRate = Argument.NotNegative(ClassName, decayRate, nameof(decayRate), "0.5");
        Staircase = staircase;
    }

    /// <summary>The rate of the first step.</summary>
    public double InitialLearningRate { get; }

    /// <summary>How often the decay grows by its rate.</summary>
    public double DecaySteps { get; }

    /// <summary>What is added to the divisor each time.</summary>
    public double DecayRate { get; }

    /// <summary>Whether the rate falls only at multiples of the steps.</summary>
    public bool Staircase { get; }

    /// <inheritdoc/>
    public override Tensor Rate(Tensor step)
    {
        Tensor times = step / DecaySteps;
        return InitialLearningRate / ((Staircase ? times.Floor() : times) * DecayRate + 1);
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

    internal static InverseTimeDecay Read(ConfigReader config) => new(
        config.RequiredNumber("initial_learning_rate"),
        config.RequiredNumber("decay_steps"),
        config.RequiredNumber("decay_rate"),
        config.Boolean("staircase", false),
        config.OptionalText("name"));
}
