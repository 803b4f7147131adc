namespace Nabla;

/// <summary>
/// Steps divided by the root of a running mean of squared gradients: v ← ρ·v + (1 - ρ)·g², w ← w - α·g / √(v + ε). ε is inside the root.
/// </summary>
public sealed class RMSprop : Optimizer
{
    /// <summary>RMSprop; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α.</param>
    /// <param name="rho">ρ: how much of the running mean stays at each step.</param>
    /// <param name="momentum">How much of the last move is added to the next.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="centered">Whether the squared mean gradient is taken off v, leaving the variance.</param>
    /// <param name="weightDecay">The share that weights lose at each step, times the learning rate.</param>
    /// <param name="clipNorm">The longest that each gradient may be.</param>
    /// <param name="clipValue">The largest that each element of a gradient may be.</param>
    /// <param name="globalClipNorm">The longest that all gradients together may be.</param>
    /// <param name="name">Saved with the model.</param>
    public RMSprop(
        double learningRate = 0.001,
        double rho = 0.9,
        double momentum = 0,
        double epsilon = 1e-7,
        bool centered = false,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        string? name = null)
        : base(learningRate, weightDecay, clipNorm, clipValue, globalClipNorm, name ?? "rmsprop")
    {
        Rho = Share(rho, nameof(rho));
        Momentum = Share(momentum, nameof(momentum));
        Epsilon = Positive(epsilon, nameof(epsilon));
        Centered = centered;
    }

    /// <summary>ρ.</summary>
    public double Rho { get; }

    /// <summary>How much of the last move is added to the next.</summary>
    public double Momentum { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the squared mean gradient is taken off.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    public override string ClassName => "RMSprop";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> Slots =>
        ["velocity", .. Momentum > 0 ? ["momentum"] : Array.Empty<string>(), .. Centered ? ["average_gradient"] : Array.Empty<string>()];

    /// <inheritdoc/>
    protected internal override Tensor[] Remember(Tensor gradient, Tensor[] slots, Tensor rate)
    {
        Tensor velocity = Mean(slots[0], gradient.Square());
        Tensor[] average = Centered ? [Mean(slots[^1], gradient)] : [];
        return Momentum > 0
            ? [velocity, slots[1] * Momentum + Step(gradient, [velocity, .. average], rate), .. average]
            : [velocity, .. average];
    }

    /// <inheritdoc/>
    protected internal override Tensor Move(Tensor value, Tensor gradient, Tensor[] slots, Tensor rate) =>
        value - (Momentum > 0 ? slots[1] : Step(gradient, slots, rate));

    private Tensor Step(Tensor gradient, Tensor[] slots, Tensor rate)
    {
        Tensor spread = Centered ? slots[0] - slots[^1].Square() : slots[0];
        return gradient * rate / (spread + Epsilon).Sqrt();
    }

    private Tensor Mean(Tensor before, Tensor now) => before * Rho + now * (1 - (Rational)Rho);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("rho", Rho);
        config.Number("momentum", Momentum);
        config.Number("epsilon", Epsilon);
        config.Boolean("centered", Centered);
    }
}
