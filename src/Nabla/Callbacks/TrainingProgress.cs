namespace Nabla;

/// <summary>Where a <see cref="Model.Fit(Arrays, Arrays, FitOptions, CancellationToken)"/> stands.</summary>
/// <remarks>Small and without memory of its own: reporting allocates nothing but what the receiver does.</remarks>
/// <example><code>
/// Progress&lt;TrainingProgress&gt; bar = new(p => Console.WriteLine($"{p.Epoch + 1}/{p.Epochs}: {p.Step}/{p.Steps}"));
/// model.Fit(x, y, verbose: 0, progress: bar);
/// </code></example>
public readonly struct TrainingProgress
{
    private readonly IEnumerable<KeyValuePair<string, double>>? _final;
    private readonly Accumulators? _running;

    internal TrainingProgress(int epoch, int epochs, int step, int steps, TimeSpan elapsed, Accumulators running)
        : this(epoch, epochs, step, steps, elapsed) => _running = running;

    internal TrainingProgress(int epoch, int epochs, int step, int steps, TimeSpan elapsed, IEnumerable<KeyValuePair<string, double>> final)
        : this(epoch, epochs, step, steps, elapsed) => _final = final;

    private TrainingProgress(int epoch, int epochs, int step, int steps, TimeSpan elapsed) =>
        (Epoch, Epochs, Step, Steps, Elapsed) = (epoch, epochs, step, steps, elapsed);

    /// <summary>The epoch, counted from 0.</summary>
    public int Epoch { get; }

    /// <summary>The epoch at which training stops.</summary>
    public int Epochs { get; }

    /// <summary>The steps of this epoch that are done.</summary>
    public int Step { get; }

    /// <summary>The steps of an epoch; 0 in the first epoch of a stream, when nobody knows.</summary>
    public int Steps { get; }

    /// <summary>The time since the epoch began, validation with it.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Whether the epoch is finished, validation with it.</summary>
    public bool IsEpochEnd => _final is not null;

    /// <summary>The loss and metrics by sorted key: of the whole epoch at its end; before, of the samples so far, read when you ask.</summary>
    public IEnumerable<KeyValuePair<string, double>> Values => _final ?? _running?.Results().OrderBy(v => v.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, double>>();
}
