namespace Nabla;

/// <summary>All values 0.</summary>
/// <example><code>
/// NDArray values = new Zeros().Call([2, 3]);
/// </code></example>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    protected internal override NDArray Create(Dims dims, DType dtype, RandomStream stream) => NDArray.Zeros(dtype, dims);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static Zeros Read(ConfigReader config) => new();
}

/// <summary>All values 1.</summary>
/// <example><code>
/// NDArray values = new Ones().Call([2, 3]);
/// </code></example>
public sealed class Ones : Initializer
{
    /// <inheritdoc/>
    protected internal override NDArray Create(Dims dims, DType dtype, RandomStream stream) => NDArray.Ones(dtype, dims);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
    }

    internal static Ones Read(ConfigReader config) => new();
}

/// <summary>All values equal.</summary>
/// <param name="value">The value.</param>
/// <example><code>
/// NDArray values = new ConstantInitializer(0.1).Call([2, 3]);
/// </code></example>
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

    internal static ConstantInitializer Read(ConfigReader config) => new(config.Number("value", 0));
}

/// <summary>A matrix with a number on its diagonal and 0 elsewhere.</summary>
/// <param name="gain">The number on the diagonal.</param>
/// <example><code>
/// NDArray values = new IdentityInitializer(gain: 2).Call([3, 3]);
/// </code></example>
public sealed class IdentityInitializer(double gain = 1) : Initializer
{
    /// <summary>The number on the diagonal.</summary>
    public double Gain { get; } = gain;

    /// <inheritdoc/>
    public override string ClassName => "Identity";

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The weight is not a matrix.</exception>
    protected internal override NDArray Create(Dims dims, DType dtype, RandomStream stream) => dims.Rank == 2
        ? Fill(dims, dtype, i => i / dims[1].Size == i % dims[1].Size ? Gain : 0)
        : throw new ShapeException($"Identity: expected the dims of a matrix, received {dims}. Use Orthogonal for more axes.");

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Number("gain", Gain);

    internal static IdentityInitializer Read(ConfigReader config) => new(config.Number("gain", 1));
}
