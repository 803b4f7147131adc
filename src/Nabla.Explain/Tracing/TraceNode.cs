namespace Nabla.Explain;

/// <summary>What part a value plays.</summary>
/// <example><code>
/// TraceRole role = Trace.Of("J = w^2", ("w", 3))["w"].Role;   // Parameter
/// </code></example>
public enum TraceRole
{
    /// <summary>Data: a feature or a label.</summary>
    Input,

    /// <summary>What training changes.</summary>
    Parameter,

    /// <summary>Computed on the way.</summary>
    Value,

    /// <summary>What is differentiated: the cost.</summary>
    Result,
}

/// <summary>Why a value has a gradient, or none: three things that must not look alike.</summary>
/// <example><code>
/// GradientState state = Trace.Of("J = w^2", ("w", 0))["w"].GradientState;   // Computed: it is 0
/// </code></example>
public enum GradientState
{
    /// <summary>It was computed; it may be 0.</summary>
    Computed,

    /// <summary>The result does not depend on the value.</summary>
    Unused,

    /// <summary>The result depends on it only through something that lets no gradient pass: a whole number, a truth value, stop_gradient.</summary>
    Stopped,

    /// <summary>Nobody asked for it.</summary>
    NotComputed,
}

/// <summary>One named value of a trace.</summary>
/// <example><code>
/// TraceNode c = Trace.Of("c = w*x; J = c^2", ("w", 2), ("x", -2))["c"];
/// Console.WriteLine($"{c.Name} = {c.Formula} = {c.Numbers} = {c.Values[0]}");   // c = w*x = 2*(-2) = -4
/// </code></example>
public sealed record TraceNode
{
    /// <summary>The place in <see cref="Trace.Nodes"/>.</summary>
    public required int Id { get; init; }

    /// <summary>The name, unique in its trace: <c>c</c>, <c>W^[1]</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What part it plays.</summary>
    public required TraceRole Role { get; init; }

    /// <summary>The path of scopes that it was computed in, for folding: <c>dense_1</c>; empty at the top.</summary>
    public string Scope { get; init; } = "";

    /// <summary>How it is computed from other nodes, by their names: <c>w*x</c>; empty for what is given.</summary>
    public string Formula { get; init; } = "";

    /// <summary>The formula with numbers in the place of names: <c>2*(-2)</c>; empty for what is given and for tensors.</summary>
    public string Numbers { get; init; } = "";

    /// <summary>The sizes of the axes, outermost first; empty for a scalar.</summary>
    public required IReadOnlyList<int> Dims { get; init; }

    /// <summary>Whether the first axis goes over the samples of a batch.</summary>
    public bool HasBatch { get; init; }

    /// <summary>The values, row-major.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>The exact value as a fraction, where the program has no roots or exponentials: <c>-1/4</c>; null elsewhere.</summary>
    public string? ExactValue { get; init; }

    /// <summary>Whether there is a gradient, and if not, why.</summary>
    public required GradientState GradientState { get; init; }

    /// <summary>The derivative of the result with respect to each element, row-major; null where there is none.</summary>
    public IReadOnlyList<double>? Gradient { get; init; }

    /// <summary>The exact derivative as a fraction; null where it is not one.</summary>
    public string? ExactGradient { get; init; }

    /// <summary>The derivative over the names of the nodes, simplified: <c>x*(w*x + b - y)</c>; null for tensors and where it would be long.</summary>
    public string? Derivative { get; init; }

    /// <summary>What happens when the value is nudged, as in the lessons: one entry an ε. For scalars; in programs of more than 150 values only what is given is nudged.</summary>
    public IReadOnlyList<Nudge> Nudges { get; init; } = [];

    /// <summary>Nudges to both sides by a fitting ε, which judge the gradient; for tensors of a few elements.</summary>
    public IReadOnlyList<NudgeCheck> Checks { get; init; } = [];

    /// <summary>Whether the nudges hold the gradient true. What is not finite could not be judged, so it does not hold; a kink and what rounding hides are no failure.</summary>
    internal bool Holds => Checks.All(c => c.Verdict is not (NudgeVerdict.Disagrees or NudgeVerdict.Unknown));

    /// <summary>The line of the user's code that made it: <c>Program.cs:12</c>; null where it is not known.</summary>
    public string? Source { get; init; }
}
