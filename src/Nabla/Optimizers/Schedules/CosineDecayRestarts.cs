namespace Nabla;

/// <summary>
/// Half a cosine again and again (warm restarts; Loshchilov and Hutter 2016): cycle i lasts firstDecaySteps·tMul^i steps and gives
/// initial·((1 - alpha)·½·mMul^i·(1 + cos(π·share)) + alpha), where share is how much of the cycle is over.
/// </summary>
/// <example><code>
/// LearningRateSchedule schedule = new CosineDecayRestarts(0.1, firstDecaySteps: 100);
/// double rate = schedule.Call(200);   // 0.05: halfway through the second cycle, of 200 steps
/// </code></example>
public sealed class CosineDecayRestarts : LearningRateSchedule
{
    /// <summary>A rate that falls along cosines.</summary>
    /// <param name="initialLearningRate">The rate of the first step; 0 or more.</param>
    /// <param name="firstDecaySteps">The steps of the first cycle; above 0.</param>
    /// <param name="tMul">How many times longer each cycle is than the one before; 1 or more.</param>
    /// <param name="mMul">How many times higher each cycle begins than the one before; above 0.</param>
    /// <param name="alpha">The end of every cycle, as a share of the initial rate; from 0 to 1.</param>
    /// <param name="name">Saved with the optimizer.</param>
    public CosineDecayRestarts(
        double initialLearningRate, double firstDecaySteps, double tMul = 2, double mMul = 1, double alpha = 0, string? name = null)
        : base(name ?? "SGDRDecay")
    {
        InitialLearningRate = Argument.NotNegative(ClassName, initialLearningRate, nameof(initialLearningRate), "0.01");
        FirstDecaySteps = Argument.Positive(ClassName, firstDecaySteps, nameof(firstDecaySteps), "1000");
        TMul = double.IsFinite(tMul) && tMul >= 1
            ? tMul
            : throw new ArgumentOutOfRangeException(nameof(tMul), $"{ClassName}: expected tMul of 1 or more, such as 2, received {LogText.Exact(tMul)}. Cycles that grow shorter would end at no step.");
        MMul = Argument.Positive(ClassName, mMul, nameof(mMul), "1");
        Alpha = Argument.Share(ClassName, alpha, nameof(alpha), "0.1");
    }

    /// <summary>The rate of the first step.</summary>
    public double InitialLearningRate { get; }

    /// <summary>The steps of the first cycle.</summary>
    public double FirstDecaySteps { get; }

    /// <summary>How many times longer each cycle is than the one before.</summary>
    public double TMul { get; }

    /// <summary>How many times higher each cycle begins than the one before.</summary>
    public double MMul { get; }

    /// <summary>The end of every cycle, as a share of the initial rate.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    public override Tensor Rate(Tensor step)
    {
        Tensor time = step / FirstDecaySteps;
        (Tensor cycle, Tensor share) = TMul == 1 ? (time.Floor(), time - time.Floor()) : Growing(time);
        Tensor half = ((share * Math.PI).Cos() + 1) / 2;
        Tensor height = step.Like(MMul).Pow(cycle);
        return (height * half * (1 - (Rational)Alpha) + Alpha) * InitialLearningRate;
    }

    // Cycle i begins at (tMul^i - 1) / (tMul - 1) first cycles. The logarithm that finds i may round to the wrong side of a whole number, just
    // where a cycle begins and the rate jumps: so the beginnings themselves are asked whether it is one more or one less.
    private (Tensor Cycle, Tensor Share) Growing(Tensor time)
    {
        Rational growth = (Rational)TMul - 1;
        Tensor guess = ((time * growth + 1).Log() / Math.Log(TMul)).Floor();
        Tensor notAbove = Tensor.Select(Begin(guess).GreaterThan(time), guess - 1, guess);
        Tensor cycle = Tensor.Select(Begin(notAbove + 1).AtMost(time), notAbove + 1, notAbove);
        return (cycle, (time - Begin(cycle)) / Length(cycle));

        Tensor Length(Tensor cycle) => cycle.Like(TMul).Pow(cycle);
        Tensor Begin(Tensor cycle) => (Length(cycle) - 1) / growth;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("initial_learning_rate", InitialLearningRate);
        config.Number("first_decay_steps", FirstDecaySteps);
        config.Number("t_mul", TMul);
        config.Number("m_mul", MMul);
        config.Number("alpha", Alpha);
        config.Text("name", Name);
    }

    internal static CosineDecayRestarts Read(ConfigReader config) => new(
        config.RequiredNumber("initial_learning_rate"),
        config.RequiredNumber("first_decay_steps"),
        config.Number("t_mul", 2),
        config.Number("m_mul", 1),
        config.Number("alpha", 0),
        config.OptionalText("name"));
}
