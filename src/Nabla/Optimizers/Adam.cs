namespace Nabla;

/// <summary>
/// Adam (Kingma and Ba 2015) in Keras' form: m ← m + (g - m)(1 - β1), v ← v + (g² - v)(1 - β2),
/// w ← w - α·√(1 - β2ᵗ) / (1 - β1ᵗ) · m / (√v + ε). ε stands outside the root and is not corrected.
/// </summary>
public sealed class Adam : Optimizer
{
    /// <summary>Adam; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α.</param>
    /// <param name="beta1">β1: how much of the mean gradient stays at each step.</param>
    /// <param name="beta2">β2: how much of the mean squared gradient stays at each step.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="amsgrad">Whether the largest v so far is used instead of v.</param>
    /// <param name="weightDecay">The share that weights lose at each step, times the learning rate.</param>
    /// <param name="clipNorm">The longest that each gradient may be.</param>
    /// <param name="clipValue">The largest that each element of a gradient may be.</param>
    /// <param name="globalClipNorm">The longest that all gradients together may be.</param>
    /// <param name="name">Saved with the model.</param>
    public Adam(
        double learningRate = 0.001,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        string? name = null)
        : base(learningRate, weightDecay, clipNorm, clipValue, globalClipNorm, name)
    {
        Beta1 = Share(beta1, nameof(beta1));
        Beta2 = Share(beta2, nameof(beta2));
        Epsilon = Positive(epsilon, nameof(epsilon));
        Amsgrad = amsgrad;
    }

    /// <summary>β1.</summary>
    public double Beta1 { get; }

    /// <summary>β2.</summary>
    public double Beta2 { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the largest v so far is used.</summary>
    public bool Amsgrad { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> Slots => Amsgrad ? ["momentum", "velocity", "velocity_hat"] : ["momentum", "velocity"];

    /// <summary>α·√(1 - β2ᵗ) / (1 - β1ᵗ), in double whatever the weights' type: 1 - 0.999 keeps only four digits in float32.</summary>
    protected internal override Tensor Rate(OptimizerStep step) =>
        step.LearningRate
        * (1 - step.Number.Like(Beta2).Pow(step.Number)).Sqrt()
        / (1 - step.Number.Like(Beta1).Pow(step.Number));

    /// <inheritdoc/>
    protected internal override Tensor[] Remember(Tensor gradient, Tensor[] slots, Tensor rate)
    {
        Tensor m = slots[0] + (gradient - slots[0]) * (1 - (Rational)Beta1);
        Tensor v = slots[1] + (gradient.Square() - slots[1]) * (1 - (Rational)Beta2);
        return Amsgrad ? [m, v, slots[2].Maximum(v)] : [m, v];
    }

    /// <inheritdoc/>
    protected internal override Tensor Move(Tensor value, Tensor gradient, Tensor[] slots, Tensor rate) =>
        value - slots[0] * rate / (slots[^1].Sqrt() + Epsilon);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("beta_1", Beta1);
        config.Number("beta_2", Beta2);
        config.Number("epsilon", Epsilon);
        config.Boolean("amsgrad", Amsgrad);
    }
}
