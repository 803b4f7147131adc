namespace Nabla;

/// <summary>The mean of a function of the user's own; files hold its name.</summary>
internal sealed class CustomMetric : MeanMetric
{
    private readonly Func<Tensor, Tensor, Tensor> _values;

    public CustomMetric(string name, Func<Tensor, Tensor, Tensor> values)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(values);
        _values = values;
    }

    public override string ClassName => "Metric";

    internal override string? SavedName => MetricTable.IsRegistered(Name)
        ? Name
        : throw new NotSupportedException($"Metric '{Name}': a function of your own is saved by its name, and only a registered name can be loaded. Call Metric.Register(\"{Name}\", ...) first.");

    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor values = _values(yTrue, yPred);
        return values.DType.IsFloat && values.Dims.Rank > 0
            ? values
            : throw new ShapeException($"Metric '{Name}': expected its function to give floating numbers, one a sample, received {values.Type}. {(values.Dims.Rank == 0 ? "Leave the mean over the batch to the metric: .Mean(-1), not .Mean()." : "Cast them: .Cast(yPred.DType).")}");
    }
}
