using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// How much is added or cut at the two ends of each spatial axis: <c>1</c> at every end; for one axis <c>(1, 2)</c> at its start and end; for two axes
/// <c>(1, 2)</c> at both ends of each, or <c>((1, 2), (0, 3))</c> for top, bottom, left and right; for three axes the same with three.
/// </summary>
/// <example><code>
/// ZeroPadding1D causal = new((2, 0));
/// ZeroPadding2D even = new(1);
/// ZeroPadding2D uneven = new(((1, 2), (0, 3)));
/// </code></example>
public readonly struct Margins
{
    private readonly ImmutableArray<int> _numbers;
    private readonly ImmutableArray<(int Low, int High)> _pairs;

    private Margins(ImmutableArray<int> numbers, ImmutableArray<(int Low, int High)> pairs) => (_numbers, _pairs) = (numbers, pairs);

    /// <summary>The same at every end.</summary>
    public static implicit operator Margins(int all) => new([all], default);

    /// <summary>Start and end of one axis, or both ends of each of two.</summary>
    public static implicit operator Margins((int First, int Second) values) => new([values.First, values.Second], default);

    /// <summary>Both ends of each of three axes.</summary>
    public static implicit operator Margins((int First, int Second, int Third) values) => new([values.First, values.Second, values.Third], default);

    /// <summary>Start and end of each of two axes.</summary>
    public static implicit operator Margins(((int Top, int Bottom) Height, (int Left, int Right) Width) values) => new(default, [values.Height, values.Width]);

    /// <summary>Start and end of each of three axes.</summary>
    public static implicit operator Margins(((int Low, int High) First, (int Low, int High) Second, (int Low, int High) Third) values) =>
        new(default, [values.First, values.Second, values.Third]);

    /// <summary>The numbers of a list.</summary>
    internal static Margins Of(IEnumerable<int> numbers) => new([.. numbers], default);

    /// <summary>Start and end of each axis of a list.</summary>
    internal static Margins Of(IEnumerable<(int Low, int High)> pairs) => new(default, [.. pairs]);

    /// <summary>As many pairs of start and end as there are axes.</summary>
    /// <param name="axes">How many axes.</param>
    /// <param name="who">The layer, for errors.</param>
    /// <param name="argument">The argument, for errors.</param>
    /// <exception cref="ArgumentException">Another number of values, or one below 0.</exception>
    internal ImmutableArray<(int Low, int High)> For(int axes, string who, string argument)
    {
        ImmutableArray<(int Low, int High)> pairs = _numbers.IsDefault ? _pairs.IsDefault ? [] : _pairs
            : _numbers.Length == 1 ? [.. Enumerable.Repeat((_numbers[0], _numbers[0]), axes)]
            : axes == 1 && _numbers.Length == 2 ? [(_numbers[0], _numbers[1])]
            : [.. _numbers.Select(n => (n, n))];
        return pairs.Length == axes && pairs.All(p => p is { Low: >= 0, High: >= 0 })
            ? pairs
            : throw new ArgumentException($"{who}: expected {argument} as {Forms(axes)}, each 0 or more, received {this}.", argument);
    }

    private static string Forms(int axes) => axes switch
    {
        1 => "one number, or (start, end)",
        2 => "one number, (height, width), or ((top, bottom), (left, right))",
        _ => "one number, one for each of 3 axes, or a pair (start, end) for each",
    };

    /// <summary>The numbers as they were given.</summary>
    public override string ToString() => _numbers.IsDefault
        ? $"({string.Join(", ", (_pairs.IsDefault ? [] : _pairs).Select(p => $"({p.Low}, {p.High})"))})"
        : _numbers.Length == 1 ? $"{_numbers[0]}" : $"({string.Join(", ", _numbers)})";
}
