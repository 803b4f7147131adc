namespace Nabla;

/// <summary>
/// Adam with Nesterov's look ahead (Dozat 2015): with μₜ = β1(1 - ½·0.96ᵗ) and Π the product of all μ so far,
/// w ← w - α·(μₜ₊₁·m / (1 - Π·μₜ₊₁) + (1 - μₜ)·g / (1 - Π)) / (√(v / (1 - β2ᵗ)) + ε).
/// </summary>
/// <example><code>
/// model.Compile(new Nadam(0.002), "mse");
/// </code></example>
public sealed class Nadam : Optimizer
{
    /// <summary>Nadam; arguments and defaults as in Keras.</summary>
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
    public Nadam(
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

    private Nadam(LearningRate learningRate, double beta1, double beta2, double epsilon, OptimizerArguments arguments)
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
    protected internal override IReadOnlyList<OptimizerSlot> SharedSlots => [new("u_product", Initial: 1)];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Advance(OptimizerStep step) => [step.Shared[0] * Mu(step.Number)];

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
        Tensor next = Mu(number + 1);
        Tensor product = step.Step.Shared[0];
        Tensor ahead = step.Own(next / (1 - product * next));
        Tensor now = step.Own((1 - Mu(number)) / (1 - product));
        Tensor mean = remembered[0] * ahead + step.Gradient * now;
        Tensor spread = remembered[1] / step.Own(1 - number.Like(Beta2).Pow(number));
        return step.Value - mean * step.Rate / (spread.Sqrt() + Epsilon);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("beta_1", Beta1);
        config.Number("beta_2", Beta2);
        config.Number("epsilon", Epsilon);
    }

    internal static Nadam Read(ConfigReader c) => new(
        OptimizerTable.Rate(c, 0.001),
        c.Number("beta_1", 0.9),
        c.Number("beta_2", 0.999),
        c.Number("epsilon", 1e-7),
        OptimizerArguments.Read(c));

    private Tensor Mu(Tensor number) => (1 - number.Like(0.96).Pow(number) * 0.5) * Beta1;
}
