namespace Nabla.Explain;

/// <summary>How a trace is written as text.</summary>
/// <example><code>
/// TextOptions options = new() { Exact = true, Expand = true, Unicode = true };
/// Console.WriteLine(Trace.Of("J = w^2", ("w", 3)).ToText(options));
/// </code></example>
public sealed record TextOptions
{
    /// <summary>Whose names and signs.</summary>
    public CourseNotation Notation { get; init; }

    /// <summary>The lesson that the trace is of: adds its layers, its tables and its remarks; null for none.</summary>
    public Lesson? Lesson { get; init; }

    /// <summary>Elements of a model's tensors to open one by one: <c>W^[1][3,2]</c> or <c>dense_1.kernel[3,2]</c>.</summary>
    public IReadOnlyList<string> Elements { get; init; } = [];

    /// <summary>All digits of each number, and fractions where there are some; else at most 10 digits.</summary>
    public bool Exact { get; init; }

    /// <summary>Also the whole chain of each parameter: dJ/dw = d * 1 * 1 * x.</summary>
    public bool Expand { get; init; }

    /// <summary>Also the layers as matrices and vectors, with their shapes.</summary>
    public bool Matrix { get; init; }

    /// <summary>Signs of mathematics; plain ASCII otherwise.</summary>
    public bool Unicode { get; init; }

    /// <summary>Escape codes for colours: blue goes forward, orange back. The words say the same.</summary>
    public bool Color { get; init; }
}
