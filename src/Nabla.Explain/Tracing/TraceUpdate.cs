namespace Nabla.Explain;

/// <summary>What one step of training does.</summary>
/// <example><code>
/// TraceOptions options = new() { Optimizer = new SGD(0.01) };
/// TraceUpdate update = Trace.Of("J = (w*x + b - y)^2/2", options, ("w", 2), ("b", 8), ("x", -2), ("y", 2)).Update!;
/// Console.WriteLine($"w becomes {update.Parameters[0].After[0]}, J becomes {update.ResultAfter}");   // 2.04 and 1.805
/// </code></example>
public sealed record TraceUpdate
{
    /// <summary>The optimizer's class: <c>SGD</c>, <c>Adam</c>.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The optimizer's rule in one line over w, g and the rate: <c>w - 0.01*g</c>; empty where it has none to show.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The learning rate α of this step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The number of this step, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>What happens to each parameter; all at once, by gradients taken at the old values.</summary>
    public required IReadOnlyList<TraceParameter> Parameters { get; init; }

    /// <summary>The result with the new parameters, on the same data.</summary>
    public required double ResultAfter { get; init; }
}

/// <summary>One parameter before and after a step.</summary>
/// <example><code>
/// TraceOptions options = new() { Optimizer = new Adam(0.001) };
/// TraceParameter w = Trace.Of("J = w^2", options, ("w", 3)).Update!.Parameters[0];
/// Console.WriteLine($"effective rate {w.EffectiveRates[0]}");   // 0.001/6: Adam's step is 0.001 whatever the gradient
/// </code></example>
public sealed record TraceParameter
{
    /// <summary>The node of the parameter; its values are those before the step.</summary>
    public required int Node { get; init; }

    /// <summary>The name in the program: <c>dense_1/kernel</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The values after the step.</summary>
    public required IReadOnlyList<double> After { get; init; }

    /// <summary>How much of each element's gradient was taken off: (before - after) / gradient; NaN where the gradient is 0.</summary>
    public required IReadOnlyList<double> EffectiveRates { get; init; }

    /// <summary>What the optimizer remembers of this parameter, before and after.</summary>
    public IReadOnlyList<TraceSlot> Slots { get; init; } = [];
}

/// <summary>One thing that an optimizer remembers of a parameter.</summary>
/// <param name="Name">Its name: <c>momentum</c>, <c>velocity</c>.</param>
/// <param name="Before">Its values before the step.</param>
/// <param name="After">Its values after it.</param>
/// <example><code>
/// TraceOptions options = new() { Optimizer = new Adam(0.001) };
/// TraceSlot m = Trace.Of("J = w^2", options, ("w", 3)).Update!.Parameters[0].Slots[0];   // momentum: 0, then 0.6
/// </code></example>
public sealed record TraceSlot(string Name, IReadOnlyList<double> Before, IReadOnlyList<double> After);
