// Metrics of numbers themselves, without labels.
namespace Nabla;

/// <summary>The weighted mean of numbers. Among a model's metrics it is the mean of the output.</summary>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// Mean mean = new();
/// mean.UpdateState(new double[] { 1, 3, 5, 7 });
/// double four = mean.Result();
/// </code></example>
public sealed class Mean(string name = "mean") : MeanMetric(name)
{
    /// <summary>Takes in numbers.</summary>
    /// <param name="values">The numbers; axes after the first are averaged.</param>
    /// <param name="sampleWeight">A weight a number, or null.</param>
    public void UpdateState(NDArray values, NDArray? sampleWeight = null) => base.UpdateState(values, values, sampleWeight);

    /// <inheritdoc/>
    public override Tensor Values(Tensor yTrue, Tensor yPred) => yPred.Cast(DType.Float64);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static Mean Read(ConfigReader c) => new(c.Text("name", "mean"));
}

/// <summary>The weighted sum of numbers. Among a model's metrics it is the sum of the output.</summary>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// Sum sum = new();
/// sum.UpdateState(new double[] { 1, 3, 5, 7 });
/// double sixteen = sum.Result();
/// </code></example>
public sealed class Sum(string name = "sum") : Metric(name)
{
    /// <summary>Takes in numbers.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="sampleWeight">A weight a number, or null.</param>
    public void UpdateState(NDArray values, NDArray? sampleWeight = null) => base.UpdateState(values, values, sampleWeight);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Dims> StateDims(TensorType yTrue, TensorType yPred) => [Dims.Scalar];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight, IReadOnlyList<Tensor> state)
    {
        Tensor values = yPred.Cast(DType.Float64);
        return [state[0] + (sampleWeight is null ? values : values * SampleWeights.Repeated(sampleWeight, values.Dims)).Sum()];
    }

    /// <inheritdoc/>
    protected internal override NDArray Result(IReadOnlyList<NDArray> state) => state[0];

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static Sum Read(ConfigReader c) => new(c.Text("name", "sum"));
}
