namespace Nabla.Explain;

/// <summary>Units of a hidden layer with the same weights and the same gradients: they stay one unit for ever.</summary>
internal sealed class SymmetricUnits() : DoctorRule("symmetric-units", "L108")
{
    /// <inheritdoc/>
    public override string About => "Units of a hidden layer with equal weights and equal gradients: they stay one unit for ever. Kernels of any number of axes count.";

    protected override IEnumerable<Advice> Check(Examination seen)
    {
        foreach (ProductNumbers layer in seen.Last?.Products ?? [])
        {
            if (!layer.Product.IsHidden || layer.Units < 2)
            {
                continue;
            }

            int[][] groups = [.. Enumerable.Range(0, layer.Groups).SelectMany(g => Alike(layer, g))];
            if (groups.Length == 0)
            {
                continue;
            }

            int[] most = groups.MaxBy(g => g.Length)!;
            int first = Place(layer, 0, most[0]);
            yield return Finding(
                $"In '{layer.Product.Layer}' units {string.Join(", ", most.Take(6))}{(most.Length > 6 ? ", ..." : "")} have the same weights and the same gradients (first weight {Numerals.Brief(layer.Kernel[first])}, its gradient {Numerals.Brief(layer.Gradient[first])}): they stay one and the same unit whatever is learned.",
                "Draw first weights at random (the default glorot_uniform) instead of zeros or a constant.",
                ("units that are one", $"{groups.Sum(g => g.Length)} of {layer.Units * layer.Groups} (threshold: 2 with equal weights and equal gradients)"));
        }
    }

    // A cheap key first: only units with the same sums are compared weight by weight.
    private static IEnumerable<int[]> Alike(ProductNumbers layer, int group) => Enumerable.Range(group * layer.Units, layer.Units)
        .GroupBy(u => Key(layer, u))
        .Select(g => g.ToArray())
        .Where(g => g.Length > 1 && Enumerable.Range(0, layer.Inputs).All(i => g.All(u => Same(layer, i, u, g[0]))));

    private static (double Weights, double Gradients, double Bias) Key(ProductNumbers layer, int unit)
    {
        (double weights, double gradients) = (0, 0);
        for (int i = 0; i < layer.Inputs; i++)
        {
            weights += layer.Kernel[Place(layer, i, unit)] * (i + 1);
            gradients += layer.Gradient[Place(layer, i, unit)] * (i + 1);
        }

        return (weights, gradients, layer.Bias.Length == layer.Units * layer.Groups ? layer.Bias[unit] : 0);
    }

    private static bool Same(ProductNumbers layer, int input, int a, int b) =>
        layer.Kernel[Place(layer, input, a)] == layer.Kernel[Place(layer, input, b)] && layer.Gradient[Place(layer, input, a)] == layer.Gradient[Place(layer, input, b)];

    // Units are counted on from one group to the next.
    private static int Place(ProductNumbers layer, int input, int unit) => (((unit / layer.Units * layer.Inputs) + input) * layer.Units) + (unit % layer.Units);
}
