namespace Nabla;

/// <summary>Whose memory a value lies in.</summary>
internal enum StorageKind
{
    /// <summary>Given by the caller and only read.</summary>
    Input,

    /// <summary>Given by the caller, or the execution's own, and written.</summary>
    Output,

    /// <summary>A constant array of the graph.</summary>
    Literal,

    /// <summary>A part of the execution's arena, shared over time with other values.</summary>
    Arena,
}

/// <summary>Memory for one value of the plan. The passes fill in the rest: kind by the schedule, offset by the memory plan.</summary>
/// <param name="name">For printing.</param>
/// <param name="dtype">The element type.</param>
/// <param name="count">The number of elements.</param>
internal sealed class Storage(string name, DType dtype, long count)
{
    public string Name => name;

    public DType DType => dtype;

    public long Count => count;

    public long Bytes => count * dtype.Size;

    public required StorageKind Kind { get; set; }

    /// <summary>Which input, output or literal; for the arena the offset in bytes.</summary>
    public long Place { get; set; } = -1;

    /// <summary>The first step that touches it.</summary>
    public int Begin { get; set; } = int.MaxValue;

    /// <summary>The last step that touches it.</summary>
    public int End { get; set; } = -1;
}
