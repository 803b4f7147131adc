namespace Nabla;

/// <summary>The mean over the outputs of a sample of (y - p)². No ½: its derivative is 2(p - y), divided by the number of outputs.</summary>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("sgd", "mse");
/// </code></example>
public sealed class MeanSquaredError(Reduction reduction = default, string name = "mean_squared_error") : Loss(name, reduction)
{
    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred) => (yPred - yTrue).Square().Mean(-1);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static MeanSquaredError Read(ConfigReader c) => new(c.Reduction(), c.Text("name", "mean_squared_error"));
}
