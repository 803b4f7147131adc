namespace Nabla;

/// <summary>
/// What the layers have in common that subtract a mean and divide by a standard deviation:
/// gamma·(x - mean) / √(variance + ε) + beta, where gamma and beta are learned.
/// </summary>
/// <example><code>
/// AffineNormalization layer = new LayerNormalization(epsilon: 1e-5);
/// double epsilon = layer.Epsilon;
/// </code></example>
public abstract class AffineNormalization : Layer
{
    private protected AffineNormalization(double epsilon, CenterAndScale learned, string? name, DType? dtype)
        : base(name, dtype)
    {
        Epsilon = epsilon > 0 && double.IsFinite(epsilon)
            ? epsilon
            : throw new ArgumentOutOfRangeException(nameof(epsilon), $"{ClassName} '{Name}': expected epsilon above 0, such as 0.001, received {LogText.Exact(epsilon)}. It keeps the quotient finite where all values are equal.");
        Learned = learned;
    }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>Whether beta is added.</summary>
    public bool Center => Learned.Center;

    /// <summary>Whether gamma multiplies.</summary>
    public bool Scale => Learned.Scale;

    private protected CenterAndScale Learned { get; }

    private protected Variable? Gamma { get; private set; }

    private protected Variable? Beta { get; private set; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    private protected void AddAffine(Dims dims)
    {
        Gamma = Scale ? AddWeight("gamma", dims, Learned.GammaInitializer ?? Initializer.Ones, regularizer: Learned.GammaRegularizer, constraint: Learned.GammaConstraint) : null;
        Beta = Center ? AddWeight("beta", dims, Learned.BetaInitializer ?? Initializer.Zeros, regularizer: Learned.BetaRegularizer, constraint: Learned.BetaConstraint) : null;
    }

    /// <summary>gamma·(x - mean) / √(variance + ε) + beta.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mean">Of dims that x' can be broadcast from.</param>
    /// <param name="variance">Of the same dims.</param>
    /// <param name="parameters">The dims in which gamma and beta stand beside x.</param>
    /// <param name="context">Where they come from.</param>
    private protected Tensor Normalized(Tensor x, Tensor mean, Tensor variance, Dims parameters, CallContext context)
    {
        Tensor inverse = 1 / (variance + Epsilon).Sqrt();
        Tensor normal = (x - mean) * (Gamma is null ? inverse : inverse * context[Gamma].Reshape(parameters));
        return Beta is null ? normal : normal + context[Beta].Reshape(parameters);
    }
}
