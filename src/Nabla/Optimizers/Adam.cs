namespace Nabla;

/// <summary>
/// Adam (Kingma and Ba 2015) in Keras' form: m ← m + (g - m)(1 - β1), v ← v + (g² - v)(1 - β2),
/// w ← w - α·√(1 - β2ᵗ) / (1 - β1ᵗ) · m / (√v + ε). ε stands outside the root and is not corrected.
/// </summary>
/// <example><code>
/// model.Compile(new Adam(0.01, clipNorm: 1), "mse");
/// </code></example>
public class Adam : Optimizer
{
    /// <summary>Adam; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α: a number or a schedule; 0.001 by default.</param>
    /// <param name="beta1">β1: how much of the mean gradient stays at each step.</param>
    /// <param name="beta2">β2: how much of the mean squared gradient stays at each step.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="amsgrad">Whether the largest v so far is used instead of v.</param>
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
    public Adam(
        LearningRate? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
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
            beta1, beta2, epsilon, amsgrad,
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

    private protected Adam(LearningRate learningRate, double beta1, double beta2, double epsilon, bool amsgrad, OptimizerArguments arguments)
        : base(learningRate, arguments)
    {
        Beta1 = Share(beta1, nameof(beta1));
        Beta2 = Share(beta2, nameof(beta2));
        Epsilon = Positive(epsilon, nameof(epsilon));
        Amsgrad = amsgrad;
    }

    /// <summary>β1: how much of the mean gradient stays at each step.</summary>
    public double Beta1 { get; }

    /// <summary>β2: how much of the mean squared gradient stays at each step.</summary>
    public double Beta2 { get; }

    /// <summary>ε, above 0.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the largest v so far is used instead of v.</summary>
    public bool Amsgrad { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OptimizerSlot> Slots(Variable weight) =>
        Amsgrad ? [new("momentum"), new("velocity"), new("velocity_hat") { Group = 1 }] : [new("momentum"), new("velocity")];

    /// <inheritdoc/>
    protected internal override Tensor Rate(OptimizerStep step) => Moments.Corrected(step, Beta1, Beta2);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Remember(WeightStep step)
    {
        (Tensor m, Tensor v) = Moments.Next(step, Beta1, Beta2);
        return Amsgrad ? [m, v, step.Slots[2].Maximum(v)] : [m, v];
    }

    /// <inheritdoc/>
    protected internal override Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered) =>
        step.Value - remembered[0] * step.Rate / (remembered[^1].Sqrt() + Epsilon);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("beta_1", Beta1);
        config.Number("beta_2", Beta2);
        config.Number("epsilon", Epsilon);
        config.Boolean("amsgrad", Amsgrad);
    }

    internal static Adam Read(ConfigReader c) => new(
        OptimizerTable.Rate(c, 0.001),
        c.Number("beta_1", 0.9),
        c.Number("beta_2", 0.999),
        c.Number("epsilon", 1e-7),
        c.Boolean("amsgrad", false),
        OptimizerArguments.Read(c));
}
