namespace Nabla;

/// <summary>
/// (initial - end)·(1 - step / decaySteps)^power + end up to decaySteps, then the end; with <c>cycle</c> the steps are stretched to the
/// next multiple instead, so that the rate rises again at each.
/// </summary>
/// <example><code>
/// double rate = new PolynomialDecay(0.1, decaySteps: 100, endLearningRate: 0).Call(50);   // 0.05
/// </code></example>
public sealed class PolynomialDecay : LearningRateSchedule
{
    /// <summary>A rate that falls along a power to its end.</summary>
    /// <param name="initialLearningRate">The rate of the first step; 0 or more.</param>
    /// <param name="decaySteps">The steps after which the end is reached; above 0.</param>
    /// <param name="endLearningRate">The end; 0 or more.</param>
    /// <param name="power">The power; 1 is a straight line. Above 0.</param>
    /// <param name="cycle">Whether it begins anew after the end, over as many steps more.</param>
    /// <param name="name">Saved with the optimizer.</param>
    public PolynomialDecay(
        double initialLearningRate, double decaySteps, double endLearningRate = 0.0001, double power = 1, bool cycle = false, string? name = null)
        : base(name)
    {
        InitialLearningRate = Argument.NotNegative(ClassName, initialLearningRate, nameof(initialLearningRate), "0.01");
        DecaySteps = Argument.Positive(ClassName, decaySteps, nameof(decaySteps), "1000");
        EndLearningRate = Argument.NotNegative(ClassName, endLearningRate, nameof(endLearningRate), "0.0001");
        Power = Argument.Positive(ClassName, power, nameof(power), "1");
        Cycle = cycle;
    }

    /// <summary>The rate of the first step.</summary>
    public double InitialLearningRate { get; }

    /// <summary>The steps after which the end is reached.</summary>
    public double DecaySteps { get; }

    /// <summary>The end.</summary>
    public double EndLearningRate { get; }

    /// <summary>The power.</summary>
    public double Power { get; }

    /// <summary>Whether it begins anew after the end.</summary>
    public bool Cycle { get; }

    /// <inheritdoc/>
    public override Tensor Rate(Tensor step)
    {
        Tensor share;
        if (Cycle)
        {
            // The cycles begun, rounded up: 1 at the first step too.
            Tensor cycles = (-((-step / DecaySteps).Floor())).Maximum(1);
            share = step / (cycles * DecaySteps);
        }
        else
        {
            share = step.Minimum(DecaySteps) / DecaySteps;
        }

        return (1 - share).Pow(Power) * ((Rational)InitialLearningRate - EndLearningRate) + EndLearningRate;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("initial_learning_rate", InitialLearningRate);
        config.Number("decay_steps", DecaySteps);
        config.Number("end_learning_rate", EndLearningRate);
        config.Number("power", Power);
        config.Boolean("cycle", Cycle);
        config.Text("name", Name);
    }

    internal static PolynomialDecay Read(ConfigReader config) => new(
        config.RequiredNumber("initial_learning_rate"),
        config.RequiredNumber("decay_steps"),
        config.Number("end_learning_rate", 0.0001),
        config.Number("power", 1),
        config.Boolean("cycle", false),
        config.OptionalText("name"));
}
