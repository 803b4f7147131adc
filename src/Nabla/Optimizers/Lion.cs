namespace Nabla;

/// <summary>
/// Steps of one size, by the sign alone (Chen and others 2023): w ← w - α·sign(β1·m + (1 - β1)·g), then m ← β2·m + (1 - β2)·g.
/// Rates are three to ten times smaller than Adam's.
/// </summary>
/// <example><code>
/// model.Compile(new Lion(0.0003, weightDecay: 0.1), "mse");
/// </code></example>
public sealed class Lion : Optimizer
{
    /// <summary>Lion; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α: a number or a schedule; 0.001 by default.</param>
    /// <param name="beta1">β1: how much of the mean gradient the step takes.</param>
    /// <param name="beta2">β2: how much of the mean gradient stays at each step.</param>
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
    public Lion(
        LearningRate? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.99,
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
            beta1, beta2,
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

    private Lion(LearningRate learningRate, double beta1, double beta2, OptimizerArguments arguments)
        : base(learningRate, arguments)
    {
        Beta1 = beta1 is > 0 and <= 1 ? beta1 : throw new ArgumentOutOfRangeException(nameof(beta1), beta1, $"{ClassName}: expected beta1 above 0 and up to 1; 0 would leave the gradient's sign alone.");
        Beta2 = Share(beta2, nameof(beta2));
    }

    /// <summary>β1: how much of the mean gradient the step takes.</summary>
    public double Beta1 { get; }

    /// <summary>β2: how much of the mean gradient stays at each step.</summary>
    public double Beta2 { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OptimizerSlot> Slots(Variable weight) => [new("momentum")];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Remember(WeightStep step) => [step.Slots[0] * Beta2 + step.Gradient * (1 - (Rational)Beta2)];

    /// <summary>By the mean before this step.</summary>
    protected internal override Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered) =>
        step.Value - (step.Slots[0] * Beta1 + step.Gradient * (1 - (Rational)Beta1)).Sign() * step.Rate;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("beta_1", Beta1);
        config.Number("beta_2", Beta2);
    }

    internal static Lion Read(ConfigReader c) => new(OptimizerTable.Rate(c, 0.001), c.Number("beta_1", 0.9), c.Number("beta_2", 0.99), OptimizerArguments.Read(c));
}
