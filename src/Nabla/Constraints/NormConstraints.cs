namespace Nabla;

/// <summary>Vectors longer than a maximum are shortened to it: w·min(‖w‖, max) / (ε + ‖w‖) with Keras' ε of 1e-7.</summary>
/// <example><code>
/// NDArray value = new MaxNorm(1).Call(new[,] { { 3.0 }, { 4.0 } });   // 0.6, 0.8: the column has length 1
/// </code></example>
public sealed class MaxNorm : Constraint
{
    /// <summary>A greatest length.</summary>
    /// <param name="maxValue">The greatest length (L2); 0 or more.</param>
    /// <param name="axis">The axes along which lengths are taken; 0 by default: the inputs of each unit of a Dense layer.</param>
    public MaxNorm(double maxValue = 2, Axes? axis = null)
    {
        MaxValue = Argument.NotNegative(nameof(MaxNorm), maxValue, nameof(maxValue), "2");
        Axis = axis ?? 0;
    }

    /// <summary>The greatest length.</summary>
    public double MaxValue { get; }

    /// <summary>The axes along which lengths are taken.</summary>
    public Axes Axis { get; }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor weight)
    {
        Tensor lengths = Lengths(weight, Axis);
        return weight * (lengths.Clip(0, MaxValue) / (lengths + Epsilon));
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("max_value", MaxValue);
        config.Axes("axis", Axis);
    }

    internal static MaxNorm Read(ConfigReader config) => new(config.Number("max_value", 2), config.Axes("axis", 0));
}

/// <summary>Vectors are brought to length 1: w / (ε + ‖w‖) with Keras' ε of 1e-7.</summary>
/// <example><code>
/// NDArray value = new UnitNorm().Call(new[,] { { 3.0 }, { 4.0 } });   // 0.6, 0.8
/// </code></example>
public sealed class UnitNorm : Constraint
{
    /// <summary>Length 1.</summary>
    /// <param name="axis">The axes along which lengths are taken; 0 by default: the inputs of each unit of a Dense layer.</param>
    public UnitNorm(Axes? axis = null) => Axis = axis ?? 0;

    /// <summary>The axes along which lengths are taken.</summary>
    public Axes Axis { get; }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor weight) => weight / (Lengths(weight, Axis) + Epsilon);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Axes("axis", Axis);

    internal static UnitNorm Read(ConfigReader config) => new(config.Axes("axis", 0));
}

/// <summary>Vectors whose length lies outside a range move towards it: w·(rate·clip(‖w‖, min, max) + (1 - rate)·‖w‖) / (ε + ‖w‖), ε 1e-7.</summary>
/// <example><code>
/// NDArray value = new MinMaxNorm(0, 1, rate: 0.5).Call(new[,] { { 3.0 }, { 0.0 } });   // 2, 0: half the way from 3 to 1
/// </code></example>
public sealed class MinMaxNorm : Constraint
{
    /// <summary>A range of lengths.</summary>
    /// <param name="minValue">The smallest length (L2); 0 or more.</param>
    /// <param name="maxValue">The greatest; not below the smallest.</param>
    /// <param name="rate">The share of the way that is gone at each step, from 0 to 1; 1 holds the range strictly.</param>
    /// <param name="axis">The axes along which lengths are taken; 0 by default: the inputs of each unit of a Dense layer.</param>
    public MinMaxNorm(double minValue = 0, double maxValue = 1, double rate = 1, Axes? axis = null)
    {
        MinValue = Argument.NotNegative(nameof(MinMaxNorm), minValue, nameof(minValue), "0.5");
        MaxValue = double.IsFinite(maxValue) && maxValue >= minValue
            ? maxValue
            : throw new ArgumentOutOfRangeException(nameof(maxValue), $"MinMaxNorm: expected maxValue of at least minValue ({LogText.Exact(minValue)}), received {LogText.Exact(maxValue)}. Are the two exchanged?");
        Rate = Argument.Share(nameof(MinMaxNorm), rate, nameof(rate), "1");
        Axis = axis ?? 0;
    }

    /// <summary>The smallest length.</summary>
    public double MinValue { get; }

    /// <summary>The greatest length.</summary>
    public double MaxValue { get; }

    /// <summary>The share of the way that is gone at each step.</summary>
    public double Rate { get; }

    /// <summary>The axes along which lengths are taken.</summary>
    public Axes Axis { get; }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor weight)
    {
        Tensor lengths = Lengths(weight, Axis);
        Tensor wanted = lengths.Clip(MinValue, MaxValue) * Rate + lengths * (1 - (Rational)Rate);
        return weight * (wanted / (lengths + Epsilon));
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number("min_value", MinValue);
        config.Number("max_value", MaxValue);
        config.Number("rate", Rate);
        config.Axes("axis", Axis);
    }

    internal static MinMaxNorm Read(ConfigReader config) =>
        new(config.Number("min_value", 0), config.Number("max_value", 1), config.Number("rate", 1), config.Axes("axis", 0));
}
