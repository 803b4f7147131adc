namespace Nabla;

/// <summary>
/// 1 - 2 Σ y·p / (Σ y + Σ p): how little two regions overlap; 0 where they agree. Over all axes, the batch's too, unless axes are given.
/// </summary>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <param name="axis">The axes that are summed over; null for all.</param>
/// <example><code>
/// model.Compile("adam", new Dice(axis: [1]));
/// </code></example>
public sealed class Dice(Reduction reduction = default, string name = "dice", IReadOnlyList<int>? axis = null) : Loss(name, reduction)
{
    /// <summary>The axes that are summed over; null for all.</summary>
    public IReadOnlyList<int>? Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred) =>
        1 - Overlap.Sum(yTrue * yPred, Axis) * 2 / (Overlap.Sum(yTrue, Axis) + Overlap.Sum(yPred, Axis) + Probabilities.Epsilon);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => Overlap.Write(config, Axis);

    internal static Dice Read(ConfigReader c) => new(c.Reduction(), c.Text("name", "dice"), Overlap.Axis(c));
}
