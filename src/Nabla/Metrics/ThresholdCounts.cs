namespace Nabla;

/// <summary>The four weighted counts at one threshold, and the shares made from them; a share of nothing is 0.</summary>
internal readonly record struct ThresholdCounts(double TruePositives, double FalsePositives, double Positives, double Negatives)
{
    // Rounding must not make a count negative.
    public double FalseNegatives => Math.Max(0, Positives - TruePositives);

    public double TrueNegatives => Math.Max(0, Negatives - FalsePositives);

    public double Precision => SampleWeights.Ratio(TruePositives, TruePositives + FalsePositives);

    public double Recall => SampleWeights.Ratio(TruePositives, TruePositives + FalseNegatives);

    public double Specificity => SampleWeights.Ratio(TrueNegatives, TrueNegatives + FalsePositives);

    public double FalsePositiveRate => SampleWeights.Ratio(FalsePositives, FalsePositives + TrueNegatives);

    /// <summary>The counts at each threshold from the state of a <see cref="ThresholdMetric"/>.</summary>
    /// <param name="state">True and false positives [thresholds, columns], positives and negatives [columns].</param>
    /// <param name="column">Which label's.</param>
    public static ThresholdCounts[] Of(IReadOnlyList<NDArray> state, int column = 0)
    {
        int columns = state[2].Count;
        var counts = new ThresholdCounts[state[0].Dims[0].Size];
        for (int i = 0; i < counts.Length; i++)
        {
            int at = (i * columns) + column;
            counts[i] = new ThresholdCounts(
                state[0].AsSpan<double>()[at], state[1].AsSpan<double>()[at], state[2].AsSpan<double>()[column], state[3].AsSpan<double>()[column]);
        }

        return counts;
    }
}
