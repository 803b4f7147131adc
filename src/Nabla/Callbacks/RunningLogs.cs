using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Nabla;

/// <summary>Loss and metrics of an epoch so far, read when somebody asks, once a step at most.</summary>
/// <param name="sums">What the steps add to.</param>
internal sealed class RunningLogs(Func<IEnumerable<KeyValuePair<string, double>>> sums) : IReadOnlyDictionary<string, double>
{
    private OrderedDictionary<string, double>? _values;

    public int Count => Values().Count;

    IEnumerable<string> IReadOnlyDictionary<string, double>.Keys => Values().Keys;

    IEnumerable<double> IReadOnlyDictionary<string, double>.Values => Values().Values;

    public double this[string key] => Values().TryGetValue(key, out double value) ? value : throw DidYouMean.Unknown("logs", key, Values().Keys);

    /// <summary>Says that another step was made.</summary>
    public void Forget() => _values = null;

    public bool ContainsKey(string key) => Values().ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value) => Values().TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => Values().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private OrderedDictionary<string, double> Values() => _values ??= new(sums().OrderBy(v => v.Key, StringComparer.Ordinal));
}
