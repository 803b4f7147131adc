namespace Nabla.Explain;

/// <summary>A few of the samples, spread evenly over all of them, with which measurements are made.</summary>
/// <param name="Data">The samples.</param>
/// <param name="Rows">Their rows among all samples.</param>
internal sealed record ProbeSet(TrainingData Data, IReadOnlyList<int> Rows)
{
    // What the interpreter does in a fraction of a second: multiplications of a forward pass.
    private const long Budget = 2_000_000;
    private const int Most = 128;
    private const int Least = 4;

    /// <summary>A probe of some data for a model of so many weights.</summary>
    public static ProbeSet Of(TrainingData all, long weights)
    {
        int count = Math.Min(all.Count, (int)Math.Clamp(Budget / Math.Max(1, weights), Least, Most));
        return Of(all, [.. Enumerable.Range(0, count).Select(i => (int)((long)i * all.Count / count))]);
    }

    /// <summary>Some rows of data.</summary>
    public static ProbeSet Of(TrainingData all, IReadOnlyList<int> rows) => new(
        new TrainingData([.. all.X.Select(a => Take(a, rows))], [.. all.Y.Select(a => Take(a, rows))], [.. all.W.Select(a => a is null ? null : Take(a, rows))]),
        rows);

    private static NDArray Take(NDArray array, IReadOnlyList<int> rows) => NDArray.Stack([.. rows.Select(row => array[row])]);
}
