namespace Nabla;

/// <summary>
/// Half a cosine from the initial rate down to alpha times it: initial·((1 - alpha)·½(1 + cos(π·step / decaySteps)) + alpha), then constant
/// (Loshchilov and Hutter 2016). With a warm-up target the rate first rises to it in a straight line over the warm-up steps.
/// </summary>
/// <example><code>
/// LearningRateSchedule schedule = new CosineDecay(0, decaySteps: 900, warmupTarget: 0.1, warmupSteps: 100);
/// double rate = schedule.Call(550);   // 0.05
/// </code></example>
public sealed class CosineDecay : LearningRateSchedule
{
    /// <summary>A rate that falls along a cosine.</summary>
    /// <param name="initialLearningRate">The rate of the first step; 0 or more.</param>
    /// <param name="decaySteps">The steps of the fall; above 0.</param>
    /// <param name="alpha">The end, as a share of where the fall begins; from 0 to 1.</param>
    /// <param name="name">Saved with the optimizer.</param>
    /// <param name="warmupTarget">The rate to which it rises first; null falls at once.</param>
    /// <param name="warmupSteps">The steps of the rise; 0 or more.</param>
    public CosineDecay(
        double initialLearningRate, double decaySteps, double alpha = 0, string? name = null, double? warmupTarget = null, double warmupSteps = 0)
        : base(name)
    {
        InitialLearningRate = Argument.NotNegative(ClassName, initialLearningRate, nameof(initialLearningRate), "0.01");
        DecaySteps = Argument.Positive(ClassName, decaySteps, nameof(decaySteps), "1000");
        Alpha = Argument.Share(ClassName, alpha, nameof(alpha), "0.1");
        WarmupTarget = warmupTarget is { } target ? Argument.NotNegative(ClassName, target, nameof(warmupTarget), "0.1") : null;
        WarmupSteps = Argument.NotNegative(ClassName, warmupSteps, nameof(warmupSteps), "100");
    }

    /// <summary>The rate of the first step.</summary>
    public double InitialLearningRate { get; }

    /// <summary>The steps of the fall.</summary>
    public double DecaySteps { get; }

    /// <summary>The end, as a share of where the fall begins.</summary>
    public double Alpha { get; }

    /// <summary>The rate to which it rises first.</summary>
    public double? WarmupTarget { get; }

    /// <summary>The steps of the rise; they count only with a target.</summary>
    public double WarmupSteps { get; }

    /// <inheritdoc/>
    public override Tensor Rate(Tensor step)
    {
        if (WarmupTarget is not { } target || WarmupSteps == 0)
        {
            return Fall(step, WarmupTarget ?? InitialLearningRate);
        }

        Tensor rise = step / WarmupSteps * ((Rational)target - InitialLearningRate) + InitialLearningRate;
        return Tensor.Select(step.LessThan(WarmupSteps), rise, Fall((step - WarmupSteps).Maximum(0), target));
    }

    private Tensor Fall(Tensor step, double from)
    {
        Tensor half = ((step.Minimum(DecaySteps) / DecaySteps * Math.PI).Cos() + 1) / 2;
        return (half * (1 - (Rational)Alpha) + Alpha) * from;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("initial_learning_rate", InitialLearningRate);
        config.Number("decay_steps", DecaySteps);
        config.Number("alpha", Alpha);
        config.Text("name", Name);
        config.Number("warmup_target", WarmupTarget);
        config.Number("warmup_steps", WarmupSteps);
    }

    internal static CosineDecay Read(ConfigReader config) => new(
        config.RequiredNumber("initial_learning_rate"),
        config.RequiredNumber("decay_steps"),
        config.Number("alpha", 0),
        config.OptionalText("name"),
        config.OptionalNumber("warmup_target"),
        config.Number("warmup_steps", 0));
}
