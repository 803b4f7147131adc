namespace Nabla;

/// <summary>
/// Each sample's features get mean 0 and variance 1, then a learned scale and centre:
/// gamma·(x - mean) / √(variance + ε) + beta over the axes of one sample (Ba et al. 2016). The variance is the biased one.
/// </summary>
/// <example><code>
/// NDArray output = new LayerNormalization().Call(new[,] { { 1f, 2, 3 } });   // -1.22, 0, 1.22
/// </code></example>
public sealed class LayerNormalization : AffineNormalization
{
    private readonly CenterAndScale _given;
    private Axes _axes;

    /// <summary>A layer that normalizes each sample; arguments and defaults as in Keras.</summary>
    /// <param name="axis">The axes over which mean and variance are taken, and along which gamma and beta have values; the last by default.</param>
    /// <param name="epsilon">What is added to the variance; above 0.</param>
    /// <param name="center">Whether beta is added.</param>
    /// <param name="scale">Whether gamma multiplies.</param>
    /// <param name="rmsScaling">Whether nothing is subtracted and no beta added: x·gamma / √(variance + ε). Newer: <see cref="RMSNormalization"/>.</param>
    /// <param name="betaInitializer">Beta's first values; zeros by default.</param>
    /// <param name="gammaInitializer">Gamma's first values; ones by default.</param>
    /// <param name="betaRegularizer">A penalty on beta.</param>
    /// <param name="gammaRegularizer">A penalty on gamma.</param>
    /// <param name="betaConstraint">What beta is brought back to after each step.</param>
    /// <param name="gammaConstraint">What gamma is brought back to after each step.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public LayerNormalization(
        Axes? axis = null,
        double epsilon = 0.001,
        bool center = true,
        bool scale = true,
        bool rmsScaling = false,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        string? name = null,
        DType? dtype = null)
        : this(
            axis ?? -1,
            epsilon,
            rmsScaling,
            new CenterAndScale(center, scale, betaInitializer, gammaInitializer, betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint),
            name,
            dtype)
    {
    }

    // Where only the size is brought to 1, gamma is there and beta is not, whatever the arguments say.
    private LayerNormalization(Axes axis, double epsilon, bool rmsScaling, CenterAndScale learned, string? name, DType? dtype)
        : base(epsilon, rmsScaling ? learned with { Center = false, Scale = true } : learned, name, dtype)
    {
        Axis = axis;
        RmsScaling = rmsScaling;
        _given = learned;
    }

    /// <summary>The axes over which mean and variance are taken.</summary>
    public Axes Axis { get; }

    /// <summary>Whether nothing is subtracted.</summary>
    public bool RmsScaling { get; }

    /// <inheritdoc/>
    protected override void Build(TensorType input)
    {
        _axes = this.SampleAxes(input, Axis);
        AddAffine([.. _axes.Select(a => new Dim(input.Dims[a].Size))]);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        Tensor mean = input.Mean([.. _axes], keepDims: true);
        Tensor variance = (input - mean).Square().Mean([.. _axes], keepDims: true);
        return Normalized(input, RmsScaling ? mean.Like(0) : mean, variance, input.Dims.Beside(_axes), context);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integers("axis", Axis);
        config.Number("epsilon", Epsilon);
        config.Boolean("rms_scaling", RmsScaling);
        _given.Write(config);
    }

    internal static LayerNormalization Read(ConfigReader config) => new(
        config.Axes("axis", -1),
        config.Number("epsilon", 0.001),
        config.Boolean("rms_scaling", false),
        CenterAndScale.Read(config),
        config.RequiredText("name"),
        config.DType());
}
