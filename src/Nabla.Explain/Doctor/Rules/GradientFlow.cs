namespace Nabla.Explain;

/// <summary>
/// How the derivative of the loss by the weighted sums of a layer changes on its way from the last layer to the first. By the sums, not by the weights:
/// those depend on the scale of the features too.
/// </summary>
internal static class GradientFlow
{
    // With fewer layers nothing can be multiplied away.
    public const int FewestLayers = 3;

    /// <summary>The size of the derivative layer by layer from the first; empty where there are too few layers.</summary>
    public static IReadOnlyList<(string Layer, double Size)> Of(Measurement measured) => measured.Flow.Count < FewestLayers ? [] : measured.Flow;

    /// <summary>Sizes layer by layer, of many only the ends.</summary>
    public static string Line(IReadOnlyList<(string Layer, double Size)> flow) => flow.Count <= 8
        ? string.Join(", ", flow.Select(f => $"{f.Layer} {Numerals.Brief(f.Size)}"))
        : $"{Line([.. flow.Take(3)])}, ..., {Line([.. flow.TakeLast(3)])}";
}

/// <summary>Gradients that are multiplied away on their way to the first layers: those learn nothing.</summary>
internal sealed class VanishingGradients() : DoctorRule("vanishing-gradients", "L24")
{
    private const double LargestRatio = 1e3;

    // Where the last layer has nothing to learn any more, the ratio is one of roundings.
    private const double SmallestLast = 1e-9;

    /// <inheritdoc/>
    public override string About => $"The derivative by a layer's sums is more than {LargestRatio} times smaller in the first layer than in the last, before training and after. Kernels of any shape and embeddings count; gains and biases, one number a unit, cannot multiply anything away.";

    protected override IEnumerable<Advice> Check(Examination seen)
    {
        // Once may be chance; at the first measurement and at the last it is the network.
        (IReadOnlyList<(string Layer, double Size)> Flow, double Ratio)[] all = [.. seen.Measurements.Take(1).Append(seen.Last).OfType<Measurement>().Select(Ratio)];
        if (all.Length == 0 || all.Any(m => !(m.Ratio > LargestRatio)))
        {
            yield break;
        }

        (IReadOnlyList<(string Layer, double Size)> flow, double ratio) = all[0];
        string cause = seen.Measurements[0].Gates.Where(g => g.Gate.Kind != GateKind.Relu && g.Gate.Output is null).ToArray() is { Length: > 0 } curved
            ? $" Each of the {curved.Length} {(curved[0].Gate.Kind == GateKind.Sigmoid ? "sigmoids multiplies by at most 1/4" : "tanhs multiplies by at most 1")}."
            : "";
        yield return Finding(
            $"The gradient vanishes on its way back: dJ/dz is {Numerals.Brief(flow[^1].Size)} in '{flow[^1].Layer}' and {Numerals.Brief(flow[0].Size)} in '{flow[0].Layer}', {Numerals.Brief(ratio)} times less, so the first layers do not learn.{cause}",
            "Take \"relu\" in hidden layers with kernelInitializer: \"he_normal\", fewer layers, or BatchNormalization between them.",
            ("rms of dJ/dz by layer", GradientFlow.Line(flow)),
            ("last to first", $"{Numerals.Brief(ratio)} (threshold: above {LargestRatio}, in the first measurement and the last)"));
    }

    private static (IReadOnlyList<(string Layer, double Size)> Flow, double Ratio) Ratio(Measurement measured)
    {
        IReadOnlyList<(string Layer, double Size)> flow = GradientFlow.Of(measured);
        return flow.Count == 0 || flow[^1].Size < SmallestLast ? (flow, 0) : (flow, flow[^1].Size / Math.Max(flow[0].Size, double.Epsilon));
    }
}

/// <summary>Gradients that grow on their way to the first layers, or from step to step.</summary>
internal sealed class ExplodingGradients() : DoctorRule("exploding-gradients", "L38")
{
    private const double LargestRatio = 1e3;
    private const double LargestGrowth = 1e3;

    /// <inheritdoc/>
    public override string About => $"The same the other way round, or gradients that grow more than {LargestGrowth} times in a training while the loss rises.";

    protected override IEnumerable<Advice> Check(Examination seen)
    {
        if (seen.Measurements.Count == 0)
        {
            yield break;
        }

        Measurement first = seen.Measurements[0];
        IReadOnlyList<(string Layer, double Size)> flow = GradientFlow.Of(first);
        if (flow.Count > 0 && flow[0].Size / flow[^1].Size is > LargestRatio and var ratio)
        {
            yield return Finding(
                $"The gradient explodes on its way back: dJ/dz is {Numerals.Brief(flow[^1].Size)} in '{flow[^1].Layer}' and {Numerals.Brief(flow[0].Size)} in '{flow[0].Layer}', {Numerals.Brief(ratio)} times more.",
                "Draw smaller first weights (the default glorot_uniform, or he_normal for relu), put BatchNormalization between layers, or clip: new Adam(globalClipNorm: 1).",
                ("rms of dJ/dz by layer", GradientFlow.Line(flow)),
                ("first to last", $"{Numerals.Brief(ratio)} (threshold: above {LargestRatio})"));
            yield break;
        }

        // The loss must grow with it: a gradient that was tiny at the start may well become larger.
        Measurement last = seen.Measurements[^1];
        double growth = last.GradientNorm / first.GradientNorm;
        if (seen.WasTrained && first.GradientNorm > 0 && !(growth <= LargestGrowth) && !(last.Loss <= first.Loss))
        {
            yield return Finding(
                $"The gradients explode in training: their length was {Numerals.Brief(first.GradientNorm)} before it and is {Numerals.Brief(last.GradientNorm)} after epoch {last.Epoch}, while the loss rose from {Numerals.Brief(first.Loss)} to {Numerals.Brief(last.Loss)}.",
                "Take a smaller learning rate, scale the features, or clip: globalClipNorm: 1.",
                ("growth of the gradients' length", $"{Numerals.Brief(growth)} (threshold: above {LargestGrowth})"),
                ("loss before and after", $"{Figures.Text(first.Loss)}, {Figures.Text(last.Loss)} (threshold: it rose)"));
        }
    }
}
