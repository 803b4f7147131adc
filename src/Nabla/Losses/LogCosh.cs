namespace Nabla;

/// <summary>
/// The mean over the outputs of a sample of log cosh(p - y), as e + softplus(-2e) - log 2: nearly e²/2 for small errors, |e| - log 2 for large ones.
/// </summary>
/// <param name="reduction">How the batch's values become one.</param>
/// <param name="name">Shown in summaries and saved.</param>
/// <example><code>
/// model.Compile("adam", new LogCosh());
/// </code></example>
public sealed class LogCosh(Reduction reduction = default, string name = "log_cosh") : Loss(name, reduction)
{
    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor error = yPred - yTrue;
        return (error + (error * -2).Softplus() - Math.Log(2)).Mean(-1);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static LogCosh Read(ConfigReader c) => new(c.Reduction(), c.Text("name", "log_cosh"));
}
