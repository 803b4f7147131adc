namespace Nabla;

/// <summary>
/// About 1/ε values of a stream with their weights, from which quantiles are read: Keras' summary, in its steps and its rounding to float32, so that
/// the boundaries are Keras'.
/// </summary>
/// <param name="epsilon">The share of values that one kept value stands for.</param>
internal sealed class QuantileSummary(double epsilon)
{
    private float[] _values = [];
    private float[] _weights = [];

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => _values.Length == 0;

    /// <summary>Takes in values.</summary>
    public void Add(float[] values)
    {
        float[] sorted = [.. values];
        Array.Sort(sorted);
        double increment = sorted.Length * epsilon;
        double step = Math.Max(increment, 1);
        List<float> kept = [];
        for (int i = (int)increment; i < sorted.Length; i += (int)step)
        {
            kept.Add(sorted[i]);
        }

        // A stable merge by value, what was there before second: as Keras joins its lists.
        float[] joined = [.. kept, .. _values];
        float[] weights = [.. Enumerable.Repeat((float)step, kept.Count), .. _weights];
        int[] order = [.. Enumerable.Range(0, joined.Length).OrderBy(i => joined[i])];
        (_values, _weights) = Compress([.. order.Select(i => joined[i])], [.. order.Select(i => weights[i])], epsilon);
    }

    /// <summary>The boundaries between so many bins that hold about equally many values.</summary>
    public float[] Boundaries(int bins) => Compress(_values, _weights, 1.0 / bins).Values[..^1];

    // Quantiles by linear interpolation between the kept values at the shares of their running weights.
    private static (float[] Values, float[] Weights) Compress(float[] values, float[] weights, double epsilon)
    {
        if (values.Length * epsilon < 1)
        {
            return (values, weights);
        }

        var running = new float[weights.Length];
        float sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            running[i] = sum += weights[i];
        }

        double[] shares = [.. running.Select(r => (double)(r / sum))];
        int count = (int)Math.Ceiling(1 / epsilon);
        double[] percents = [.. Enumerable.Range(0, count).Select(i => epsilon + (i * epsilon))];
        double[] bounds = [.. percents.Select(p => Interpolated(p, shares, values))];
        double[] reached = [.. percents.Select(p => Interpolated(p, shares, running))];
        return ([.. bounds.Select(b => (float)b)], [.. reached.Select((r, i) => (float)(i == 0 ? r : r - reached[i - 1]))]);
    }

    private static double Interpolated(double at, double[] x, float[] y)
    {
        if (at <= x[0])
        {
            return y[0];
        }

        int above = Array.FindIndex(x, v => v > at);
        return above < 0 ? y[^1] : ((double)y[above] - y[above - 1]) / (x[above] - x[above - 1]) * (at - x[above - 1]) + y[above - 1];
    }
}
