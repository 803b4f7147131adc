namespace Nabla;

/// <summary>
/// The mean over the outputs of a sample of e²/2 where |e| is at most delta, and delta·|e| - delta²/2 beyond: outliers pull only so hard.
/// </summary>
/// <param name="delta">The error from which on the loss grows in a straight line; above 0.</param>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("adam", new Huber(delta: 2));
/// </code></example>
public sealed class Huber(double delta = 1, Reduction reduction = default, string name = "huber_loss") : Loss(name, reduction)
{
    /// <summary>The error from which on the loss grows in a straight line.</summary>
    public double Delta { get; } = delta > 0 && double.IsFinite(delta)
        ? delta
        : throw new ArgumentOutOfRangeException(nameof(delta), delta, "Huber: expected a delta above 0, in the labels' unit, such as 1.");

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor error = yPred - yTrue;
        Tensor size = error.Abs();
        Rational delta = Delta;
        return Tensor.Select(size.AtMost(delta), error.Square() * new Rational(1, 2), size * delta - delta * delta / 2).Mean(-1);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Number("delta", Delta);

    internal static Huber Read(ConfigReader c) => new(c.Number("delta", 1), c.Reduction(), c.Text("name", "huber_loss"));
}
