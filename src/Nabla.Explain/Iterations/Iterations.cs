namespace Nabla.Explain;

/// <summary>A training of a formula, or of a model on one batch, step by step: every parameter, every gradient and the cost after each.</summary>
/// <example><code>
/// Iterations table = Iterations.Of("J = w^2", new TraceOptions { Optimizer = new SGD(0.1) }, 4, ("w", 3));
/// Console.WriteLine(table.ToText());   // w: 3, 2.4, 1.92, 1.536, 1.2288
/// table.SaveHtml("descent.html");      // the first step opened, and all of them to play
/// </code></example>
public sealed record Iterations
{
    /// <summary>The version of this form, written into every file; within a version fields are only added.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the form of this record.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The first step, opened: the trace that the same formula, options and values have.</summary>
    public required Trace Start { get; init; }

    /// <summary>The name of the result.</summary>
    public required string Result { get; init; }

    /// <summary>The names of the parameters; of a model's, each element's: <c>W^[1][0,2]</c>.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>One entry after each number of steps; the first is the beginning, after none.</summary>
    public required IReadOnlyList<Iteration> Rows { get; init; }

    /// <summary>Trains a formula.</summary>
    /// <param name="formula">As <see cref="FormulaParser"/> reads it; its last value is the cost.</param>
    /// <param name="options">The optimizer (gradient descent with 0.01 where there is none) and the parameters.</param>
    /// <param name="steps">How many steps, 1 or more.</param>
    /// <param name="at">A value for each name that the formula does not define.</param>
    /// <exception cref="ParseException">The text is not a formula.</exception>
    /// <exception cref="ArgumentException">A name without a value, a value without a name, no steps, or nothing to learn.</exception>
    public static Iterations Of(string formula, TraceOptions options, int steps, params ReadOnlySpan<(string Name, double Value)> at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return IterationLoop.Run(formula, options, steps, at.ToArray());
    }

    /// <summary>The rows from one number of steps to another, with the beginning: it is where one compares from.</summary>
    /// <param name="from">The first row after the beginning.</param>
    /// <param name="to">The last row.</param>
    public Iterations Between(int from, int to) => this with { Rows = [.. Rows.Where(r => r.Steps == 0 || (r.Steps >= from && r.Steps <= to))] };

    /// <summary>The table as CSV: steps, cost, parameters, gradients; numbers to the last bit.</summary>
    /// <param name="from">The first row written; the beginning is written always.</param>
    /// <param name="to">The last row written.</param>
    public string ToCsv(int from = 1, int to = int.MaxValue) => IterationText.Csv(Between(from, to));

    /// <summary>The table as text, from one number of steps to another.</summary>
    /// <param name="from">The first row shown; the beginning is shown always.</param>
    /// <param name="to">The last row shown.</param>
    /// <param name="options">How numbers and names are written.</param>
    public string ToText(int from = 1, int to = int.MaxValue, TextOptions? options = null) => IterationText.Text(Between(from, to), options ?? new TextOptions());

    /// <summary>The first step and all rows as JSON; numbers to the last bit.</summary>
    public string ToJson() => TraceJson.Write(this);

    /// <summary>Writes <see cref="ToJson"/> to a file. The file is the old or the new one, never half of it.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => TraceJson.Save(this, path);

    /// <summary>
    /// Writes the page of the first step, as <see cref="Trace.SaveHtml"/> does, with the whole training on it: the cost over the steps, a table, and a player
    /// that takes every number of the page to where it stood after each step.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="lesson">The lesson that it is a training of: its tables stand on the page, too.</param>
    /// <exception cref="InvalidOperationException">It is a model's training, which the page of a <see cref="GlassBox"/> plays.</exception>
    public void SaveHtml(string path, Lesson? lesson = null) => PageFile.Save(ToHtml(lesson), path);

    /// <summary>The page of <see cref="SaveHtml"/> as text.</summary>
    /// <param name="lesson">The lesson that it is a training of: its tables stand on the page, too.</param>
    /// <exception cref="InvalidOperationException">It is the training of a model.</exception>
    public string ToHtml(Lesson? lesson = null) => Start.Run is null
        ? PageFile.Write(Start, lesson, this)
        : throw new InvalidOperationException($"Iterations of '{Start.Title}': expected the training of a formula, received a model's. Train it with the callback new GlassBox(\"run.glass\"), which makes the page of its training, or write the table (ToCsv, Save).");
}
