namespace Nabla;

/// <summary>The mean over the outputs of a sample of max(1 - y·p, 0)², for labels -1 and 1; labels that are all 0 or 1 become these.</summary>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("sgd", "squared_hinge");
/// </code></example>
public sealed class SquaredHinge(Reduction reduction = default, string name = "squared_hinge") : Loss(name, reduction)
{
    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred) => (1 - SignedLabels.Of(yTrue) * yPred).Maximum(0).Square().Mean(-1);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static SquaredHinge Read(ConfigReader c) => new(c.Reduction(), c.Text("name", "squared_hinge"));
}
