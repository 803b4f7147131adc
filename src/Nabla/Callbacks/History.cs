using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Nabla;

/// <summary>
/// The course of a <see cref="Model.Fit(Arrays, Arrays, FitOptions, CancellationToken)"/>: for each key (<c>loss</c>, metrics, <c>val_loss</c>, ...) one value an epoch.
/// Keys are sorted; what callbacks add, such as <c>learning_rate</c>, stands last.
/// </summary>
/// <example><code>
/// History history = model.Fit(x, y, epochs: 2, verbose: 0);
/// double last = history["loss"][^1];
/// </code></example>
[SuppressMessage("Naming", "CA1710", Justification = "Keras\' word for it.")]
public sealed class History : IReadOnlyDictionary<string, IReadOnlyList<double>>
{
    private readonly OrderedDictionary<string, List<double>> _values = [];
    private readonly List<int> _epochs = [];

    internal History()
    {
    }

    /// <summary>The epochs that were finished, counted from 0.</summary>
    public IReadOnlyList<int> Epochs => _epochs;

    /// <summary>Whether the training was cancelled before its last epoch ended.</summary>
    public bool Cancelled { get; internal set; }

    /// <summary>The steps made, those of an unfinished epoch with them.</summary>
    public long Steps { get; internal set; }

    /// <inheritdoc/>
    public IReadOnlyList<double> this[string key] => _values.TryGetValue(key, out List<double>? values) ? values : throw DidYouMean.Unknown("History", key, _values.Keys);

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _values.Keys;

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<double>> Values => _values.Values;

    /// <summary>The number of keys.</summary>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out IReadOnlyList<double> value)
    {
        bool found = _values.TryGetValue(key, out List<double>? values);
        value = values;
        return found;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, IReadOnlyList<double>>> GetEnumerator() =>
        _values.Select(v => new KeyValuePair<string, IReadOnlyList<double>>(v.Key, v.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The last epoch's values: <c>12 epochs - accuracy: 0.9712 - loss: 0.0891</c>.</summary>
    public override string ToString() =>
        $"{_epochs.Count} epoch{(_epochs.Count == 1 ? "" : "s")}{(Cancelled ? " (cancelled)" : "")}{LogText.Values(_values.Where(v => v.Value.Count > 0).Select(v => new KeyValuePair<string, double>(v.Key, v.Value[^1])))}";

    /// <summary>Takes in the epochs before a training was interrupted.</summary>
    internal void Restore(IEnumerable<int> epochs, IEnumerable<KeyValuePair<string, double[]>> values)
    {
        _epochs.AddRange(epochs);
        foreach ((string key, double[] column) in values)
        {
            _values[key] = [.. column];
        }
    }

    internal void Add(int epoch, IEnumerable<KeyValuePair<string, double>> logs)
    {
        _epochs.Add(epoch);
        foreach ((string key, double value) in logs)
        {
            if (!_values.TryGetValue(key, out List<double>? values))
            {
                _values.Add(key, values = []);
            }

            values.Add(value);
        }
    }
}
