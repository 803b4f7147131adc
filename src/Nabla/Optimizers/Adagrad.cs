namespace Nabla;

/// <summary>Steps divided by the root of all squared gradients so far: a ← a + g², w ← w - α·g / √(a + ε).</summary>
/// <example><code>
/// model.Compile(new Adagrad(0.1), "mse");
/// </code></example>
public sealed class Adagrad : Optimizer
{
    /// <summary>Adagrad; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α: a number or a schedule; 0.001 by default.</param>
    /// <param name="initialAccumulatorValue">What the sum of squared gradients starts from; 0 or more.</param>
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
    public Adagrad(
        LearningRate? learningRate = null,
        double initialAccumulatorValue = 0.1,
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
            initialAccumulatorValue, epsilon,
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

    private Adagrad(LearningRate learningRate, double initialAccumulatorValue, double epsilon, OptimizerArguments arguments)
        : base(learningRate, arguments)
    {
        InitialAccumulatorValue = NotNegative(initialAccumulatorValue, nameof(initialAccumulatorValue));
        Epsilon = Positive(epsilon, nameof(epsilon));
    }

    /// <summary>What the sum of squared gradients starts from; 0 or more.</summary>
    public double InitialAccumulatorValue { get; }

    /// <summary>ε, above 0.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OptimizerSlot> Slots(Variable weight) => [new("accumulator", InitialAccumulatorValue)];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Remember(WeightStep step) => [step.Slots[0] + step.Gradient.Square()];

    /// <inheritdoc/>
    protected internal override Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered) =>
        step.Value - step.Gradient * step.Rate / (remembered[0] + Epsilon).Sqrt();

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("initial_accumulator_value", InitialAccumulatorValue);
        config.Number("epsilon", Epsilon);
    }

    internal static Adagrad Read(ConfigReader c) => new(
        OptimizerTable.Rate(c, 0.001),
        c.Number("initial_accumulator_value", 0.1),
        c.Number("epsilon", 1e-7),
        OptimizerArguments.Read(c));
}
