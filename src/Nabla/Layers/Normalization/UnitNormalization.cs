namespace Nabla;

/// <summary>Each sample's features are brought to length 1: x / ‖x‖ over axes; zeros stay zeros.</summary>
/// <example><code>
/// NDArray output = new UnitNormalization().Call(new[,] { { 3f, 4 } });   // 0.6, 0.8
/// </code></example>
public sealed class UnitNormalization : Layer
{
    // Keras' floor under a length: its square root is never taken of 0, where it has no derivative.
    private const double SmallestLength = 1e-12;

    private Axes _axes;

    /// <summary>A layer that brings vectors to length 1.</summary>
    /// <param name="axis">The axes over which the length (L2) is taken; the last by default.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public UnitNormalization(Axes? axis = null, string? name = null, DType? dtype = null)
        : base(name, dtype) => Axis = axis ?? -1;

    /// <summary>The axes over which the length is taken.</summary>
    public Axes Axis { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected override void Build(TensorType input) => _axes = this.SampleAxes(input, Axis);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        Tensor squares = input.Square().Sum([.. _axes], keepDims: true);
        return input / squares.Maximum(SmallestLength * SmallestLength).Sqrt();
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Axes("axis", Axis);

    internal static UnitNormalization Read(ConfigReader config) => new(config.Axes("axis", -1), config.RequiredText("name"), config.DType());
}
