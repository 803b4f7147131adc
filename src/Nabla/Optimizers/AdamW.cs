namespace Nabla;

/// <summary>
/// <see cref="Adam"/> with weight decay apart from the gradient (Loshchilov and Hutter 2019): w ← w - α·λ·w before each of Adam's steps.
/// </summary>
/// <example><code>
/// Optimizer optimizer = new AdamW(0.001, weightDecay: 0.004);
/// optimizer.ExcludeFromWeightDecay(names: ["bias", "gamma", "beta"]);
/// </code></example>
public sealed class AdamW : Adam
{
    /// <summary>AdamW; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α: a number or a schedule; 0.001 by default.</param>
    /// <param name="weightDecay">The share that weights lose at each step, times the learning rate; must be given, as in Keras.</param>
    /// <param name="beta1">β1: how much of the mean gradient stays at each step.</param>
    /// <param name="beta2">β2: how much of the mean squared gradient stays at each step.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="amsgrad">Whether the largest v so far is used instead of v.</param>
    /// <param name="clipNorm">The longest that each gradient may be.</param>
    /// <param name="clipValue">The largest that each element of a gradient may be.</param>
    /// <param name="globalClipNorm">The longest that all gradients together may be.</param>
    /// <param name="useEma">Whether an average of the weights is kept, and taken over at the end of a fit.</param>
    /// <param name="emaMomentum">How much of the average stays at each step.</param>
    /// <param name="emaOverwriteFrequency">Steps from one taking over of the average to the next.</param>
    /// <param name="lossScaleFactor">What the loss is multiplied by, and the gradients divided by.</param>
    /// <param name="gradientAccumulationSteps">Batches that make one step together.</param>
    /// <param name="name">Saved with the model.</param>
    public AdamW(
        LearningRate? learningRate = null,
        double? weightDecay = 0.004,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
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
            beta1,
            beta2,
            epsilon,
            amsgrad,
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

    private AdamW(LearningRate learningRate, double beta1, double beta2, double epsilon, bool amsgrad, OptimizerArguments arguments)
        : base(learningRate, beta1, beta2, epsilon, amsgrad, arguments with { Name = arguments.Name ?? "adamw" })
    {
        if (WeightDecay is null)
        {
            throw new ArgumentException("AdamW: expected a weightDecay, received null. Use Adam for none, or give a number such as 0.004.");
        }
    }

    internal static new AdamW Read(ConfigReader c) => new(
        OptimizerTable.Rate(c, 0.001),
        c.Number("beta_1", 0.9),
        c.Number("beta_2", 0.999),
        c.Number("epsilon", 1e-7),
        c.Boolean("amsgrad", false),
        OptimizerArguments.Read(c, weightDecay: 0.004));
}
