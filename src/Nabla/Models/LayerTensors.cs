using System.Collections;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The inputs or outputs of a functional model: one, several in order, or several by name.</summary>
/// <example><code>
/// Input left = new(4), right = new(4);
/// LayerTensor sum = new Add().Call([left, right]);
/// Model several = new([left, right], new Dictionary&lt;string, LayerTensor&gt; { ["sum"] = sum });
/// </code></example>
[CollectionBuilder(typeof(LayerTensors), nameof(Create))]
public sealed class LayerTensors : IReadOnlyList<LayerTensor>
{
    private readonly LayerTensor[] _items;

    private LayerTensors(LayerTensor[] items, string[]? names)
    {
        foreach (LayerTensor item in items)
        {
            ArgumentNullException.ThrowIfNull(item);
        }

        (_items, Names) = (items, names);
    }

    /// <summary>The names, in the order of the items; null where the layers' names are taken.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public LayerTensor this[int index] => _items[index];

    /// <summary>Tensors in order.</summary>
    public static LayerTensors Create(ReadOnlySpan<LayerTensor> items) => new([.. items], null);

    /// <summary>A single tensor.</summary>
    public static implicit operator LayerTensors(LayerTensor tensor) => new([tensor], null);

    /// <summary>Tensors in order.</summary>
    public static implicit operator LayerTensors(LayerTensor[] tensors) => new([.. tensors], null);

    /// <summary>Tensors by name.</summary>
    public static implicit operator LayerTensors(Dictionary<string, LayerTensor> tensors) => new([.. tensors.Values], [.. tensors.Keys]);

    /// <inheritdoc/>
    public IEnumerator<LayerTensor> GetEnumerator() => ((IEnumerable<LayerTensor>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
