using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Nabla;

/// <summary>What <see cref="Model.Evaluate(Arrays, Arrays, int, int?, NDArray?)"/> measured: <c>loss</c>, then the metrics in the order of compiling.</summary>
/// <example><code>
/// EvaluationResult result = model.Evaluate(x, y);
/// double loss = result.Loss;
/// double same = result["loss"];
/// </code></example>
[SuppressMessage("Naming", "CA1710", Justification = "Keras\' word for it.")]
public sealed class EvaluationResult : IReadOnlyDictionary<string, double>
{
    private readonly OrderedDictionary<string, double> _values;

    internal EvaluationResult(IEnumerable<KeyValuePair<string, double>> values) => _values = new(values);

    /// <summary>The mean loss over the samples.</summary>
    public double Loss => _values["loss"];

    /// <inheritdoc/>
    public double this[string key] => _values.TryGetValue(key, out double value) ? value : throw DidYouMean.Unknown("EvaluationResult", key, _values.Keys);

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _values.Keys;

    /// <inheritdoc/>
    public IEnumerable<double> Values => _values.Values;

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value) => _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Loss and metric where there is one: <c>var (loss, accuracy) = model.Evaluate(x, y);</c></summary>
    /// <exception cref="InvalidOperationException">There is no metric, or more than one.</exception>
    public void Deconstruct(out double loss, out double metric) => (loss, metric) = Count == 2
        ? (Loss, _values.GetAt(1).Value)
        : throw new InvalidOperationException($"EvaluationResult: expected a loss and one metric to take apart, received {string.Join(", ", Keys)}. Take them by name: result[\"loss\"].");

    /// <summary><c>loss: 0.3765 - accuracy: 0.8700</c>.</summary>
    public override string ToString() => string.Join(" - ", _values.Select(v => $"{v.Key}: {LogText.Value(v.Value)}"));
}
