namespace Nabla;

/// <summary>What to take along one axis: a position, which drops the axis, or a range with a step, which keeps it.</summary>
/// <remarks>Written as <c>1</c>, <c>^1</c>, <c>1..3</c>, <c>..</c>; <c>new Slice(.., step: 2)</c> takes every second element.</remarks>
/// <example><code>
/// NDArray column = x[.., 1];
/// NDArray backward = x[new Slice(.., step: -1)];
/// </code></example>
public readonly record struct Slice
{
    /// <summary>A range, whole or with a step.</summary>
    /// <param name="range">From the first to before the last; <c>^</c> counts from the end.</param>
    /// <param name="step">1 takes each element, 2 every second, -1 the same range backward. Not 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is 0.</exception>
    public Slice(Range range, int step = 1)
    {
        if (step is 0 or int.MinValue)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "Slice: expected a step of 1 or more, or a negative one to go backward.");
        }

        Range = range;
        Step = step;
    }

    private Slice(Index index)
    {
        Range = new Range(index, index);
        Step = 0;
    }

    /// <summary>The range; for a position, the position twice.</summary>
    public Range Range { get; }

    /// <summary>The distance between elements; 0 marks a position.</summary>
    public int Step { get; }

    /// <summary>Whether this is a position, which drops its axis.</summary>
    public bool IsPosition => Step == 0;

    /// <summary>One position.</summary>
    /// <exception cref="ShapeException">A negative position.</exception>
    public static implicit operator Slice(int position) => position >= 0
        ? new Slice(new Index(position))
        : throw new ShapeException($"NDArray: expected a position of 0 or more, received {position}. Write ^{-(long)position} to count from the end.");

    /// <summary>One position, perhaps counted from the end.</summary>
    public static implicit operator Slice(Index position) => new(position);

    /// <summary>Every element of a range.</summary>
    public static implicit operator Slice(Range range) => new(range);

    /// <summary>Where the elements lie on an axis: the first, how many, and the step between them.</summary>
    /// <exception cref="ShapeException">The slice reaches outside the axis; the message begins with <paramref name="who"/>.</exception>
    internal (int Start, int Count, int Step) On(Dims dims, int axis, string who = "NDArray")
    {
        int size = dims[axis].Size;
        int start = Range.Start.GetOffset(size);
        if (IsPosition)
        {
            return start >= 0 && start < size ? (start, 1, 1) : throw Outside(dims, axis, who);
        }

        int end = Range.End.GetOffset(size);
        if (start < 0 || end > size || start > end)
        {
            throw Outside(dims, axis, who);
        }

        int stride = Math.Abs(Step);
        int count = end == start ? 0 : ((end - start - 1) / stride) + 1;
        return (Step > 0 || count == 0 ? start : end - 1, count, Step);
    }

    /// <inheritdoc/>
    public override string ToString() => IsPosition ? Range.Start.ToString() : Step == 1 ? Range.ToString() : $"{Range} step {Step}";

    private ShapeException Outside(Dims dims, int axis, string who)
    {
        int size = dims[axis].Size;
        string expected = IsPosition
            ? size == 0 ? "no position (the axis is empty)" : $"a position from 0 to {size - 1}"
            : $"a range within 0..{size}";
        return new ShapeException($"{who}: expected {expected} on axis {axis} of dims {dims}, received {this}.");
    }
}
