namespace Nabla;

/// <summary>
/// Keeps a backup of the training, so that the same program, started again after a crash, goes on with the next step as if nothing had happened:
/// same weights, same optimizer, same order of samples, same history, bit for bit. The backup goes when the training is finished.
/// </summary>
/// <remarks>The model must be made and compiled in the same way, and the data be the same; another number of samples is refused.</remarks>
/// <example><code>
/// string folder = Path.Combine(Path.GetTempPath(), "nabla-backup");
/// model.Fit(x, y, epochs: 5, verbose: 0, callbacks: [new BackupAndRestore(folder)]);
/// </code></example>
public sealed class BackupAndRestore : Callback
{
    private readonly string _folder;
    private readonly int? _everySteps;
    private readonly bool _deletes;
    private long _since;

    /// <summary>A backup.</summary>
    /// <param name="backupDir">The folder, made where needed; of this training alone.</param>
    /// <param name="saveFrequency">Steps from one backup to the next; null for the end of each epoch.</param>
    /// <param name="deleteCheckpoint">Whether the backup goes when the training is finished.</param>
    public BackupAndRestore(string backupDir, int? saveFrequency = null, bool deleteCheckpoint = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(backupDir);
        _everySteps = saveFrequency is null or >= 1 ? saveFrequency : throw new ArgumentOutOfRangeException(nameof(saveFrequency), saveFrequency, "BackupAndRestore: expected a saveFrequency of 1 or more steps, or null for every epoch.");
        (_folder, _deletes) = (backupDir, deleteCheckpoint);
    }

    /// <summary>The backup's file.</summary>
    public string FilePath => Path.Combine(_folder, "latest.safetensors");

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        _since = 0;
        Directory.CreateDirectory(_folder);
        if (File.Exists(FilePath))
        {
            TrainingBackup.Restore(Model, FilePath);
        }
    }

    /// <inheritdoc/>
    protected internal override void WriteState(IDictionary<string, NDArray> state) => state["since"] = Stored(_since);

    /// <inheritdoc/>
    protected internal override void ReadState(IReadOnlyDictionary<string, NDArray> state) => _since = (long)Stored(state, "since", 0);

    internal override void KeepBatch(int epoch, int batch, IReadOnlyDictionary<string, double> logs)
    {
        if (_everySteps is { } every && ++_since >= every)
        {
            _since = 0;
            TrainingBackup.Write(Model, FilePath);
        }
    }

    internal override void KeepEpoch(int epoch, IReadOnlyDictionary<string, double> logs)
    {
        if (_everySteps is null)
        {
            TrainingBackup.Write(Model, FilePath);
        }
    }

    internal override void KeepCancelled() => TrainingBackup.Write(Model, FilePath);

    internal override void Finished()
    {
        if (_deletes)
        {
            File.Delete(FilePath);
            if (!Directory.EnumerateFileSystemEntries(_folder).Any())
            {
                Directory.Delete(_folder);
            }
        }
    }
}
