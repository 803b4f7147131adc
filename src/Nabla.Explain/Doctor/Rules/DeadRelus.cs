namespace Nabla.Explain;

/// <summary>Relus that are 0 for every sample: their slope is 0 too, so nothing that training does can wake them.</summary>
internal sealed class DeadRelus() : DoctorRule("dead-relus", "L24")
{
    // Some dead units are the price of a relu: of features that are all positive, as lengths of leaves are, half of the first weights make one.
    private const double LargestShare = 0.75;

    /// <inheritdoc/>
    public override string About => $"Relus that are 0 for every sample of the data; a finding from {Numerals.Percent(LargestShare)} of a layer's units on, a hint below.";

    protected override IEnumerable<Advice> Check(Examination seen)
    {
        foreach (GateNumbers gate in seen.Last?.Gates ?? [])
        {
            if (gate.Gate.Kind != GateKind.Relu)
            {
                continue;
            }

            int[] suspects = [.. Enumerable.Range(0, gate.Units).Where(u => gate.Share(u, i => gate.Z[i] <= 0 && gate.Delta[i] == 0) == 1)];
            (int[] dead, double[] largest, int rows) = suspects.Length == 0 ? ([], [], 0) : seen.Confirm(gate, suspects);
            if (dead.Length == 0)
            {
                continue;
            }

            double share = (double)dead.Length / gate.Units;
            string units = dead.Length == gate.Units ? $"all {gate.Units} units" : $"{dead.Length} of {gate.Units} units ({string.Join(", ", dead.Take(6))}{(dead.Length > 6 ? ", ..." : "")})";
            yield return Make(
                share >= LargestShare ? AdviceLevel.Finding : AdviceLevel.Hint,
                $"In '{gate.Gate.Layer}' {units} are dead: z is 0 or less for every one of {rows} samples, so relu gives 0, its slope is 0, and their gradients are exactly 0.",
                "Take a smaller learning rate or other first weights (he_normal, bias 0), or \"leaky_relu\", whose slope is never 0.",
                ("dead units", $"{dead.Length} of {gate.Units}: {Numerals.Percent(share)} (finding from {Numerals.Percent(LargestShare)} on, hint below)"),
                ("largest z of a dead unit", $"{Figures.Text(largest.Max())} (threshold: 0)"),
                ("largest |dJ/dz| of a dead unit", "0 (threshold: exactly 0)"));
        }
    }
}
