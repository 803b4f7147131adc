namespace Nabla.Explain;

/// <summary>Runs all samples through the compiled graph to see which units are 0 for every one.</summary>
internal static class DeadUnits
{
    /// <summary>The units of some suspects whose sums are 0 or less for all samples, and the largest sum of each.</summary>
    /// <param name="recording">Recorded for batches of <paramref name="batch"/> samples.</param>
    /// <param name="all">The samples.</param>
    /// <param name="batch">At most as many as there are samples.</param>
    /// <param name="seed">The key of random numbers.</param>
    /// <param name="gate">The activation.</param>
    /// <param name="suspects">The units in question.</param>
    public static (int[] Dead, double[] Largest, int Rows) Confirm(
        ModelRecording recording, TrainingData all, int batch, int seed, GateNumbers gate, IReadOnlyList<int> suspects)
    {
        Tensor z = new(gate.Gate.Z);
        Tensor most = z.Cast(DType.Float64).Max([.. Enumerable.Range(0, z.Dims.Rank - 1)]);
        Executable plan = Executable.Compile(new Graph("largest", recording.Graph.Inputs, [new GraphOutput("largest", most.Node)]));
        NDArray[] variables = [.. recording.Reads.Select(v => v.Value)];
        double[] largest = [.. Enumerable.Repeat(double.NegativeInfinity, gate.Units)];
        for (int start = 0; start < all.Count; start += batch)
        {
            // The last batch takes some samples a second time: the graph has one size, and a maximum does not mind.
            int first = Math.Min(start, all.Count - batch);
            NDArray found = plan.Run([.. all[first..(first + batch)].All, NDArray.Full((long)seed, Dims.Scalar), .. variables])[0];
            ReadOnlySpan<double> values = found.AsSpan<double>();
            for (int unit = 0; unit < largest.Length; unit++)
            {
                largest[unit] = Math.Max(largest[unit], values[unit]);
            }
        }

        int[] dead = [.. suspects.Where(u => largest[u] <= 0)];
        return (dead, [.. dead.Select(u => largest[u])], all.Count);
    }
}
