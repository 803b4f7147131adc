using System.Globalization;

namespace Nabla;

/// <summary>
/// Writes loss, metrics and learning rate to event files that TensorBoard shows: <c>tensorboard --logdir logs</c>. Keras' tags and folders:
/// <c>train</c> and <c>validation</c>, <c>epoch_loss</c>, <c>batch_loss</c>.
/// </summary>
/// <remarks>Scalars alone: no histograms, graphs or images.</remarks>
/// <example><code>
/// string folder = Path.Combine(Path.GetTempPath(), "nabla-logs");
/// model.Fit(x, y, verbose: 0, callbacks: [new TensorBoard(folder)]);
/// </code></example>
public sealed class TensorBoard : Callback
{
    private static int _files;

    private readonly string _folder;
    private readonly int? _everySteps;
    private readonly Func<double> _now;
    private readonly Dictionary<string, string> _paths = [];
    private long _step;

    /// <summary>An event log.</summary>
    /// <param name="logDir">The folder.</param>
    /// <param name="updateFrequency">Steps from one batch value to the next; null for values of epochs alone.</param>
    public TensorBoard(string logDir = "logs", int? updateFrequency = null)
        : this(logDir, updateFrequency, () => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds)
    {
    }

    internal TensorBoard(string logDir, int? updateFrequency, Func<double> now)
    {
        ArgumentException.ThrowIfNullOrEmpty(logDir);
        _everySteps = updateFrequency is null or >= 1 ? updateFrequency : throw new ArgumentOutOfRangeException(nameof(updateFrequency), updateFrequency, "TensorBoard: expected an updateFrequency of 1 or more steps, or null for epochs alone.");
        (_folder, _now) = (logDir, now);
    }

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        _paths.Clear();
        _step = 0;
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, IReadOnlyDictionary<string, double> logs)
    {
        if (_everySteps is { } every && _step % every == 0)
        {
            Write("train", logs.Select(l => ($"batch_{l.Key}", l.Value)), _step);
        }

        _step++;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double> logs)
    {
        KeyValuePair<string, double>[] train = [.. logs.Where(l => !l.Key.StartsWith("val_", StringComparison.Ordinal) && l.Key != "learning_rate")];
        Write("train", [.. train.Select(l => ($"epoch_{l.Key}", l.Value)), ("epoch_learning_rate", Model.Optimizer!.LearningRate)], epoch);
        KeyValuePair<string, double>[] validation = [.. logs.Where(l => l.Key.StartsWith("val_", StringComparison.Ordinal))];
        if (validation.Length > 0)
        {
            Write("validation", validation.Select(l => ($"epoch_{l.Key[4..]}", l.Value)), epoch);
        }
    }

    /// <inheritdoc/>
    protected internal override void WriteState(IDictionary<string, NDArray> state) => state["step"] = Stored(_step);

    /// <inheritdoc/>
    protected internal override void ReadState(IReadOnlyDictionary<string, NDArray> state) => _step = (long)Stored(state, "step", 0);

    // Opened for each piece: whatever ends the training, what was written is there and no handle is left.
    private void Write(string run, IEnumerable<(string Tag, double Value)> values, long step)
    {
        double now = _now();
        if (!_paths.TryGetValue(run, out string? path))
        {
            string folder = Path.Combine(_folder, run);
            Directory.CreateDirectory(folder);
            path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{(long)now}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref _files)}"));
            _paths.Add(run, path);
            File.WriteAllBytes(path, EventFile.Version(now));
        }

        using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        foreach ((string tag, double value) in values)
        {
            file.Write(EventFile.Scalar(now, step, tag, value));
        }
    }
}
