namespace Nabla.Explain;

/// <summary>A worked example of the lectures: formula, values, what is learned, and what to look at.</summary>
/// <example><code>
/// Trace trace = Lessons.Named("small").Trace(("w", 3));
/// Console.WriteLine(trace.ToText());
/// </code></example>
public sealed record Lesson
{
    /// <summary>The name: <c>small</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required string Title { get; init; }

    /// <summary>The items of the list of lessons that it answers: <c>L62-L68</c>.</summary>
    public required string Items { get; init; }

    /// <summary>The steps up to the answer, as <see cref="FormulaParser"/> reads them.</summary>
    public required string Forward { get; init; }

    /// <summary>The cost, as the lesson has it.</summary>
    public required string Cost { get; init; }

    /// <summary>The cost with Ng's 1/2; null where the lesson's own has it, or where a square is not what is measured.</summary>
    public string? CostWithHalf { get; init; }

    /// <summary>The cost without 1/2, as 3Blue1Brown has it; null where the lesson's own has none, or where a square is not what is measured.</summary>
    public string? CostWithoutHalf { get; init; }

    /// <summary>A value for each name that is given.</summary>
    public required IReadOnlyList<(string Name, double Value)> Values { get; init; }

    /// <summary>What training changes; empty where nothing is learned.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>The learning rate of the step shown.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Whether its numbers are shown with all their digits, because the digits are the lesson.</summary>
    public bool IsExact { get; init; }

    /// <summary>The layers, where there are some.</summary>
    public IReadOnlyList<LessonLayer> Layers { get; init; } = [];

    /// <summary>What it shows beside the one step.</summary>
    public IReadOnlyList<LessonTable> Tables { get; init; } = [];

    /// <summary>The whole formula, with the cost as a notation has it.</summary>
    public string Formula(CourseNotation notation = CourseNotation.AsWritten) => $"{Forward}; {CostIn(notation)}";

    /// <summary>One step of it, opened, at other values where they are given.</summary>
    /// <param name="changes">Values to take instead of the lesson's own.</param>
    /// <exception cref="ArgumentException">The lesson has no such name.</exception>
    public Trace Trace(params ReadOnlySpan<(string Name, double Value)> changes) => Trace(CourseNotation.AsWritten, null, changes);

    /// <summary>One step of it in a notation, opened.</summary>
    /// <inheritdoc cref="Trace(CourseNotation, TraceOptions, ReadOnlySpan{ValueTuple{string, double}})"/>
    /// <param name="notation">Decides about the 1/2 of the cost.</param>
    /// <param name="changes">Values to take instead of the lesson's own.</param>
    public Trace Trace(CourseNotation notation, params ReadOnlySpan<(string Name, double Value)> changes) => Trace(notation, null, changes);

    /// <summary>One step of it, opened.</summary>
    /// <param name="notation">Decides about the 1/2 of the cost.</param>
    /// <param name="options">What the record shall hold; null takes the lesson's parameters and gradient descent at its rate.</param>
    /// <param name="changes">Values to take instead of the lesson's own.</param>
    /// <exception cref="ArgumentException">The lesson has no such name.</exception>
    public Trace Trace(CourseNotation notation, TraceOptions? options, params ReadOnlySpan<(string Name, double Value)> changes) =>
        Explain.Trace.Of(Formula(notation), Completed(options), [.. With(changes)]);

    /// <summary>Many steps of it.</summary>
    /// <param name="steps">How many, 1 or more.</param>
    /// <param name="options">The optimizer and the parameters; null takes the lesson's parameters and gradient descent at its rate.</param>
    /// <param name="changes">Values to take instead of the lesson's own.</param>
    /// <exception cref="ArgumentException">The lesson has no such name, no steps were asked for, or it has nothing to learn.</exception>
    public Iterations Train(int steps, TraceOptions? options = null, params ReadOnlySpan<(string Name, double Value)> changes) =>
        Iterations.Of(Formula(), Completed(options), steps, [.. With(changes)]);

    /// <summary>The lesson's values with some replaced.</summary>
    internal IReadOnlyList<(string Name, double Value)> With(ReadOnlySpan<(string Name, double Value)> changes)
    {
        List<(string Name, double Value)> values = [.. Values];
        HashSet<string> changed = [];
        foreach ((string typed, double value) in changes)
        {
            string name = SymbolName.Of(typed);
            int place = values.FindIndex(v => v.Name == name);
            if (place < 0)
            {
                throw DidYouMean.Unknown($"Lesson '{Name}'", name, values.Select(v => v.Name), "What it computes itself cannot be given.");
            }

            if (!changed.Add(name))
            {
                throw new ArgumentException($"Lesson '{Name}': expected one value for '{name}', received two.", nameof(changes));
            }

            values[place] = (name, value);
        }

        return values;
    }

    private TraceOptions Completed(TraceOptions? options)
    {
        options ??= new TraceOptions { Optimizer = new SGD(LearningRate) };
        return options with { Title = options.Title ?? Name, Parameters = options.Parameters ?? Parameters };
    }

    private string CostIn(CourseNotation notation) => notation switch
    {
        CourseNotation.Ng => CostWithHalf ?? Cost,
        CourseNotation.ThreeBlueOneBrown => CostWithoutHalf ?? Cost,
        _ => Cost,
    };
}
