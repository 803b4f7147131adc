namespace Nabla;

/// <summary>The mean over the outputs of a sample of (log(p + 1) - log(y + 1))²; what is below 1e-7 counts as 1e-7.</summary>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("adam", "msle");
/// </code></example>
public sealed class MeanSquaredLogarithmicError(Reduction reduction = default, string name = "mean_squared_logarithmic_error") : Loss(name, reduction)
{
    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred) => (Log1p(yPred) - Log1p(yTrue)).Square().Mean(-1);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static MeanSquaredLogarithmicError Read(ConfigReader c) => new(c.Reduction(), c.Text("name", "mean_squared_logarithmic_error"));

    private static Tensor Log1p(Tensor x) => (x.Maximum(Probabilities.Epsilon) + 1).Log();
}
