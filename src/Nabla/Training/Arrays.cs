using System.Collections;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>What a model takes or is compared with: one array, several in the order of its inputs or outputs, or several by their names.</summary>
/// <example><code>
/// Arrays one = x;
/// Arrays inOrder = [x, x];
/// Arrays byName = new Dictionary&lt;string, NDArray&gt; { ["left"] = x, ["right"] = x };
/// </code></example>
[CollectionBuilder(typeof(Arrays), nameof(Create))]
public sealed class Arrays : IReadOnlyList<NDArray>
{
    private readonly NDArray[] _items;

    private Arrays(NDArray[] items, string[]? names) => (_items, Names) = (items, names);

    /// <summary>The names, in the order of the items; null where the order decides.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public NDArray this[int index] => _items[index];

    /// <summary>Arrays in order.</summary>
    public static Arrays Create(ReadOnlySpan<NDArray> items) => new([.. items], null);

    /// <summary>A single array.</summary>
    public static implicit operator Arrays(NDArray array) => new([array], null);

    /// <summary>Arrays in order.</summary>
    public static implicit operator Arrays(NDArray[] arrays) => new([.. arrays], null);

    /// <summary>Arrays by name.</summary>
    public static implicit operator Arrays(Dictionary<string, NDArray> arrays) => new([.. arrays.Values], [.. arrays.Keys]);

    /// <inheritdoc/>
    public IEnumerator<NDArray> GetEnumerator() => ((IEnumerable<NDArray>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The types: <c>float32[60,4], float32[60,3]</c>.</summary>
    public override string ToString() => string.Join(", ", _items.Select((a, i) => Names is null ? $"{a.Type}" : $"{Names[i]}: {a.Type}"));

    /// <summary>The arrays in the order of some names.</summary>
    /// <param name="names">The model's inputs or outputs.</param>
    /// <param name="what">What these are, for the message: <c>Model 'm': Fit: x</c>.</param>
    /// <exception cref="ArgumentException">Others than those, or another number of them.</exception>
    internal NDArray[] InOrder(IReadOnlyList<string> names, string what)
    {
        if (Names is null ? Count != names.Count : !Names.ToHashSet().SetEquals(names))
        {
            throw new ArgumentException($"{what}: expected {(names.Count == 1 ? "one array" : $"{names.Count} arrays")} ({string.Join(", ", names)}), received {(Names is null ? $"{Count}" : string.Join(", ", Names))}. Give them in that order, [a, b], or by name in a Dictionary<string, NDArray>.");
        }

        return Names is null ? _items : [.. names.Select(n => _items[Names.ToList().IndexOf(n)])];
    }
}
