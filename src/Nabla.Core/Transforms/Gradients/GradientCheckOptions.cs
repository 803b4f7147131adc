namespace Nabla;

/// <summary>How strictly and how widely gradients are checked.</summary>
/// <example><code>
/// GradientCheckOptions options = new() { SecondOrder = true };
/// CheckGradients.Of((Tensor w) =&gt; w.Tanh(), new[] { 0.5, -1.0 }, options).ThrowIfFailed();
/// </code></example>
public sealed record GradientCheckOptions
{
    /// <summary>Allowed distance from the differences, relative to the derivative: 1e-8.</summary>
    public double RelativeTolerance { get; init; } = 1e-8;

    /// <summary>Allowed distance from the differences where the derivative is near 0: 1e-10.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-10;

    /// <summary>Allowed distance from the dual numbers' derivative, relative to the sum of absolute terms: 1e-13.</summary>
    public double DualTolerance { get; init; } = 1e-13;

    /// <summary>Whether second derivatives are checked too: off by default.</summary>
    public bool SecondOrder { get; init; }

    /// <summary>Inputs with more elements than this are checked at their first, their last and this many random coordinates: 64.</summary>
    public int Coordinates { get; init; } = 64;

    /// <summary>How many random directions through all inputs at once are checked: 3.</summary>
    public int Directions { get; init; } = 3;

    /// <summary>Chooses the coordinates, the directions and the weights of the outputs.</summary>
    public int Seed { get; init; }
}
