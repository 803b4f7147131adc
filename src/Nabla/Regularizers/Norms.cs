namespace Nabla;

/// <summary>l1·Σ|w|: drives weights to exactly 0, so that few inputs count.</summary>
/// <example><code>
/// NDArray value = new L1(0.1).Call(new[] { 1.0, -2.0 });   // 0.3
/// </code></example>
public sealed class L1 : Regularizer
{
    /// <summary>A penalty on sizes.</summary>
    /// <param name="l1">The factor; 0 or more.</param>
    public L1(double l1 = 0.01) => Factor = Argument.NotNegative(nameof(L1), l1, nameof(l1), "0.01");

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor weight) => weight.Abs().Sum() * Factor;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Number("l1", Factor);

    internal static L1 Read(ConfigReader config) => new(config.Number("l1", 0.01));
}

/// <summary>l2·Σw²: keeps weights small and even (weight decay of the textbooks, without their ½).</summary>
/// <example><code>
/// NDArray value = new L2(0.1).Call(new[] { 1.0, -2.0 });   // 0.5
/// </code></example>
public sealed class L2 : Regularizer
{
    /// <summary>A penalty on squares.</summary>
    /// <param name="l2">The factor; 0 or more.</param>
    public L2(double l2 = 0.01) => Factor = Argument.NotNegative(nameof(L2), l2, nameof(l2), "0.01");

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor weight) => weight.Square().Sum() * Factor;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Number("l2", Factor);

    internal static L2 Read(ConfigReader config) => new(config.Number("l2", 0.01));
}

/// <summary>l1·Σ|w| + l2·Σw². Both factors are 0 by default, so the name <c>"l1_l2"</c> alone penalises nothing, as in Keras.</summary>
/// <example><code>
/// NDArray value = new L1L2(l1: 0.1, l2: 0.1).Call(new[] { 1.0, -2.0 });   // 0.8
/// </code></example>
public sealed class L1L2 : Regularizer
{
    /// <summary>A penalty on sizes and squares.</summary>
    /// <param name="l1">The factor of the sizes; 0 or more.</param>
    /// <param name="l2">The factor of the squares; 0 or more.</param>
    public L1L2(double l1 = 0, double l2 = 0)
    {
        SizeFactor = Argument.NotNegative(nameof(L1L2), l1, nameof(l1), "0.01");
        SquareFactor = Argument.NotNegative(nameof(L1L2), l2, nameof(l2), "0.01");
    }

    /// <summary>The factor of the sizes.</summary>
    public double SizeFactor { get; }

    /// <summary>The factor of the squares.</summary>
    public double SquareFactor { get; }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor weight) => weight.Abs().Sum() * SizeFactor + weight.Square().Sum() * SquareFactor;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("l1", SizeFactor);
        config.Number("l2", SquareFactor);
    }

    internal static L1L2 Read(ConfigReader config) => new(config.Number("l1", 0), config.Number("l2", 0));
}
