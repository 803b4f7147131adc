namespace Nabla;

/// <summary>
/// Holds the largest singular value of another layer's kernel at about 1 (Miyato et al. 2018): at each step of training the kernel is divided by
/// σ = v·W·uᵀ, where u and v follow the singular vectors by power iterations, before the layer is called and the optimizer steps on from there.
/// Outside training the layer is called as it is. No gradient flows through the division.
/// </summary>
/// <example><code>
/// Sequential critic = new([new SpectralNormalization(new Dense(16, "relu")), new Dense(1)]);
/// </code></example>
public sealed class SpectralNormalization : Layer
{
    // Keras' floor under a length.
    private const double SmallestLength = 1e-12;

    private Variable? _kernel;
    private Variable? _u;

    /// <summary>A layer around another.</summary>
    /// <param name="layer">A layer with a kernel or embeddings.</param>
    /// <param name="powerIterations">How many iterations a step makes; 1 or more.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public SpectralNormalization(Layer layer, int powerIterations = 1, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        PowerIterations = this.Positive(powerIterations, nameof(powerIterations), "One is usual.");
        Layer = AddSublayer(layer);
    }

    /// <summary>The layer whose kernel is held.</summary>
    public Layer Layer { get; }

    /// <summary>How many iterations a step makes.</summary>
    public int PowerIterations { get; }

    /// <inheritdoc/>
    protected override void Build(TensorType input)
    {
        Layer.EnsureBuilt([input], null);
        _kernel = Layer.Weights.FirstOrDefault(w => w.Name.EndsWith("/kernel", StringComparison.Ordinal) || w.Name.EndsWith("/embeddings", StringComparison.Ordinal))
            ?? throw Error($"expected a layer with a kernel or embeddings, such as Dense, received {Layer.ClassName} '{Layer.Name}' with {(Layer.Weights.Count == 0 ? "no weights" : string.Join(", ", Layer.Weights))}.");
        _u = AddWeight("vector_u", [1, _kernel.Type.Dims[-1].Size], new TruncatedNormal(stdDev: 0.02), _kernel.Type.DType, trainable: false);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context)
    {
        // Once a step, however often the layer is called in it.
        if (context.Training && !context.Updates.ContainsKey(_kernel!))
        {
            Project(context);
        }

        return Layer.Apply(input, context);
    }

    private void Project(CallContext context)
    {
        Tensor kernel = context[_kernel!];
        Tensor matrix = kernel.Reshape([kernel.Dims[..^1].Count, kernel.Dims[-1]]);
        Tensor before = context[_u!];
        Tensor u = before;
        Tensor v = u;
        for (int i = 0; i < PowerIterations; i++)
        {
            v = Unit(u.MatMul(matrix, transposeRight: true));
            u = Unit(v.MatMul(matrix));
        }

        Tensor sigma = v.MatMul(matrix).MatMul(u, transposeRight: true).Reshape([]);

        // A kernel of zeros has no direction and stays.
        Tensor isZero = kernel.Abs().Max().EqualTo(0);
        context.Update(_u!, Tensor.Select(isZero, before, u));
        context.Project(_kernel!, Tensor.Select(isZero, kernel, kernel / sigma));
    }

    private static Tensor Unit(Tensor x) => x / x.Square().Sum().Maximum(SmallestLength * SmallestLength).Sqrt();

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Layer("layer", Layer);
        config.Integer("power_iterations", PowerIterations);
    }

    internal static SpectralNormalization Read(ConfigReader config) => new(
        config.Layer("layer"),
        config.Integer("power_iterations", 1)!.Value,
        config.RequiredText("name"),
        config.DType());
}
