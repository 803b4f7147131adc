namespace Nabla;

/// <summary>
/// 1 - I / (I + alpha Σ y(1 - p) + beta Σ p(1 - y)) with I = Σ y·p: like <see cref="Dice"/>, but what is missed (alpha) and what is too much
/// (beta) weigh by choice. The sides are Keras' own, which calls alpha's the false positives.
/// </summary>
/// <param name="alpha">The weight of labels that the output misses.</param>
/// <param name="beta">The weight of outputs where there is no label.</param>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <param name="axis">The axes that are summed over; null for all.</param>
/// <example><code>
/// model.Compile("adam", new Tversky(alpha: 0.3, beta: 0.7, axis: [1]));
/// </code></example>
public sealed class Tversky(double alpha = 0.5, double beta = 0.5, Reduction reduction = default, string name = "tversky", IReadOnlyList<int>? axis = null)
    : Loss(name, reduction)
{
    /// <summary>The weight of labels that the output misses.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>The weight of outputs where there is no label.</summary>
    public double Beta { get; } = beta;

    /// <summary>The axes that are summed over; null for all.</summary>
    public IReadOnlyList<int>? Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor both = Overlap.Sum(yTrue * yPred, Axis);
        Tensor missed = Overlap.Sum((1 - yPred) * yTrue, Axis);
        Tensor tooMuch = Overlap.Sum(yPred * (1 - yTrue), Axis);
        return 1 - both / (both + missed * Alpha + tooMuch * Beta + Probabilities.Epsilon);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("alpha", Alpha);
        config.Number("beta", Beta);
        Overlap.Write(config, Axis);
    }

    internal static Tversky Read(ConfigReader c) => new(c.Number("alpha", 0.5), c.Number("beta", 0.5), c.Reduction(), c.Text("name", "tversky"), Overlap.Axis(c));
}
