namespace Nabla;

/// <summary>
/// The first value up to and including the first boundary, the second up to the second, and so on; the last value after the last boundary.
/// </summary>
/// <example><code>
/// double rate = new PiecewiseConstantDecay([1000, 2000], [0.1, 0.01, 0.001]).Call(1500);   // 0.01
/// </code></example>
public sealed class PiecewiseConstantDecay : LearningRateSchedule
{
    /// <summary>A rate that is constant between boundaries.</summary>
    /// <param name="boundaries">Steps, rising.</param>
    /// <param name="values">Rates, one more than boundaries; 0 or more.</param>
    /// <param name="name">Saved with the optimizer.</param>
    public PiecewiseConstantDecay(IReadOnlyList<double> boundaries, IReadOnlyList<double> values, string? name = null)
        : base(name ?? "PiecewiseConstant")
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != boundaries.Count + 1)
        {
            throw new ArgumentException($"{ClassName}: expected one value more than boundaries, received {boundaries.Count} boundaries and {values.Count} values. The first value holds before the first boundary, the last after the last.", nameof(values));
        }

        if (boundaries.Any(b => !double.IsFinite(b)) || boundaries.Zip(boundaries.Skip(1)).Any(p => p.First >= p.Second))
        {
            throw new ArgumentException($"{ClassName}: expected rising boundaries, received {string.Join(", ", boundaries.Select(LogText.Exact))}. Sort them and their values.", nameof(boundaries));
        }

        Boundaries = [.. boundaries];
        Values = [.. values.Select(v => Argument.NotNegative(ClassName, v, nameof(values), "0.01"))];
    }

    /// <summary>The steps up to which the values hold.</summary>
    public IReadOnlyList<double> Boundaries { get; }

    /// <summary>The rates.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <inheritdoc/>
    public override Tensor Rate(Tensor step)
    {
        Tensor rate = step.Like(Values[^1]);
        for (int i = Boundaries.Count - 1; i >= 0; i--)
        {
            rate = Tensor.Select(step.AtMost(Boundaries[i]), step.Like(Values[i]), rate);
        }

        return rate;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Numbers("boundaries", Boundaries);
        config.Numbers("values", Values);
        config.Text("name", Name);
    }

    internal static PiecewiseConstantDecay Read(ConfigReader config) => new(
        config.Numbers("boundaries") ?? throw config.Error("expected numbers for 'boundaries', but it is missing."),
        config.Numbers("values") ?? throw config.Error("expected numbers for 'values', but it is missing."),
        config.OptionalText("name"));
}
