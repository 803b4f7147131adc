namespace Nabla;

/// <summary>The three ways of holding gradients short, by Keras' formulas.</summary>
internal static class GradientClipping
{
    /// <param name="gradients">The gradients.</param>
    /// <param name="clipNorm">The longest that each may be.</param>
    /// <param name="clipValue">The largest that each element may be.</param>
    /// <param name="globalClipNorm">The longest that all together may be.</param>
    /// <param name="length">How long all together are; needed for <paramref name="globalClipNorm"/>.</param>
    public static IReadOnlyList<Tensor> Apply(IReadOnlyList<Tensor> gradients, double? clipNorm, double? clipValue, double? globalClipNorm, Tensor? length)
    {
        if (clipValue is { } bound)
        {
            return [.. gradients.Select(g => g.Clip(-bound, bound))];
        }

        if (clipNorm is { } norm)
        {
            return [.. gradients.Select(g => g * norm / g.Square().Sum().Sqrt().Maximum(norm))];
        }

        if (globalClipNorm is { } total && length is not null)
        {
            Tensor scale = total / length.Maximum(total);
            return [.. gradients.Select(g => g * scale.Cast(g.DType))];
        }

        return gradients;
    }

    /// <summary>The length of all gradients together, as a float64 scalar.</summary>
    public static Tensor Norm(IReadOnlyList<Tensor> gradients) =>
        gradients.Select(g => g.Square().Sum().Cast(DType.Float64)).Aggregate((a, b) => a + b).Sqrt();
}
