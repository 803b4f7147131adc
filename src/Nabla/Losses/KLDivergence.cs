namespace Nabla;

/// <summary>How far a distribution p is from the labels' y: Σ y log(y / p) over the last axis; both are held between 1e-7 and 1.</summary>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("adam", "kl_divergence");
/// </code></example>
public sealed class KLDivergence(Reduction reduction = default, string name = "kl_divergence") : Loss(name, reduction)
{
    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor y = yTrue.Clip(Probabilities.Epsilon, 1);
        return (y * (y / yPred.Clip(Probabilities.Epsilon, 1)).Log()).Sum(-1);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static KLDivergence Read(ConfigReader c) => new(c.Reduction(), c.Text("name", "kl_divergence"));
}
