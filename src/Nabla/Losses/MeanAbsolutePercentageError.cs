namespace Nabla;

/// <summary>The mean over the outputs of a sample of 100 |y - p| / max(|y|, 1e-7): per cent of the label.</summary>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("adam", "mape");
/// </code></example>
public sealed class MeanAbsolutePercentageError(Reduction reduction = default, string name = "mean_absolute_percentage_error") : Loss(name, reduction)
{
    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred) => ((yPred - yTrue) / yTrue.Abs().Maximum(Probabilities.Epsilon)).Abs().Mean(-1) * 100;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static MeanAbsolutePercentageError Read(ConfigReader c) => new(c.Reduction(), c.Text("name", "mean_absolute_percentage_error"));
}
