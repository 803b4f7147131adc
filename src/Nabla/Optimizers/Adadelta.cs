namespace Nabla;

/// <summary>
/// Steps in the units of the weights (Zeiler 2012): a ← ρ·a + (1 - ρ)·g², Δ = -√(d + ε) / √(a + ε)·g, d ← ρ·d + (1 - ρ)·Δ²,
/// w ← w + α·Δ. The paper's α is 1; Keras' default is 0.001.
/// </summary>
/// <example><code>
/// model.Compile(new Adadelta(1.0), "mse");
/// </code></example>
public sealed class Adadelta : Optimizer
{
    /// <summary>Adadelta; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α: a number or a schedule; 0.001 by default.</param>
    /// <param name="rho">ρ: how much of the running means stays at each step.</param>
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
    public Adadelta(
        LearningRate? learningRate = null,
        double rho = 0.95,
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
            rho, epsilon,
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

    private Adadelta(LearningRate learningRate, double rho, double epsilon, OptimizerArguments arguments)
        : base(learningRate, arguments)
    {
        Rho = Share(rho, nameof(rho));
        Epsilon = Positive(epsilon, nameof(epsilon));
    }

    /// <summary>ρ: how much of the running means stays at each step.</summary>
    public double Rho { get; }

    /// <summary>ε, above 0.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OptimizerSlot> Slots(Variable weight) => [new("accumulated_grad"), new("accumulated_delta_var")];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Remember(WeightStep step)
    {
        Tensor gradients = Mean(step.Slots[0], step.Gradient.Square());
        return [gradients, Mean(step.Slots[1], Change(step, gradients).Square())];
    }

    /// <inheritdoc/>
    protected internal override Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered) =>
        step.Value - Change(step, remembered[0]) * step.Rate;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("rho", Rho);
        config.Number("epsilon", Epsilon);
    }

    internal static Adadelta Read(ConfigReader c) => new(OptimizerTable.Rate(c, 0.001), c.Number("rho", 0.95), c.Number("epsilon", 1e-7), OptimizerArguments.Read(c));

    // -Δ: by the mean of changes before this step.
    private Tensor Change(WeightStep step, Tensor gradients) => (step.Slots[1] + Epsilon).Sqrt() * step.Gradient / (gradients + Epsilon).Sqrt();

    private Tensor Mean(Tensor before, Tensor now) => before * Rho + now * (1 - (Rational)Rho);
}
