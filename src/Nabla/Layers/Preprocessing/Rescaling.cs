namespace Nabla;

/// <summary>
/// x · scale + offset, in floating numbers: <c>new Rescaling(1.0 / 255)</c> brings pixels to 0..1. With a number for each feature of the last
/// axis it standardises columns: scale 1/deviation, offset -mean/deviation.
/// </summary>
/// <example><code>
/// NDArray output = new Rescaling(1.0 / 255).Call(new[,] { { 0f, 255 } });   // 0, 1
/// Rescaling columns = new(scale: [1, 0.1], offset: [-2, 0]);
/// </code></example>
public sealed class Rescaling : Layer
{
    /// <summary>A rescaling layer.</summary>
    /// <param name="scale">What each value is multiplied with.</param>
    /// <param name="offset">What is added then.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Rescaling(double scale, double offset = 0, string? name = null, DType? dtype = null)
        : this([scale], [offset], name, dtype)
    {
    }

    /// <summary>A layer that rescales each feature by numbers of its own.</summary>
    /// <param name="scale">What the values are multiplied with: a number for each feature of the last axis, or one for all.</param>
    /// <param name="offset">What is added then: a number for each feature, or one for all.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Rescaling(IReadOnlyList<double> scale, IReadOnlyList<double> offset, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        Scale = Checked(scale, nameof(scale));
        Offset = Checked(offset, nameof(offset));
    }

    /// <summary>What values are multiplied with: one number for all, or one a feature.</summary>
    public IReadOnlyList<double> Scale { get; }

    /// <summary>What is added then: one number for all, or one a feature.</summary>
    public IReadOnlyList<double> Offset { get; }

    /// <inheritdoc/>
    protected override void Build(TensorType input)
    {
        foreach (int count in new[] { Scale.Count, Offset.Count })
        {
            if (count > 1 && (input.Dims.Rank < 2 || input.Dims[-1].Size != count))
            {
                throw Error($"expected {count} features on the last axis, one for each number, received {input}.");
            }
        }
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        Tensor scaled = Scale.Count == 1 ? input * Scale[0] : input * Row(input, Scale);
        return Offset.Count > 1 ? scaled + Row(input, Offset) : Offset[0] == 0 ? scaled : scaled + Offset[0];
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.NumberOrNumbers("scale", Scale);
        config.NumberOrNumbers("offset", Offset);
    }

    internal static Rescaling Read(ConfigReader config) =>
        new(config.NumberOrNumbers("scale", 1), config.NumberOrNumbers("offset", 0), config.RequiredText("name"), config.DType());

    private static Tensor Row(Tensor input, IReadOnlyList<double> values) => input.Builder.Literal(NDArray.From<double>([.. values]).AsType(input.DType));

    private double[] Checked(IReadOnlyList<double> values, string argument)
    {
        ArgumentNullException.ThrowIfNull(values, argument);
        return values.Count > 0 && values.All(double.IsFinite)
            ? [.. values]
            : throw new ArgumentOutOfRangeException(argument, $"Rescaling '{Name}': expected a finite {argument}, received {(values.Count == 0 ? "none" : LogText.Exact(values.First(v => !double.IsFinite(v))))}.");
    }
}
