namespace Nabla;

/// <summary>
/// (1 - p^q) / q of the labelled class' probability p: between crossentropy (q near 0) and absolute error (q near 1), for labels of which some are
/// wrong. Labels are class numbers; the outputs are probabilities.
/// </summary>
/// <param name="q">Between 0 and 1.</param>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("adam", new CategoricalGeneralizedCrossEntropy(q: 0.7));
/// </code></example>
public sealed class CategoricalGeneralizedCrossEntropy(double q = 0.5, Reduction reduction = default, string name = "categorical_generalized_cross_entropy")
    : Loss(name, reduction)
{
    /// <summary>Between crossentropy (near 0) and absolute error (near 1).</summary>
    public double Q { get; } = q is > 0 and < 1
        ? q
        : throw new ArgumentOutOfRangeException(nameof(q), q, "CategoricalGeneralizedCrossEntropy: expected a q between 0 and 1, such as 0.5.");

    internal override bool TakesClasses => true;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor chosen = Tensor.Select(Probabilities.IsClass(yTrue, yPred.Dims[-1].Size), yPred, yPred.Like(0)).Sum(-1);
        return (1 - Probabilities.Clipped(chosen).Pow(Q)) / Q;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Number("q", Q);

    internal static CategoricalGeneralizedCrossEntropy Read(ConfigReader c) => new(c.Number("q", 0.5), c.Reduction(), c.Text("name", "categorical_generalized_cross_entropy"));
}
