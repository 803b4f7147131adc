namespace Nabla;

/// <summary>The square root of the mean of (y - p)²: an error in the labels' own unit.</summary>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "mse", metrics: [new RootMeanSquaredError()]);
/// </code></example>
public sealed class RootMeanSquaredError(string name = "root_mean_squared_error") : MeanMetric(name)
{
    /// <inheritdoc/>
    public override bool? MoreIsBetter => false;

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = MetricLabels.Aligned(ClassName, yTrue, yPred);
        return (yPred - yTrue).Square();
    }

    /// <inheritdoc/>
    protected internal override NDArray Result(IReadOnlyList<NDArray> state) => Math.Sqrt(base.Result(state).Item<double>());

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static RootMeanSquaredError Read(ConfigReader c) => new(c.Text("name", "root_mean_squared_error"));
}
