namespace Nabla;

/// <summary>The mean over the outputs of a sample of |y - p|.</summary>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("sgd", "mae");
/// </code></example>
public sealed class MeanAbsoluteError(Reduction reduction = default, string name = "mean_absolute_error") : Loss(name, reduction)
{
    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred) => (yPred - yTrue).Abs().Mean(-1);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static MeanAbsoluteError Read(ConfigReader c) => new(c.Reduction(), c.Text("name", "mean_absolute_error"));
}
