using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>A short list of whole numbers as an op's attribute: axes, a permutation, starts and steps. Equal when its numbers are.</summary>
/// <example><code>
/// Axes rowsAndColumns = [0, 1];
/// Axes last = -1;
/// bool hasRows = rowsAndColumns.Contains(0);   // true
/// </code></example>
[CollectionBuilder(typeof(Axes), nameof(Create))]
public readonly struct Axes : IEquatable<Axes>, IReadOnlyList<int>
{
    private readonly ImmutableArray<int> _items;

    private Axes(ImmutableArray<int> items) => _items = items;

    private ImmutableArray<int> Items => _items.IsDefault ? [] : _items;

    /// <summary>A list of numbers in the order given.</summary>
    public static Axes Create(params ReadOnlySpan<int> items) => new([.. items]);

    /// <summary>A list of one number.</summary>
    public static implicit operator Axes(int item) => new([item]);

    /// <summary>0, 1, ... <paramref name="count"/> - 1.</summary>
    public static Axes Range(int count) => new([.. Enumerable.Range(0, count)]);

    /// <summary><paramref name="count"/> times the same number.</summary>
    public static Axes Repeat(int value, int count) => new([.. Enumerable.Repeat(value, count)]);

    /// <summary>How many numbers.</summary>
    public int Count => Items.Length;

    /// <summary>The number at a place.</summary>
    public int this[int index] => Items[index];

    /// <summary>Whether the list holds a number.</summary>
    public bool Contains(int value) => Items.Contains(value);

    /// <inheritdoc/>
    public bool Equals(Axes other) => Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Axes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int item in Items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>Equal numbers in equal order.</summary>
    public static bool operator ==(Axes left, Axes right) => left.Equals(right);

    /// <summary>Different numbers or order.</summary>
    public static bool operator !=(Axes left, Axes right) => !left.Equals(right);

    /// <summary>The numbers in order.</summary>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary><c>[0,2]</c>.</summary>
    public override string ToString() => $"[{string.Join(",", Items.Select(i => i.ToString(CultureInfo.InvariantCulture)))}]";
}
