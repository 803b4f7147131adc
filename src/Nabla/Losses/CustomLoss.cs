namespace Nabla;

/// <summary>A function of the user's own as a loss; files hold its name.</summary>
internal sealed class CustomLoss : Loss
{
    private readonly Func<Tensor, Tensor, Tensor> _values;

    public CustomLoss(string name, Func<Tensor, Tensor, Tensor> values, Reduction reduction)
        : base(name, reduction)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(values);
        _values = values;
    }

    public override string ClassName => "Loss";

    internal override string? SavedName => LossTable.IsRegistered(Name)
        ? Name
        : throw new NotSupportedException($"Loss '{Name}': a function of your own is saved by its name, and only a registered name can be loaded. Call Loss.Register(\"{Name}\", ...) first.");

    public override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        Tensor values = _values(yTrue, yPred);
        return values.DType.IsFloat ? values : throw new ShapeException($"Loss '{Name}': expected its function to give floating numbers, received {values.Type}. Cast them: .Cast(yPred.DType).");
    }
}
