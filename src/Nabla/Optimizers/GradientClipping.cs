namespace Nabla;

/// <summary>The three ways of holding gradients short, by Keras' formulas.</summary>
internal static class GradientClipping
{
    public static IReadOnlyList<Tensor> Apply(IReadOnlyList<Tensor> gradients, double? norm, double? value, double? globalNorm)
    {
        if (value is { } bound)
        {
            return [.. gradients.Select(g => g.Clip(-bound, bound))];
        }

        if (norm is { } length)
        {
            return [.. gradients.Select(g => g * length / g.Square().Sum().Sqrt().Maximum(length))];
        }

        if (globalNorm is { } total && gradients.Count > 0)
        {
            // An infinite norm would scale every gradient to 0: the training step looks at the norm, and is not applied then.
            Tensor scale = total / Norm(gradients).Maximum(total);
            return [.. gradients.Select(g => g * scale.Cast(g.DType))];
        }

        return gradients;
    }

    /// <summary>The length of all gradients together, as a float64 scalar.</summary>
    public static Tensor Norm(IReadOnlyList<Tensor> gradients) =>
        gradients.Select(g => g.Square().Sum().Cast(DType.Float64)).Aggregate((a, b) => a + b).Sqrt();
}
