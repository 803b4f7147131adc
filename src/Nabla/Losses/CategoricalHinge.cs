namespace Nabla;

/// <summary>max(0, 1 + the largest output of a wrong class - the right class' output), for one-hot labels along the last axis.</summary>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("sgd", new CategoricalHinge());
/// </code></example>
public sealed class CategoricalHinge(Reduction reduction = default, string name = "categorical_hinge") : Loss(name, reduction)
{
    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred) => (((1 - yTrue) * yPred).Max(-1) - (yTrue * yPred).Sum(-1) + 1).Maximum(0);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static CategoricalHinge Read(ConfigReader c) => new(c.Reduction(), c.Text("name", "categorical_hinge"));
}
