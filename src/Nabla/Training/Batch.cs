namespace Nabla;

/// <summary>The samples and labels of one step, for trainings over streams. A tuple stands for one.</summary>
/// <param name="X">The samples of each input.</param>
/// <param name="Y">The labels of each output.</param>
/// <param name="SampleWeight">What each sample counts; null where all count 1.</param>
/// <example><code>
/// IEnumerable&lt;Batch&gt; batches = [(x, y), new Batch(x, y, NDArray.Full(0.5f, [x.Dims[0].Size]))];
/// model.Fit(batches, new FitOptions { Verbose = 0 });
/// </code></example>
public sealed record Batch(Arrays X, Arrays Y, NDArray? SampleWeight = null)
{
    /// <summary>Samples and labels.</summary>
    public static implicit operator Batch((NDArray X, NDArray Y) batch) => new(batch.X, batch.Y);

    /// <summary>Samples, labels and weights.</summary>
    public static implicit operator Batch((NDArray X, NDArray Y, NDArray SampleWeight) batch) => new(batch.X, batch.Y, batch.SampleWeight);

    /// <summary>Samples of several inputs, labels of several outputs.</summary>
    public static implicit operator Batch((Arrays X, Arrays Y) batch) => new(batch.X, batch.Y);
}
