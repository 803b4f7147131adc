using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>One dimension: a size and, where it is free to vary from run to run, a name such as <c>batch</c>.</summary>
/// <param name="Size">The number of elements along the axis; 0 or more.</param>
/// <param name="Name">The axis' name, or null for a fixed size.</param>
/// <example><code>
/// Dim batch = new(32, "batch");   // a size that may be another in the next run
/// Dim features = 784;
/// </code></example>
public readonly record struct Dim(int Size, string? Name = null)
{
    /// <summary>A nameless dimension.</summary>
    public static implicit operator Dim(int size) => new(size);

    /// <summary><c>32</c>, or <c>batch=32</c>.</summary>
    public override string ToString() =>
        Name is null ? Size.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Name}={Size}");
}

/// <summary>The dimensions of a tensor, outermost first. Equal when sizes and names are equal.</summary>
/// <example><code>
/// Dims dims = [new Dim(32, "batch"), 784];
/// Console.WriteLine($"{dims}: {dims.Rank} axes, {dims.Count} elements, last {dims[-1].Size}");   // [batch=32,784]: 2 axes, 25088 elements, last 784
/// </code></example>
[CollectionBuilder(typeof(Dims), nameof(Create))]
public readonly struct Dims : IEquatable<Dims>, IReadOnlyList<Dim>
{
    private readonly ImmutableArray<Dim> _dims;

    private Dims(ImmutableArray<Dim> dims) => _dims = dims;

    /// <summary>No axes: the dims of a scalar.</summary>
    public static Dims Scalar => new([]);

    /// <summary>Dims from their sizes.</summary>
    /// <exception cref="ShapeException">A size is negative, or their product does not fit an array.</exception>
    public static Dims Create(params ReadOnlySpan<Dim> dims)
    {
        long count = 1;
        foreach (Dim dim in dims)
        {
            if (dim.Size < 0)
            {
                throw new ShapeException($"Dims: expected sizes of 0 or more, received {dim.Size} in [{Join(dims)}].");
            }

            count = Math.Min(long.MaxValue / int.MaxValue, count) * Math.Max(1, dim.Size);
        }

        if (count > Array.MaxLength)
        {
            throw new ShapeException($"Dims: [{Join(dims)}] has more elements than an array can hold ({Array.MaxLength}).");
        }

        return new Dims([.. dims]);
    }

    /// <summary>Dims without names from plain sizes.</summary>
    public static Dims Of(params ReadOnlySpan<int> sizes)
    {
        var dims = new Dim[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            dims[i] = sizes[i];
        }

        return Create(dims);
    }

    private ImmutableArray<Dim> Items => _dims.IsDefault ? [] : _dims;

    /// <summary>The number of axes.</summary>
    public int Rank => Items.Length;

    int IReadOnlyCollection<Dim>.Count => Rank;

    /// <summary>The dimension at an axis; negative axes count from the end.</summary>
    public Dim this[int axis] => Items[axis < 0 ? axis + Rank : axis];

    /// <summary>The product of all sizes; 1 for a scalar.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            foreach (Dim dim in Items)
            {
                count *= dim.Size;
            }

            return count;
        }
    }

    /// <summary>The sizes alone.</summary>
    public int[] Sizes => [.. Items.Select(d => d.Size)];

    /// <summary>Whether both have the same sizes, whatever their names.</summary>
    public bool SameSizes(Dims other)
    {
        if (Rank != other.Rank)
        {
            return false;
        }

        for (int i = 0; i < Rank; i++)
        {
            if (this[i].Size != other[i].Size)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The elements to step over when the index of each axis grows by one, in row-major order.</summary>
    public int[] Strides()
    {
        var strides = new int[Rank];
        int stride = 1;
        for (int i = Rank - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(1, this[i].Size);
        }

        return strides;
    }

    /// <summary>An axis counted from the front; throws where there is no such axis.</summary>
    /// <param name="axis">From -rank to rank - 1.</param>
    /// <param name="who">Named in the error.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public int Axis(int axis, string who)
    {
        if (axis < -Rank || axis >= Rank)
        {
            throw new ShapeException($"{who}: expected an axis from {-Rank} to {Rank - 1} for dims {this}, received {axis}.");
        }

        return axis < 0 ? axis + Rank : axis;
    }

    /// <summary>These dims with another dimension at one axis.</summary>
    public Dims With(int axis, Dim dim) => new(Items.SetItem(axis < 0 ? axis + Rank : axis, dim));

    /// <summary>These dims without one axis.</summary>
    public Dims Without(int axis) => new(Items.RemoveAt(axis < 0 ? axis + Rank : axis));

    /// <summary>These dims with one more before <paramref name="axis"/>.</summary>
    public Dims Insert(int axis, Dim dim) => new(Items.Insert(axis, dim));

    /// <summary>Both, one after the other.</summary>
    public Dims Concat(Dims other) => new(Items.AddRange(other.Items));

    /// <summary>Some of the axes: <c>dims.Slice(1, 2)</c>, or <c>dims[1..]</c>.</summary>
    public Dims Slice(int start, int length) => new(Items.Slice(start, length));

    /// <summary>The number of axes, for index-from-end and ranges (<c>dims[1..]</c>).</summary>
    public int Length => Rank;

    /// <summary>The same dims with every dimension named <paramref name="name"/> set to <paramref name="size"/>.</summary>
    public Dims Resized(string name, int size) => Create([.. Items.Select(d => d.Name == name ? d with { Size = size } : d)]);

    /// <inheritdoc/>
    public bool Equals(Dims other) => Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Dims other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (Dim dim in Items)
        {
            hash.Add(dim);
        }

        return hash.ToHashCode();
    }

    /// <summary>Equal sizes and names.</summary>
    public static bool operator ==(Dims left, Dims right) => left.Equals(right);

    /// <summary>Different sizes or names.</summary>
    public static bool operator !=(Dims left, Dims right) => !left.Equals(right);

    /// <summary>The dimensions in order.</summary>
    public IEnumerator<Dim> GetEnumerator() => ((IEnumerable<Dim>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary><c>[32,10]</c>, or <c>[batch=32,10]</c>.</summary>
    public override string ToString() => $"[{Join(Items.AsSpan())}]";

    private static string Join(ReadOnlySpan<Dim> dims)
    {
        var parts = new string[dims.Length];
        for (int i = 0; i < dims.Length; i++)
        {
            parts[i] = dims[i].ToString();
        }

        return string.Join(",", parts);
    }
}
