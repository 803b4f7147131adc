using System.Globalization;

namespace Nabla;

/// <summary>
/// Makes the learning rate smaller when a value has stopped getting better, and writes it to the logs. Keras' arguments, defaults and rules.
/// </summary>
/// <example><code>
/// model.Fit(x, y, epochs: 2, verbose: 0, validationSplit: 0.2, callbacks: [new ReduceLROnPlateau(factor: 0.2, patience: 5, minLr: 0.001)]);
/// </code></example>
public sealed class ReduceLROnPlateau : Callback
{
    private readonly Monitor _monitor;
    private readonly double _factor;
    private readonly int _patience;
    private readonly bool _verbose;
    private readonly double _minDelta;
    private readonly int _cooldown;
    private readonly double _minLr;
    private double? _best;
    private int _wait;
    private int _cooling;

    /// <summary>Smaller steps on a plateau.</summary>
    /// <param name="monitor">What is watched.</param>
    /// <param name="factor">What the learning rate is multiplied by; below 1.</param>
    /// <param name="patience">Epochs without a better value before that.</param>
    /// <param name="verbose">1 says when it happens.</param>
    /// <param name="mode"><c>"min"</c>, <c>"max"</c>, or <c>"auto"</c>: the metric knows.</param>
    /// <param name="minDelta">By how much a value must be better to count.</param>
    /// <param name="cooldown">Epochs to wait after a change before counting again.</param>
    /// <param name="minLr">The smallest learning rate.</param>
    public ReduceLROnPlateau(
        string monitor = "val_loss", double factor = 0.1, int patience = 10, int verbose = 0, string mode = "auto", double minDelta = 0.0001, int cooldown = 0, double minLr = 0)
    {
        _monitor = new Monitor(nameof(ReduceLROnPlateau), monitor, mode);
        _factor = factor is >= 0 and < 1 ? factor : throw new ArgumentOutOfRangeException(nameof(factor), factor, "ReduceLROnPlateau: expected a factor from 0 to below 1, such as 0.1: the learning rate must fall.");
        _patience = patience >= 0 ? patience : throw new ArgumentOutOfRangeException(nameof(patience), patience, "ReduceLROnPlateau: expected a patience of 0 or more epochs.");
        _cooldown = cooldown >= 0 ? cooldown : throw new ArgumentOutOfRangeException(nameof(cooldown), cooldown, "ReduceLROnPlateau: expected a cooldown of 0 or more epochs.");
        (_verbose, _minDelta, _minLr) = (verbose > 0, minDelta, minLr);
    }

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        LearningRateScheduler.RequireNumber(Model, nameof(ReduceLROnPlateau));
        (_best, _wait, _cooling) = (null, 0, 0);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double> logs)
    {
        Optimizer optimizer = Model.Optimizer!;
        logs["learning_rate"] = optimizer.LearningRate;
        if (_monitor.Value(logs) is not { } current)
        {
            return;
        }

        if (_cooling > 0)
        {
            _cooling--;
            _wait = 0;
        }

        if (_monitor.IsBetter(Model, current, _best, _minDelta))
        {
            (_best, _wait) = (current, 0);
        }
        else if (_cooling == 0 && ++_wait >= _patience && optimizer.LearningRate > _minLr)
        {
            optimizer.LearningRate = Math.Max(optimizer.LearningRate * _factor, _minLr);
            (_cooling, _wait) = (_cooldown, 0);
            if (_verbose)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch + 1}: ReduceLROnPlateau reducing learning rate to {LogText.Exact(optimizer.LearningRate)}."));
            }
        }
    }

    /// <inheritdoc/>
    protected internal override void WriteState(IDictionary<string, NDArray> state)
    {
        (state["wait"], state["cooling"]) = (Stored(_wait), Stored(_cooling));
        if (_best is { } best)
        {
            state["best"] = Stored(best);
        }
    }

    /// <inheritdoc/>
    protected internal override void ReadState(IReadOnlyDictionary<string, NDArray> state) =>
        (_wait, _cooling, _best) = ((int)Stored(state, "wait", 0), (int)Stored(state, "cooling", 0), state.ContainsKey("best") ? Stored(state, "best", 0) : null);

    internal override void CheckKeys(IReadOnlyList<string> keys)
    {
        _monitor.Check(keys);
        _ = _monitor.MoreIsBetter(Model);
    }
}
