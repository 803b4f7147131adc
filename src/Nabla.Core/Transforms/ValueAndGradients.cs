using System.Collections.Immutable;

namespace Nabla;

/// <summary>A function's value at a point and its gradients there.</summary>
/// <param name="Value">What the function gives.</param>
/// <param name="Gradients">One for each floating argument in order, of that argument's type.</param>
/// <example><code>
/// var (value, gradients) = Differentiable.Of((Tensor w) =&gt; w.Square()).ValueAndGradients(3);
/// Console.WriteLine($"{value}, slope {gradients[0]}");   // 9.0, slope 6.0
/// </code></example>
public sealed record ValueAndGradients(NDArray Value, ImmutableArray<NDArray> Gradients)
{
    /// <summary><c>2.0, [-4.0, 2.0]</c>.</summary>
    public override string ToString() => $"{Value}, [{string.Join(", ", Gradients)}]";
}
