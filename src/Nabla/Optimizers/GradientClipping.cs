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
            Tensor all = gradients.Select(g => g.Square().Sum().Cast(DType.Float64)).Aggregate((a, b) => a + b).Sqrt();

            // A norm that is not finite makes NaN, which the step's check finds, instead of a step of 0.
            Tensor scale = total / all.Maximum(total) + (all - all);
            return [.. gradients.Select(g => g * scale.Cast(g.DType))];
        }

        return gradients;
    }
}
