using System.Collections.Immutable;

namespace Nabla;

/// <summary>A number for each spatial axis: <c>2</c> for every axis, <c>(2, 3)</c> for height and width, <c>(2, 3, 4)</c> for three axes.</summary>
/// <example><code>
/// UpSampling2D square = new(2);
/// UpSampling2D wide = new((1, 2));
/// </code></example>
public readonly struct PerAxis
{
    private readonly ImmutableArray<int> _values;

    private PerAxis(params ImmutableArray<int> values) => _values = values;

    /// <summary>One number for every axis.</summary>
    public static implicit operator PerAxis(int all) => new(all);

    /// <summary>A number for each of two axes.</summary>
    public static implicit operator PerAxis((int First, int Second) values) => new(values.First, values.Second);

    /// <summary>A number for each of three axes.</summary>
    public static implicit operator PerAxis((int First, int Second, int Third) values) => new(values.First, values.Second, values.Third);

    /// <summary>A number for each of the axes of a list.</summary>
    internal static PerAxis Of(IEnumerable<int> values) => new([.. values]);

    /// <summary>As many numbers as there are axes.</summary>
    /// <param name="axes">How many axes.</param>
    /// <param name="who">The layer, for errors.</param>
    /// <param name="argument">The argument, for errors.</param>
    /// <exception cref="ArgumentException">Another number of values, or one below 1.</exception>
    internal ImmutableArray<int> For(int axes, string who, string argument)
    {
        ImmutableArray<int> values = _values.IsDefault ? [1] : _values;
        values = values.Length == 1 ? [.. Enumerable.Repeat(values[0], axes)] : values;
        return values.Length == axes && values.All(v => v >= 1)
            ? values
            : throw new ArgumentException($"{who}: expected {argument} as one number of 1 or more, or one for each of {axes} axes, received {this}.", argument);
    }

    /// <summary>The numbers as they were given.</summary>
    public override string ToString() => _values.IsDefault ? "1" : _values.Length == 1 ? $"{_values[0]}" : $"({string.Join(", ", _values)})";
}
