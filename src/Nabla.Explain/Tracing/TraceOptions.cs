namespace Nabla.Explain;

/// <summary>What a trace shall hold beside values and gradients.</summary>
/// <example><code>
/// TraceOptions options = new() { Epsilons = [1, 0.1, 0.01, 1e-8], Optimizer = new SGD(0.01), Parameters = ["w"] };
/// Trace trace = Trace.Of("J = w^2", options, ("w", 3));
/// </code></example>
public sealed record TraceOptions
{
    /// <summary>What the trace is called; null takes the formula or the model's name.</summary>
    public string? Title { get; init; }

    /// <summary>The nudges of the lessons: 0.001 unless told.</summary>
    public IReadOnlyList<double> Epsilons { get; init; } = [0.001];

    /// <summary>
    /// The names that training changes; null takes those that begin with w or b, or with a capital W or B, and where there are none all that are given.
    /// </summary>
    public IReadOnlyList<string>? Parameters { get; init; }

    /// <summary>Makes the update of one step; null for none.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>Every op a node of its own, named t1, t2, ... where the program has no name for it.</summary>
    public bool EveryOperation { get; init; }

    /// <summary>How many elements of each tensor are nudged to judge its gradient.</summary>
    public int CheckedElements { get; init; } = 3;

    /// <summary>Whether forms that lose their digits in a machine, such as 1 - σ(40), are computed as on paper: for mathematics, not for what a program does.</summary>
    internal bool OnPaper { get; init; }
}
