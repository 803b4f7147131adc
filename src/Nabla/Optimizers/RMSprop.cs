namespace Nabla;

/// <summary>
/// Steps divided by the root of a running mean of squared gradients: v ← ρ·v + (1 - ρ)·g², w ← w - α·g / √(v + ε). ε is inside the root.
/// </summary>
/// <example><code>
/// model.Compile(new RMSprop(0.001, rho: 0.9, centered: true), "mse");
/// </code></example>
public sealed class RMSprop : Optimizer
{
    /// <summary>RMSprop; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α: a number or a schedule; 0.001 by default.</param>
    /// <param name="rho">ρ: how much of the running mean stays at each step.</param>
    /// <param name="momentum">How much of the last move is added to the next.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="centered">Whether the squared mean gradient is taken off v, leaving the variance.</param>
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
    public RMSprop(
        LearningRate? learningRate = null,
        double rho = 0.9,
        double momentum = 0,
        double epsilon = 1e-7,
        bool centered = false,
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
            rho, momentum, epsilon, centered,
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

    private RMSprop(LearningRate learningRate, double rho, double momentum, double epsilon, bool centered, OptimizerArguments arguments)
        : base(learningRate, arguments with { Name = arguments.Name ?? "rmsprop" })
    {
        Rho = Share(rho, nameof(rho));
        Momentum = Share(momentum, nameof(momentum));
        Epsilon = Positive(epsilon, nameof(epsilon));
        Centered = centered;
    }

    /// <summary>ρ: how much of the running mean stays at each step.</summary>
    public double Rho { get; }

    /// <summary>How much of the last move is added to the next.</summary>
    public double Momentum { get; }

    /// <summary>ε, above 0.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the squared mean gradient is taken off v, leaving the variance.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    public override string ClassName => "RMSprop";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OptimizerSlot> Slots(Variable weight) =>
    [
        new("velocity"),
        .. Momentum > 0 ? [new OptimizerSlot("momentum") { Group = 1 }] : Array.Empty<OptimizerSlot>(),
        .. Centered ? [new OptimizerSlot("average_gradient") { Group = 2 }] : Array.Empty<OptimizerSlot>(),
    ];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Remember(WeightStep step)
    {
        Tensor velocity = Mean(step.Slots[0], step.Gradient.Square());
        Tensor[] average = Centered ? [Mean(step.Slots[^1], step.Gradient)] : [];
        return Momentum > 0
            ? [velocity, step.Slots[1] * Momentum + Step(step, [velocity, .. average]), .. average]
            : [velocity, .. average];
    }

    /// <inheritdoc/>
    protected internal override Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered) =>
        step.Value - (Momentum > 0 ? remembered[1] : Step(step, remembered));

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("rho", Rho);
        config.Number("momentum", Momentum);
        config.Number("epsilon", Epsilon);
        config.Boolean("centered", Centered);
    }

    internal static RMSprop Read(ConfigReader c) => new(
        OptimizerTable.Rate(c, 0.001),
        c.Number("rho", 0.9),
        c.Number("momentum", 0),
        c.Number("epsilon", 1e-7),
        c.Boolean("centered", false),
        OptimizerArguments.Read(c));

    private Tensor Step(WeightStep step, IReadOnlyList<Tensor> slots)
    {
        Tensor spread = Centered ? slots[0] - slots[^1].Square() : slots[0];
        return step.Gradient * step.Rate / (spread + Epsilon).Sqrt();
    }

    private Tensor Mean(Tensor before, Tensor now) => before * Rho + now * (1 - (Rational)Rho);
}
