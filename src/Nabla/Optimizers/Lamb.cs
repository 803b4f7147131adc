namespace Nabla;

/// <summary>
/// Adam for large batches (You and others 2020): the corrected step u = m̂ / (√v̂ + ε) is scaled by ‖w‖ / ‖u‖, where neither is 0.
/// </summary>
/// <example><code>
/// model.Compile(new Lamb(0.002), "mse");
/// </code></example>
public sealed class Lamb : Optimizer
{
    /// <summary>Lamb; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α: a number or a schedule; 0.001 by default.</param>
    /// <param name="beta1">β1: how much of the mean gradient stays at each step.</param>
    /// <param name="beta2">β2: how much of the mean squared gradient stays at each step.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="weightDecay">The share that weights lose at each step, times the learning rate.</param>
    /// <param name="clipNorm">The longest that each gradient may be.</param>
    /// <param name="clipValue">The largest that each element of a gradient may be.</param>
    /// <param name="globalClipNorm">The longest that all gradients together may be.</param>
    /// <param name="useEma">Whether an average of the weights is kept, and taken over at the end of a fit.</param>
    /// <param name="emaMomentum">How much of the average stays at each step.</param>
    /// <param name="emaOverwriteFrequency">Steps from one taking over of the average to the next.</param>
    /// <param name="lossScaleFactor">What the loss is multiplied by, and the gradients divided by.</param>
    /// <param name="gradientAccumulationSteps">Batches that make one step together.</param>
    /// <param name="name">Saved with the model.</param>
    public Lamb(
        LearningRate? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        string? name = null)
        : this(
            learningRate ?? 0.001,
            beta1, beta2, epsilon,
            new OptimizerArguments
            {
                WeightDecay = weightDecay,
                ClipNorm = clipNorm,
                ClipValue = clipValue,
                GlobalClipNorm = globalClipNorm,
                UseEma = useEma,
                EmaMomentum = emaMomentum,
                EmaOverwriteFrequency = emaOverwriteFrequency,
                LossScaleFactor = lossScaleFactor,
                GradientAccumulationSteps = gradientAccumulationSteps,
                Name = name,
            })
    {
    }

    private Lamb(LearningRate learningRate, double beta1, double beta2, double epsilon, OptimizerArguments arguments)
        : base(learningRate, arguments)
    {
        Beta1 = Share(beta1, nameof(beta1));
        Beta2 = Share(beta2, nameof(beta2));
        Epsilon = Positive(epsilon, nameof(epsilon));
    }

    /// <summary>β1: how much of the mean gradient stays at each step.</summary>
    public double Beta1 { get; }

    /// <summary>β2: how much of the mean squared gradient stays at each step.</summary>
    public double Beta2 { get; }

    /// <summary>ε, above 0.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OptimizerSlot> Slots(Variable weight) => [new("momentum"), new("velocity")];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Remember(WeightStep step)
    {
        (Tensor m, Tensor v) = Moments.Next(step, Beta1, Beta2);
        return [m, v];
    }

    /// <inheritdoc/>
    protected internal override Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered)
    {
        Tensor number = step.Step.Number;
        Tensor mean = remembered[0] / step.Own(1 - number.Like(Beta1).Pow(number));
        Tensor spread = remembered[1] / step.Own(1 - number.Like(Beta2).Pow(number));
        Tensor move = mean / (spread.Sqrt() + Epsilon);
        Tensor weight = step.Value.Square().Sum().Sqrt();
        Tensor length = move.Square().Sum().Sqrt();
        Tensor trust = Tensor.Select(weight.GreaterThan(0).And(length.GreaterThan(0)), weight / length, weight.Like(1));
        return step.Value - move * (trust * step.Rate);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("beta_1", Beta1);
        config.Number("beta_2", Beta2);
        config.Number("epsilon", Epsilon);
    }

    internal static Lamb Read(ConfigReader c) => new(
        OptimizerTable.Rate(c, 0.001),
        c.Number("beta_1", 0.9),
        c.Number("beta_2", 0.999),
        c.Number("epsilon", 1e-7),
        OptimizerArguments.Read(c));
}
