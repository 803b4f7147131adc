namespace Nabla;

/// <summary>
/// Gradient descent: w ← w - α·g. With momentum: m ← μ·m - α·g, w ← w + m; Nesterov: w ← w + μ·m - α·g. The learning rate is inside m.
/// </summary>
/// <example><code>
/// model.Compile(new SGD(0.1, momentum: 0.9, nesterov: true), "mse");
/// </code></example>
public sealed class SGD : Optimizer
{
    /// <summary>SGD; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α: a number or a schedule; 0.01 by default.</param>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <param name="nesterov">Whether the step looks ahead along m.</param>
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
    public SGD(
        LearningRate? learningRate = null,
        double momentum = 0,
        bool nesterov = false,
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
            learningRate ?? 0.01,
            momentum, nesterov,
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

    private SGD(LearningRate learningRate, double momentum, bool nesterov, OptimizerArguments arguments)
        : base(learningRate, arguments)
    {
        Momentum = Share(momentum, nameof(momentum));
        Nesterov = nesterov;
    }

    /// <summary>μ, from 0 to below 1.</summary>
    public double Momentum { get; }

    /// <summary>Whether the step looks ahead along m.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    public override string ClassName => "SGD";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OptimizerSlot> Slots(Variable weight) => Momentum == 0 ? [] : [new("momentum")];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Remember(WeightStep step) =>
        Momentum == 0 ? [] : [step.Slots[0] * Momentum - step.Gradient * step.Rate];

    /// <inheritdoc/>
    protected internal override Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered) =>
        Momentum == 0 ? step.Value - step.Gradient * step.Rate
        : Nesterov ? step.Value + remembered[0] * Momentum - step.Gradient * step.Rate
        : step.Value + remembered[0];

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("momentum", Momentum);
        config.Boolean("nesterov", Nesterov);
    }

    internal static SGD Read(ConfigReader c) => new(OptimizerTable.Rate(c, 0.01), c.Number("momentum", 0), c.Boolean("nesterov", false), OptimizerArguments.Read(c));
}
