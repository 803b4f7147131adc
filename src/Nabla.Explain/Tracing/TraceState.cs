namespace Nabla.Explain;

/// <summary>
/// What a step changes without a gradient: the moving averages of a BatchNormalization, which training writes and only inference reads, say.
/// </summary>
/// <example><code>
/// foreach (TraceState state in model.Explain(x, y).State)
/// {
///     Console.WriteLine($"{state.Path} = {state.Formula}: {state.Before[0]} becomes {state.After[0]}");
/// }
/// </code></example>
public sealed record TraceState
{
    /// <summary>The name in the program: <c>batch_normalization/moving_mean</c>.</summary>
    public required string Path { get; init; }

    /// <summary>How it is made, over the names of the trace and its own last name for the old value; empty where that would be too long.</summary>
    public required string Formula { get; init; }

    /// <summary>Its shape; empty for a scalar.</summary>
    public required IReadOnlyList<int> Dims { get; init; }

    /// <summary>The values before the step, row-major.</summary>
    public required IReadOnlyList<double> Before { get; init; }

    /// <summary>The values after it.</summary>
    public required IReadOnlyList<double> After { get; init; }
}
