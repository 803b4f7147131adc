namespace Nabla;

/// <summary>
/// Ends the training when a value has stopped getting better. Keras' arguments, defaults and rules: it never ends at epoch 0, and best weights are
/// put back however the training ended.
/// </summary>
/// <example><code>
/// model.Fit(x, y, epochs: 50, verbose: 0, validationSplit: 0.2, callbacks: [new EarlyStopping(patience: 3, restoreBestWeights: true)]);
/// </code></example>
public sealed class EarlyStopping : Callback
{
    private readonly Monitor _monitor;
    private readonly double _minDelta;
    private readonly int _patience;
    private readonly bool _verbose;
    private readonly double? _baseline;
    private readonly bool _restores;
    private readonly int _startFromEpoch;
    private IReadOnlyList<NDArray>? _bestWeights;
    private double? _best;
    private int _wait;

    /// <summary>An early end.</summary>
    /// <param name="monitor">What is watched.</param>
    /// <param name="minDelta">By how much a value must be better to count.</param>
    /// <param name="patience">Epochs without a better value before the end.</param>
    /// <param name="verbose">1 says when it ends the training.</param>
    /// <param name="mode"><c>"min"</c>, <c>"max"</c>, or <c>"auto"</c>: the metric knows.</param>
    /// <param name="baseline">A value that must be beaten.</param>
    /// <param name="restoreBestWeights">Whether the weights of the best epoch are put back at the end.</param>
    /// <param name="startFromEpoch">Epochs before this one are not looked at.</param>
    public EarlyStopping(
        string monitor = "val_loss", double minDelta = 0, int patience = 0, int verbose = 0, string mode = "auto", double? baseline = null,
        bool restoreBestWeights = false, int startFromEpoch = 0)
    {
        _monitor = new Monitor(nameof(EarlyStopping), monitor, mode);
        _minDelta = double.IsFinite(minDelta) ? Math.Abs(minDelta) : throw new ArgumentOutOfRangeException(nameof(minDelta), minDelta, "EarlyStopping: expected a finite minDelta, such as 0.001.");
        _patience = patience >= 0 ? patience : throw new ArgumentOutOfRangeException(nameof(patience), patience, "EarlyStopping: expected a patience of 0 or more epochs.");
        _startFromEpoch = startFromEpoch >= 0 ? startFromEpoch : throw new ArgumentOutOfRangeException(nameof(startFromEpoch), startFromEpoch, "EarlyStopping: expected startFromEpoch of 0 or more.");
        (_verbose, _baseline, _restores) = (verbose > 0, baseline, restoreBestWeights);
    }

    /// <summary>The epoch of the best value, from 0.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>The epoch at which the training was ended; 0 where it was not.</summary>
    public int StoppedEpoch { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin() => (_wait, StoppedEpoch, BestEpoch, _best, _bestWeights) = (0, 0, 0, null, null);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double> logs)
    {
        if (_monitor.Value(logs) is not { } current || epoch < _startFromEpoch)
        {
            return;
        }

        if (_restores && _bestWeights is null)
        {
            (_bestWeights, BestEpoch) = (Model.GetWeights(), epoch);
        }

        _wait++;
        if (_monitor.IsBetter(Model, current, _best, _minDelta))
        {
            (_best, BestEpoch) = (current, epoch);
            _bestWeights = _restores ? Model.GetWeights() : null;
            if (_monitor.IsBetter(Model, current, _baseline, _minDelta))
            {
                _wait = 0;
            }
        }
        else if (_wait >= _patience && epoch > 0)
        {
            StoppedEpoch = epoch;
            Model.StopTraining = true;
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(IReadOnlyDictionary<string, double> logs)
    {
        if (StoppedEpoch > 0 && _verbose)
        {
            Console.WriteLine($"Epoch {StoppedEpoch + 1}: early stopping");
        }

        if (_bestWeights is not null)
        {
            if (_verbose)
            {
                Console.WriteLine($"Restoring model weights from the end of the best epoch: {BestEpoch + 1}.");
            }

            Model.SetWeights(_bestWeights);
            Model.Compilation!.Position = null;
        }
    }

    /// <inheritdoc/>
    protected internal override void WriteState(IDictionary<string, NDArray> state)
    {
        state["wait"] = Stored(_wait);
        state["best_epoch"] = Stored(BestEpoch);
        state["stopped_epoch"] = Stored(StoppedEpoch);
        if (_best is { } best)
        {
            state["best"] = Stored(best);
        }

        for (int i = 0; i < _bestWeights?.Count; i++)
        {
            state[$"best_weights/{i}"] = _bestWeights[i];
        }
    }

    /// <inheritdoc/>
    protected internal override void ReadState(IReadOnlyDictionary<string, NDArray> state)
    {
        _wait = (int)Stored(state, "wait", 0);
        BestEpoch = (int)Stored(state, "best_epoch", 0);
        StoppedEpoch = (int)Stored(state, "stopped_epoch", 0);
        _best = state.ContainsKey("best") ? Stored(state, "best", 0) : null;
        NDArray[] weights = [.. Enumerable.Range(0, Model.Weights.Count).Select(i => state.GetValueOrDefault($"best_weights/{i}")).OfType<NDArray>()];
        _bestWeights = weights.Length == Model.Weights.Count && _restores ? weights : null;
    }

    internal override void CheckKeys(IReadOnlyList<string> keys)
    {
        _monitor.Check(keys);
        _ = _monitor.MoreIsBetter(Model);
    }
}
