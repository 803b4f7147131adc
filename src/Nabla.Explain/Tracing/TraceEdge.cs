namespace Nabla.Explain;

/// <summary>One use of a value by another: a path on which gradient flows back. Contribution = upstream · local.</summary>
/// <example><code>
/// Trace trace = Trace.Of("c = w*x; J = c^2/2", ("w", 2), ("x", -2));
/// TraceEdge edge = trace.PathsFrom(trace["w"]).Single();
/// Console.WriteLine($"{edge.LocalFormula}: {edge.Local![0]} gives {edge.Contribution[0]}");   // x: -2 gives 8
/// </code></example>
public sealed record TraceEdge
{
    /// <summary>The node that is used.</summary>
    public required int From { get; init; }

    /// <summary>The node that uses it.</summary>
    public required int To { get; init; }

    /// <summary>The derivative of the user with respect to this use, over names: <c>x</c>; for tensors how the gradient is carried back.</summary>
    public required string LocalFormula { get; init; }

    /// <summary>The value of the local derivative: one number for scalars; null where it would be a matrix of matrices.</summary>
    public IReadOnlyList<double>? Local { get; init; }

    /// <summary>The rule of the op behind it: <c>product rule</c>.</summary>
    public string Rule { get; init; } = "";

    /// <summary>What this path adds to the gradient of <see cref="From"/>, in its shape.</summary>
    public required IReadOnlyList<double> Contribution { get; init; }
}
