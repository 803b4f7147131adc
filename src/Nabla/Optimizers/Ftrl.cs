namespace Nabla;

/// <summary>
/// Follow the regularized leader (McMahan and others 2013), which makes weights exactly 0: n' = n + g², z ← z + g + 2·shrinkage·w - σ·w with
/// σ = (n'^-p - n^-p) / α, w = (clip(z, ±l1) - z) / (n'^-p / α + 2·l2 + β / α).
/// </summary>
/// <example><code>
/// model.Compile(new Ftrl(0.1, l1RegularizationStrength: 0.01), "mse");
/// </code></example>
public sealed class Ftrl : Optimizer
{
    /// <summary>Ftrl; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α: a number or a schedule; 0.001 by default.</param>
    /// <param name="learningRatePower">p: by which power of the squared gradients the rate falls; 0 or less.</param>
    /// <param name="initialAccumulatorValue">What the sum of squared gradients starts from; 0 or more.</param>
    /// <param name="l1RegularizationStrength">Weights whose z is smaller than this are 0.</param>
    /// <param name="l2RegularizationStrength">Holds weights small.</param>
    /// <param name="l2ShrinkageRegularizationStrength">The strength of a penalty on the weights' squares.</param>
    /// <param name="beta">β of the paper.</param>
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
    public Ftrl(
        LearningRate? learningRate = null,
        double learningRatePower = -0.5,
        double initialAccumulatorValue = 0.1,
        double l1RegularizationStrength = 0,
        double l2RegularizationStrength = 0,
        double l2ShrinkageRegularizationStrength = 0,
        double beta = 0,
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
            learningRatePower, initialAccumulatorValue, l1RegularizationStrength, l2RegularizationStrength, l2ShrinkageRegularizationStrength, beta,
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

    private Ftrl(LearningRate learningRate, double learningRatePower, double initialAccumulatorValue, double l1RegularizationStrength, double l2RegularizationStrength, double l2ShrinkageRegularizationStrength, double beta, OptimizerArguments arguments)
        : base(learningRate, arguments)
    {
        LearningRatePower = learningRatePower is <= 0 and > double.NegativeInfinity ? learningRatePower : throw new ArgumentOutOfRangeException(nameof(learningRatePower), learningRatePower, $"{ClassName}: expected learningRatePower of 0 or less, such as -0.5.");
        InitialAccumulatorValue = NotNegative(initialAccumulatorValue, nameof(initialAccumulatorValue));
        L1RegularizationStrength = NotNegative(l1RegularizationStrength, nameof(l1RegularizationStrength));
        L2RegularizationStrength = NotNegative(l2RegularizationStrength, nameof(l2RegularizationStrength));
        L2ShrinkageRegularizationStrength = NotNegative(l2ShrinkageRegularizationStrength, nameof(l2ShrinkageRegularizationStrength));
        Beta = NotNegative(beta, nameof(beta));
    }

    /// <summary>p: by which power of the squared gradients the rate falls; 0 or less.</summary>
    public double LearningRatePower { get; }

    /// <summary>What the sum of squared gradients starts from; 0 or more.</summary>
    public double InitialAccumulatorValue { get; }

    /// <summary>Weights whose z is smaller than this are 0.</summary>
    public double L1RegularizationStrength { get; }

    /// <summary>Holds weights small.</summary>
    public double L2RegularizationStrength { get; }

    /// <summary>The strength of a penalty on the weights' squares.</summary>
    public double L2ShrinkageRegularizationStrength { get; }

    /// <summary>β of the paper.</summary>
    public double Beta { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OptimizerSlot> Slots(Variable weight) => [new("accumulator", InitialAccumulatorValue), new("linear")];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Remember(WeightStep step)
    {
        Tensor squares = step.Slots[0] + step.Gradient.Square();
        Tensor gradient = L2ShrinkageRegularizationStrength == 0 ? step.Gradient : step.Gradient + step.Value * (2 * (Rational)L2ShrinkageRegularizationStrength);
        Tensor sigma = (squares.Pow(-LearningRatePower) - step.Slots[0].Pow(-LearningRatePower)) / step.Rate;
        return [squares, step.Slots[1] + gradient - sigma * step.Value];
    }

    /// <inheritdoc/>
    protected internal override Tensor Move(WeightStep step, IReadOnlyList<Tensor> remembered)
    {
        Tensor quadratic = remembered[0].Pow(-LearningRatePower) / step.Rate + (Beta / step.Rate + 2 * (Rational)L2RegularizationStrength);
        return (remembered[1].Clip(-L1RegularizationStrength, L1RegularizationStrength) - remembered[1]) / quadratic;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("learning_rate_power", LearningRatePower);
        config.Number("initial_accumulator_value", InitialAccumulatorValue);
        config.Number("l1_regularization_strength", L1RegularizationStrength);
        config.Number("l2_regularization_strength", L2RegularizationStrength);
        config.Number("l2_shrinkage_regularization_strength", L2ShrinkageRegularizationStrength);
        config.Number("beta", Beta);
    }

    internal static Ftrl Read(ConfigReader c) => new(
        OptimizerTable.Rate(c, 0.001),
        c.Number("learning_rate_power", -0.5),
        c.Number("initial_accumulator_value", 0.1),
        c.Number("l1_regularization_strength", 0),
        c.Number("l2_regularization_strength", 0),
        c.Number("l2_shrinkage_regularization_strength", 0),
        c.Number("beta", 0),
        OptimizerArguments.Read(c));
}
