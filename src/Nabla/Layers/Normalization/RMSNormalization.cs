namespace Nabla;

/// <summary>
/// Each sample's features get a mean square of 1, then a learned scale: scale·x / √(mean(x²) + ε) (Zhang and Sennrich 2019). No mean is subtracted.
/// </summary>
/// <example><code>
/// NDArray output = new RMSNormalization().Call(new[,] { { 3f, 4 } });   // 0.849, 1.131
/// </code></example>
public sealed class RMSNormalization : Layer
{
    private Axes _axes;
    private Variable? _scale;

    /// <summary>A layer that normalizes sizes.</summary>
    /// <param name="axis">The axes over which the mean is taken, and along which the scale has values; the last by default.</param>
    /// <param name="epsilon">What is added to the mean square; above 0.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public RMSNormalization(Axes? axis = null, double epsilon = 1e-6, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        Axis = axis ?? -1;
        Epsilon = Argument.Positive($"RMSNormalization '{Name}'", epsilon, nameof(epsilon), "1e-6");
    }

    /// <summary>The axes over which the mean is taken.</summary>
    public Axes Axis { get; }

    /// <summary>What is added to the mean square.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override void Build(TensorType input)
    {
        _axes = this.SampleAxes(input, Axis);
        _scale = AddWeight("scale", [.. _axes.Select(a => new Dim(input.Dims[a].Size))], Initializer.Ones);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        Tensor size = (input.Square().Mean([.. _axes], keepDims: true) + Epsilon).Sqrt();
        return input / size * context[_scale!].Reshape(input.Dims.Beside(_axes));
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integers("axis", Axis);
        config.Number("epsilon", Epsilon);
    }

    internal static RMSNormalization Read(ConfigReader config) =>
        new(config.Axes("axis", -1), config.Number("epsilon", 1e-6), config.RequiredText("name"), config.DType());
}
