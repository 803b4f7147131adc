namespace Nabla.Explain;

/// <summary>Units of a hidden layer with the same weights and the same gradients: they stay one unit for ever.</summary>
internal sealed class SymmetricUnits() : DoctorRule("symmetric-units", "L108")
{
    /// <inheritdoc/>
    public override string About => "Units of a hidden layer with equal weights and equal gradients: they stay one unit for ever.";

    protected override IEnumerable<Advice> Check(Examination seen)
    {
        foreach (ProductNumbers layer in seen.Last?.Products ?? [])
        {
            if (!layer.Product.IsHidden || layer.Units < 2)
            {
                continue;
            }

            int[][] groups =
            [
                .. Enumerable.Range(0, layer.Units)
                    .GroupBy(u => Key(layer, u))
                    .Select(g => g.ToArray())
                    .Where(g => g.Length > 1 && Enumerable.Range(0, layer.Inputs).All(i => g.All(u => Same(layer, i, u, g[0])))),
            ];
            if (groups.Length == 0)
            {
                continue;
            }

            int[] most = groups.MaxBy(g => g.Length)!;
            int column = most[0];
            yield return Finding(
                $"In '{layer.Product.Layer}' units {string.Join(", ", most.Take(6))}{(most.Length > 6 ? ", ..." : "")} have the same weights and the same gradients (first weight {Numerals.Brief(layer.Kernel[column])}, its gradient {Numerals.Brief(layer.Gradient[column])}): they stay one and the same unit whatever is learned.",
                "Draw first weights at random (the default glorot_uniform) instead of zeros or a constant.",
                ("units that are one", $"{groups.Sum(g => g.Length)} of {layer.Units} (threshold: 2 with equal weights and equal gradients)"));
        }
    }

    // A cheap key first: only units with the same sums are compared weight by weight.
    private static (double Weights, double Gradients, double Bias) Key(ProductNumbers layer, int unit)
    {
        (double weights, double gradients) = (0, 0);
        for (int i = 0; i < layer.Inputs; i++)
        {
            weights += layer.Kernel[(i * layer.Units) + unit] * (i + 1);
            gradients += layer.Gradient[(i * layer.Units) + unit] * (i + 1);
        }

        return (weights, gradients, layer.Bias.Length == layer.Units ? layer.Bias[unit] : 0);
    }

    private static bool Same(ProductNumbers layer, int input, int a, int b) =>
        layer.Kernel[(input * layer.Units) + a] == layer.Kernel[(input * layer.Units) + b]
        && layer.Gradient[(input * layer.Units) + a] == layer.Gradient[(input * layer.Units) + b];
}
