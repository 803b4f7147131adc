namespace Nabla;

/// <summary>
/// Adam with little memory (Shazeer and Stern 2018): of matrices only the means of squared gradients by row and by column are needed. The step is
/// α = max(ε2, RMS(w))·min(η, 1/√t) times g / √v, shortened where its RMS is above the threshold; β2 = 1 - t^decay.
/// </summary>
/// <example><code>
/// model.Compile(new Adafactor(0.01), "mse");
/// </code></example>
public sealed class Adafactor : Optimizer
{
    /// <summary>Adafactor; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α: a number or a schedule; 0.001 by default.</param>
    /// <param name="beta2Decay">The power of the step by which β2 nears 1; below 0.</param>
    /// <param name="epsilon1">ε1: added to squared gradients.</param>
    /// <param name="epsilon2">ε2: the least that a weight counts as.</param>
    /// <param name="clipThreshold">The largest root mean square of a step before α.</param>
    /// <param name="relativeStep">Kept as Keras keeps it: the rate is at most 1/√t with it and without.</param>
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
    public Adafactor(
        LearningRate? learningRate = null,
        double beta2Decay = -0.8,
        double epsilon1 = 1e-30,
        double epsilon2 = 1e-3,
        double clipThreshold = 1,
        bool relativeStep = true,
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
            beta2Decay, epsilon1, epsilon2, clipThreshold, relativeStep,
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

    private Adafactor(LearningRate learningRate, double beta2Decay, double epsilon1, double epsilon2, double clipThreshold, bool relativeStep, OptimizerArguments arguments)
        : base(learningRate, arguments)
    {
        Beta2Decay = beta2Decay is < 0 and > double.NegativeInfinity ? beta2Decay : throw new ArgumentOutOfRangeException(nameof(beta2Decay), beta2Decay, $"{ClassName}: expected beta2Decay below 0, such as -0.8.");
        Epsilon1 = Positive(epsilon1, nameof(epsilon1));
        Epsilon2 = Positive(epsilon2, nameof(epsilon2));
        ClipThreshold = Positive(clipThreshold, nameof(clipThreshold));
        RelativeStep = relativeStep;
    }

    /// <summary>The power of the step by which β2 nears 1; below 0.</summary>
    public double Beta2Decay { get; }

    /// <summary>ε1: added to squared gradients.</summary>
    public double Epsilon1 { get; }

    /// <summary>ε2: the least that a weight counts as.</summary>
    public double Epsilon2 { get; }

    /// <summary>The largest root mean square of a step before α.</summary>
    public double ClipThreshold { get; }

    /// <summary>Kept as Keras keeps it: the rate is at most 1/√t with it and without.</summary>
    public bool RelativeStep { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OptimizerSlot> Slots(Variable weight)
    {
        Dims dims = weight.Type.Dims;
        return dims.Rank < 2
            ? [new("velocity")]
            : [new("row") { Dims = dims[..^1] }, new("column") { Dims = [.. dims[..^2], dims[^1]] }, new("velocity")];
    }

    /// <inheritdoc/>
    protected internal override Tensor Rate(OptimizerStep step) => step.LearningRate.Minimum(1 / step.Number.Sqrt());

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Remember(WeightStep step)
    {
        Tensor fresh = step.Own(step.Step.Number.Pow(Beta2Decay));
        Tensor squares = step.Gradient.Square() + Epsilon1;
        if (squares.Dims.Rank < 2)
        {
            return [step.Slots[0] * (1 - fresh) + squares * fresh];
        }

        Tensor row = step.Slots[0] * (1 - fresh) + squares.Mean(-1) * fresh;
        Tensor column = step.Slots[1] * (1 - fresh) + squares.Mean(-2) * fresh;
        return [row, column, (row / row.Mean(-1, keepDims: true)).ExpandDims(-1) * column.ExpandDims(-2)];
    }

    /// <inheritdoc/>
    protected internal override Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered)
    {
        Tensor move = step.Gradient / remembered[^1].Sqrt();
        Tensor alpha = Size(step.Value).Maximum(Epsilon2) * step.Rate;
        return step.Value - move / (Size(move) / ClipThreshold).Maximum(1) * alpha;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("beta_2_decay", Beta2Decay);
        config.Number("epsilon_1", Epsilon1);
        config.Number("epsilon_2", Epsilon2);
        config.Number("clip_threshold", ClipThreshold);
        config.Boolean("relative_step", RelativeStep);
    }

    internal static Adafactor Read(ConfigReader c) => new(
        OptimizerTable.Rate(c, 0.001),
        c.Number("beta_2_decay", -0.8),
        c.Number("epsilon_1", 1e-30),
        c.Number("epsilon_2", 1e-3),
        c.Number("clip_threshold", 1),
        c.Boolean("relative_step", true),
        OptimizerArguments.Read(c));

    private static Tensor Size(Tensor x) => x.Square().Mean().Sqrt();
}
