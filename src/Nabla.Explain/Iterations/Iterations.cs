namespace Nabla.Explain;

/// <summary>A training of a formula, step by step: every parameter, every gradient and the cost after each.</summary>
/// <example><code>
/// Iterations table = Iterations.Of("J = w^2", new TraceOptions { Optimizer = new SGD(0.1) }, 4, ("w", 3));
/// Console.WriteLine(table.ToText());   // w: 3, 2.4, 1.92, 1.536, 1.2288
/// </code></example>
public sealed record Iterations
{
    /// <summary>The name of the result.</summary>
    public required string Result { get; init; }

    /// <summary>The names of the parameters.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>One entry after each number of steps; the first is the beginning, after none.</summary>
    public required IReadOnlyList<Iteration> Rows { get; init; }

    /// <summary>Trains a formula.</summary>
    /// <param name="formula">As <see cref="FormulaParser"/> reads it; its last value is the cost.</param>
    /// <param name="options">The optimizer (gradient descent with 0.01 where there is none) and the parameters.</param>
    /// <param name="steps">How many steps, 1 or more.</param>
    /// <param name="at">A value for each name that the formula does not define.</param>
    /// <exception cref="ParseException">The text is not a formula.</exception>
    /// <exception cref="ArgumentException">A name without a value, a value without a name, or no steps.</exception>
    public static Iterations Of(string formula, TraceOptions options, int steps, params ReadOnlySpan<(string Name, double Value)> at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return IterationLoop.Run(formula, options, steps, at.ToArray());
    }

    /// <summary>The table as CSV: steps, cost, parameters, gradients; numbers to the last bit.</summary>
    /// <param name="from">The first row written; the beginning is written always.</param>
    /// <param name="to">The last row written.</param>
    public string ToCsv(int from = 1, int to = int.MaxValue) => IterationText.Csv(this, from, to);

    /// <summary>The table as text, from one number of steps to another.</summary>
    /// <param name="from">The first row shown; the beginning is shown always.</param>
    /// <param name="to">The last row shown.</param>
    /// <param name="options">How numbers and names are written.</param>
    public string ToText(int from = 1, int to = int.MaxValue, TextOptions? options = null) => IterationText.Text(this, from, to, options ?? new TextOptions());
}
