namespace Nabla;

/// <summary>The mean over the outputs of a sample of p - y log(p + 1e-7): for counts.</summary>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("adam", new Poisson());
/// </code></example>
public sealed class Poisson(Reduction reduction = default, string name = "poisson") : Loss(name, reduction)
{
    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred) => (yPred - yTrue * (yPred + Probabilities.Epsilon).Log()).Mean(-1);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static Poisson Read(ConfigReader c) => new(c.Reduction(), c.Text("name", "poisson"));
}
