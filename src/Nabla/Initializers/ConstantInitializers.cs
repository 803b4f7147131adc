namespace Nabla;

/// <summary>All values 0.</summary>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    protected internal override NDArray Create(Dims dims, DType dtype, RandomStream stream) => NDArray.Zeros(dtype, dims);
}

/// <summary>All values 1.</summary>
public sealed class Ones : Initializer
{
    /// <inheritdoc/>
    protected internal override NDArray Create(Dims dims, DType dtype, RandomStream stream) => NDArray.Ones(dtype, dims);
}

/// <summary>All values equal.</summary>
/// <param name="value">The value.</param>
public sealed class ConstantInitializer(double value = 0) : Initializer
{
    /// <summary>The value.</summary>
    public double Value { get; } = value;

    /// <inheritdoc/>
    public override string ClassName => "Constant";

    /// <inheritdoc/>
    protected internal override NDArray Create(Dims dims, DType dtype, RandomStream stream) => Fill(dims, dtype, _ => Value);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Number("value", Value);
}
