using System.Globalization;

namespace Nabla;

/// <summary>Where a training stands, beside the weights and the optimizer's memory: enough to go on with the next step as if nothing had happened.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Step">Its steps that were made.</param>
/// <param name="Steps">All steps that were made.</param>
/// <param name="Consumed">Batches that were taken from a stream.</param>
/// <param name="Layout">What the data and batches must be like.</param>
/// <param name="IsStopped">Whether somebody has asked for the end.</param>
/// <param name="Seed">The key of shuffling and dropout.</param>
/// <param name="Epochs">Epochs over the model's life.</param>
/// <param name="LearningRate">The learning rate; null where a schedule is in charge.</param>
/// <param name="Arrays">The sums of the epoch, the history, and what callbacks remember.</param>
internal sealed record TrainingPosition(
    int Epoch, int Step, long Steps, long Consumed, string Layout, bool IsStopped, int Seed, long Epochs, double? LearningRate, IReadOnlyDictionary<string, NDArray> Arrays)
{
    private const string SumsPrefix = "sums/";
    private const string HistoryPrefix = "history/";
    private const string CallbacksPrefix = "callbacks/";
    private const string EpochsName = "epochs";

    /// <summary>Whether the training must go on from here: a backup asks for it.</summary>
    public bool IsBackup { get; init; }

    /// <summary>The numbers as a file's notes.</summary>
    public IEnumerable<KeyValuePair<string, string>> Notes =>
    [
        new("epoch", Text(Epoch)),
        new("step", Text(Step)),
        new("steps", Text(Steps)),
        new("consumed", Text(Consumed)),
        new("layout", Layout),
        new("stopped", IsStopped ? "true" : "false"),
        new("seed", Text(Seed)),
        new("epochs", Text(Epochs)),
        new("learning_rate", LearningRate is { } rate ? LogText.Exact(rate) : "schedule"),
    ];

    /// <summary>Gathers everything that is remembered.</summary>
    public static Dictionary<string, NDArray> Gather(Accumulators sums, History history, CallbackList callbacks)
    {
        Dictionary<string, NDArray> arrays = sums.All.ToDictionary(s => SumsPrefix + s.Name, s => s.Value);
        arrays.Add(EpochsName, NDArray.From(history.Epochs.ToArray()));
        int number = 0;
        foreach ((string key, IReadOnlyList<double> values) in history)
        {
            arrays.Add(string.Create(CultureInfo.InvariantCulture, $"{HistoryPrefix}{number++:D4}/{key}"), NDArray.From(values.ToArray()));
        }

        foreach ((string key, NDArray value) in callbacks.State())
        {
            arrays.Add(CallbacksPrefix + key, value);
        }

        return arrays;
    }

    /// <summary>Puts everything back.</summary>
    /// <exception cref="InvalidOperationException">The training measures something else than the one that was interrupted.</exception>
    public void Restore(Accumulators sums, History history, CallbackList callbacks, string who)
    {
        if (Step > 0)
        {
            foreach (Variable sum in sums.All)
            {
                if (!Arrays.TryGetValue(SumsPrefix + sum.Name, out NDArray? value) || !value.Type.Matches(sum.Type))
                {
                    throw new InvalidOperationException($"{who} expected the losses and metrics of the training that goes on, but it has no sum '{sum.Name}' of {sum.Type}. Compile with the same loss and metrics, or say Resume = false.");
                }
            }

            foreach (Variable sum in sums.All)
            {
                sum.Assign(Arrays[SumsPrefix + sum.Name]);
            }
        }

        int[] epochs = Arrays.TryGetValue(EpochsName, out NDArray? stored) ? stored.AsType(DType.Int32).ToArray<int>() : [];
        history.Restore(epochs, Arrays
            .Where(a => a.Key.StartsWith(HistoryPrefix, StringComparison.Ordinal) && a.Key.Length > HistoryPrefix.Length + 5)
            .OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => new KeyValuePair<string, double[]>(a.Key[(HistoryPrefix.Length + 5)..], a.Value.AsType(DType.Float64).ToArray<double>())));
        history.Steps = Steps;
        callbacks.Restore(Arrays.Where(a => a.Key.StartsWith(CallbacksPrefix, StringComparison.Ordinal)).Select(a => new KeyValuePair<string, NDArray>(a.Key[CallbacksPrefix.Length..], a.Value)));
    }

    /// <summary>Reads what a file says.</summary>
    /// <exception cref="MalformedFileException">A number is missing or out of its range.</exception>
    public static TrainingPosition Read(SafeTensorsFile file, string path)
    {
        return new TrainingPosition(
            (int)Number("epoch", 0, int.MaxValue),
            (int)Number("step", 0, int.MaxValue),
            Number("steps", 0, long.MaxValue),
            Number("consumed", 0, long.MaxValue),
            Note("layout"),
            Note("stopped") == "true",
            (int)Number("seed", int.MinValue, int.MaxValue),
            Number("epochs", 0, 1L << 40),
            Note("learning_rate") == "schedule" ? null : Rate(),
            file.Tensors.ToDictionary(t => t.Key, t => t.Value));

        string Note(string name) => file.Metadata.TryGetValue(name, out string? text) ? text : throw Error($"expected the note '{name}', but it is missing.");

        long Number(string name, long least, long most) => long.TryParse(Note(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most
            ? value
            : throw Error($"expected a whole number from {least} to {most} as '{name}', received '{ZipDirectory.Printable(Note(name))}'.");

        double Rate() => double.TryParse(Note("learning_rate"), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value >= 0
            ? value
            : throw Error($"expected a learning rate of 0 or more, received '{ZipDirectory.Printable(Note("learning_rate"))}'.");

        MalformedFileException Error(string reason) => new(path, "nabla", null, reason);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
