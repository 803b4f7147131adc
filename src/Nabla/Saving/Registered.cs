using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Nabla;

/// <summary>Readers by class names: the built-in ones, then those that users have registered.</summary>
internal sealed class Registered<T>(IReadOnlyDictionary<string, Func<ConfigReader, T>> builtIn, IReadOnlyDictionary<string, Func<ConfigReader, T>> own)
    : IReadOnlyDictionary<string, Func<ConfigReader, T>>
{
    public IEnumerable<string> Keys => builtIn.Keys.Concat(own.Keys);

    public IEnumerable<Func<ConfigReader, T>> Values => builtIn.Values.Concat(own.Values);

    public int Count => builtIn.Count + own.Count;

    public Func<ConfigReader, T> this[string key] => TryGetValue(key, out Func<ConfigReader, T>? value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => builtIn.ContainsKey(key) || own.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Func<ConfigReader, T> value) => builtIn.TryGetValue(key, out value) || own.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, Func<ConfigReader, T>>> GetEnumerator() => builtIn.Concat(own).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
