namespace Nabla;

/// <summary>
/// Adam with the largest gradient instead of the mean squared one: m ← m + (g - m)(1 - β1), u ← max(β2·u, |g|),
/// w ← w - α / (1 - β1ᵗ) · m / (u + ε).
/// </summary>
/// <example><code>
/// model.Compile(new Adamax(0.002), "mse");
/// </code></example>
public sealed class Adamax : Optimizer
{
    /// <summary>Adamax; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α: a number or a schedule; 0.001 by default.</param>
    /// <param name="beta1">β1: how much of the mean gradient stays at each step.</param>
    /// <param name="beta2">β2: how much of the largest gradient stays at each step.</param>
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
    public Adamax(
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

    private Adamax(LearningRate learningRate, double beta1, double beta2, double epsilon, OptimizerArguments arguments)
        : base(learningRate, arguments)
    {
        Beta1 = Share(beta1, nameof(beta1));
        Beta2 = Share(beta2, nameof(beta2));
        Epsilon = Positive(epsilon, nameof(epsilon));
    }

    /// <summary>β1: how much of the mean gradient stays at each step.</summary>
    public double Beta1 { get; }

    /// <summary>β2: how much of the largest gradient stays at each step.</summary>
    public double Beta2 { get; }

    /// <summary>ε, above 0.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OptimizerSlot> Slots(Variable weight) => [new("momentum"), new("norm")];

    /// <inheritdoc/>
    protected internal override Tensor Rate(OptimizerStep step) => step.LearningRate / (1 - step.Number.Like(Beta1).Pow(step.Number));

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Remember(WeightStep step) =>
    [
        step.Slots[0] + (step.Gradient - step.Slots[0]) * (1 - (Rational)Beta1),
        (step.Slots[1] * Beta2).Maximum(step.Gradient.Abs()),
    ];

    /// <inheritdoc/>
    protected internal override Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered) =>
        step.Value - remembered[0] * step.Rate / (remembered[1] + Epsilon);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("beta_1", Beta1);
        config.Number("beta_2", Beta2);
        config.Number("epsilon", Epsilon);
    }

    internal static Adamax Read(ConfigReader c) => new(
        OptimizerTable.Rate(c, 0.001),
        c.Number("beta_1", 0.9),
        c.Number("beta_2", 0.999),
        c.Number("epsilon", 1e-7),
        OptimizerArguments.Read(c));
}
