using System.Globalization;

namespace Nabla;

/// <summary>
/// Saves the model after epochs, or every so many steps; always, or when a value is better than before. A file is at every moment the old one or
/// the new one, and training goes on from it with the next step.
/// </summary>
/// <example><code>
/// string path = Path.Combine(Path.GetTempPath(), "best-{epoch:02d}.nabla");
/// model.Fit(x, y, verbose: 0, validationSplit: 0.2, callbacks: [new ModelCheckpoint(path, saveBestOnly: true)]);
/// </code></example>
public sealed class ModelCheckpoint : Callback
{
    private readonly string _path;
    private readonly Monitor _monitor;
    private readonly bool _verbose;
    private readonly bool _bestOnly;
    private readonly bool _weightsOnly;
    private readonly int? _everySteps;
    private readonly double? _threshold;
    private double? _best;
    private long _since;

    /// <summary>Files of the model.</summary>
    /// <param name="filepath">Ends with .nabla, or with .safetensors for weights alone. May hold <c>{epoch:02d}</c> (from 1), <c>{batch}</c> and keys of the logs: <c>{val_loss:.2f}</c>.</param>
    /// <param name="monitor">What decides with <paramref name="saveBestOnly"/>.</param>
    /// <param name="verbose">1 says what is saved.</param>
    /// <param name="saveBestOnly">Whether to save only when the value is better than before.</param>
    /// <param name="saveWeightsOnly">Whether to save the weights alone.</param>
    /// <param name="mode"><c>"min"</c>, <c>"max"</c>, or <c>"auto"</c>: the metric knows.</param>
    /// <param name="saveFrequency">Steps from one file to the next; null for the end of each epoch.</param>
    /// <param name="initialValueThreshold">A value that must be beaten first.</param>
    public ModelCheckpoint(
        string filepath, string monitor = "val_loss", int verbose = 0, bool saveBestOnly = false, bool saveWeightsOnly = false, string mode = "auto",
        int? saveFrequency = null, double? initialValueThreshold = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(filepath);
        string ending = saveWeightsOnly ? ".safetensors" : ".nabla";
        _path = filepath.EndsWith(ending, StringComparison.Ordinal)
            ? filepath
            : throw new ArgumentException($"ModelCheckpoint: expected a filepath that ends with {ending}{(saveWeightsOnly ? " where only weights are saved" : "")}, received '{filepath}'.{(saveWeightsOnly ? "" : " For weights alone say saveWeightsOnly: true and end it with .safetensors.")}", nameof(filepath));
        _monitor = new Monitor(nameof(ModelCheckpoint), monitor, mode);
        _everySteps = saveFrequency is null or >= 1 ? saveFrequency : throw new ArgumentOutOfRangeException(nameof(saveFrequency), saveFrequency, "ModelCheckpoint: expected a saveFrequency of 1 or more steps, or null for every epoch.");
        (_verbose, _bestOnly, _weightsOnly, _threshold) = (verbose > 0, saveBestOnly, saveWeightsOnly, initialValueThreshold);
    }

    /// <inheritdoc/>
    public override void OnTrainBegin() => (_best, _since) = (_threshold, 0);

    /// <inheritdoc/>
    protected internal override void WriteState(IDictionary<string, NDArray> state)
    {
        state["since"] = Stored(_since);
        if (_best is { } best)
        {
            state["best"] = Stored(best);
        }
    }

    /// <inheritdoc/>
    protected internal override void ReadState(IReadOnlyDictionary<string, NDArray> state) =>
        (_since, _best) = ((long)Stored(state, "since", 0), state.ContainsKey("best") ? Stored(state, "best", 0) : _threshold);

    internal override void CheckKeys(IReadOnlyList<string> keys)
    {
        if (_bestOnly)
        {
            _monitor.Check(keys);
            _ = _monitor.MoreIsBetter(Model);
        }
    }

    internal override void KeepBatch(int epoch, int batch, IReadOnlyDictionary<string, double> logs)
    {
        if (_everySteps is { } every && ++_since >= every)
        {
            _since = 0;
            Keep(epoch, batch, logs);
        }
    }

    internal override void KeepEpoch(int epoch, IReadOnlyDictionary<string, double> logs)
    {
        if (_everySteps is null)
        {
            Keep(epoch, null, logs);
        }
    }

    private void Keep(int epoch, int? batch, IReadOnlyDictionary<string, double> logs)
    {
        string path = PathPattern.Fill(_path, epoch, batch, logs);
        string? reason = null;
        if (_bestOnly && _monitor.Value(logs) is { } current)
        {
            if (!_monitor.IsBetter(Model, current, _best, 0))
            {
                Say(epoch, $"{_monitor.Key} did not improve from {LogText.Value(_best!.Value)}");
                return;
            }

            string before = _best is { } best ? LogText.Value(best) : _monitor.MoreIsBetter(Model) ? "-inf" : "inf";
            reason = $"{_monitor.Key} improved from {before} to {LogText.Value(current)}, ";
            _best = current;
        }

        Say(epoch, $"{reason}saving model to {path}");
        if (_weightsOnly)
        {
            Model.SaveWeights(path);
        }
        else
        {
            Model.Save(path);
        }
    }

    private void Say(int epoch, string what)
    {
        if (_verbose)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch + 1}: {what}"));
        }
    }
}
