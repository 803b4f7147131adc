namespace Nabla;

/// <summary>
/// Gradient descent: w ← w - α·g. With momentum: m ← μ·m - α·g, w ← w + m; Nesterov: w ← w + μ·m - α·g. The learning rate is inside m.
/// </summary>
public sealed class SGD : Optimizer
{
    /// <summary>Gradient descent; arguments and defaults as in Keras.</summary>
    /// <param name="learningRate">α.</param>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <param name="nesterov">Whether the step looks ahead along m.</param>
    /// <param name="weightDecay">The share that weights lose at each step, times the learning rate.</param>
    /// <param name="clipNorm">The longest that each gradient may be.</param>
    /// <param name="clipValue">The largest that each element of a gradient may be.</param>
    /// <param name="globalClipNorm">The longest that all gradients together may be.</param>
    /// <param name="name">Saved with the model.</param>
    public SGD(
        double learningRate = 0.01,
        double momentum = 0,
        bool nesterov = false,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null,
        string? name = null)
        : base(learningRate, weightDecay, clipNorm, clipValue, globalClipNorm, name)
    {
        Momentum = Share(momentum, nameof(momentum));
        Nesterov = nesterov;
    }

    /// <summary>μ.</summary>
    public double Momentum { get; }

    /// <summary>Whether the step looks ahead.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    public override string ClassName => "SGD";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> Slots => Momentum == 0 ? [] : ["momentum"];

    /// <inheritdoc/>
    protected internal override Tensor[] Remember(Tensor gradient, Tensor[] slots, Tensor rate) =>
        Momentum == 0 ? [] : [slots[0] * Momentum - gradient * rate];

    /// <inheritdoc/>
    protected internal override Tensor Move(Tensor value, Tensor gradient, Tensor[] slots, Tensor rate) =>
        Momentum == 0 ? value - gradient * rate
        : Nesterov ? value + slots[0] * Momentum - gradient * rate
        : value + slots[0];

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("momentum", Momentum);
        config.Boolean("nesterov", Nesterov);
    }
}
