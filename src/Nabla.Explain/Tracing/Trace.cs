namespace Nabla.Explain;

/// <summary>
/// The record of one computation with every number open: values, local derivatives, contributions, sums, nudges, and what one step of training does to
/// the parameters. Text, page, worksheet and JSON are all made from it, and none of them computes anything again.
/// </summary>
/// <remarks>
/// Tensors are row-major lists of doubles; a scalar is a list of one. Computed in double by the interpreter from the graph that was recorded
/// (<see cref="Program"/> is its text, which <see cref="GraphParser"/> reads back), whatever the precision of the run.
/// </remarks>
/// <example><code>
/// Trace trace = Trace.Of("c = w*x; a = c + b; d = a - y; J = d^2/2", ("w", 2), ("b", 8), ("x", -2), ("y", 2));
/// Console.WriteLine(trace["w"].Gradient![0]);   // -4
/// trace.Save("small.json");
/// </code></example>
public sealed record Trace
{
    /// <summary>The version of this form, written into every file; another version is refused.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the form of this record.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>What was explained: a lesson's name, a formula, a model's name.</summary>
    public required string Title { get; init; }

    /// <summary>The convention in one line, so that nobody wonders about a factor of 2: <c>J = d^2/2</c>.</summary>
    public required string Convention { get; init; }

    /// <summary>Named values in an order in which each comes after those that it needs; the last is the result.</summary>
    public required IReadOnlyList<TraceNode> Nodes { get; init; }

    /// <summary>Uses of values by values, one entry a use: <c>a*a</c> has two. Backward order: what the result needs last stands first.</summary>
    public required IReadOnlyList<TraceEdge> Edges { get; init; }

    /// <summary>What one step of training changes; null where no step was asked for.</summary>
    public TraceUpdate? Update { get; init; }

    /// <summary>What the step changes without a gradient, such as moving averages; empty where it changes nothing so.</summary>
    public IReadOnlyList<TraceState> State
    {
        get;

        // A file that was written before this was told has none.
        init => field = value ?? [];
    } = [];

    /// <summary>One entry a sample where the result is a mean over a batch; empty for a single sample.</summary>
    public IReadOnlyList<TraceExample> Examples { get; init; } = [];

    /// <summary>The network's layers, where the program is one; empty for a formula.</summary>
    public IReadOnlyList<TraceLayer> Layers { get; init; } = [];

    /// <summary>How much work backpropagation and nudging are.</summary>
    public required TraceWork Work { get; init; }

    /// <summary>Where in a training this step was, with the loss of the run itself; null outside a training.</summary>
    public TraceRun? Run { get; init; }

    /// <summary>What a reader must know: the mode, what was left out because it would be too long.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The forward program as text; its inputs and outputs carry the names of the nodes.</summary>
    public required string Program { get; init; }

    /// <summary>The node of the result.</summary>
    public TraceNode Result => Nodes[^1];

    /// <summary>How far the loss that the run computed in its own precision is from the result in double; null outside a training.</summary>
    public double? Distance => Run is null ? null : Math.Abs(Run.Loss - Result.Values[0]);

    /// <summary>The node of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message offers the nearest.</exception>
    public TraceNode this[string name] => Nodes.FirstOrDefault(n => n.Name == name) ?? Nodes.FirstOrDefault(n => n.Name == SymbolName.Of(name))
        ?? throw new ArgumentException($"Trace '{Title}': expected one of {string.Join(", ", Nodes.Select(n => n.Name))}, received '{name}'.", nameof(name));

    /// <summary>The uses of a node by others: the paths on which its gradient arrives.</summary>
    public IEnumerable<TraceEdge> PathsFrom(TraceNode node) => Edges.Where(e => e.From == node.Id);

    /// <summary>The uses of other nodes by a node.</summary>
    public IEnumerable<TraceEdge> PathsInto(TraceNode node) => Edges.Where(e => e.To == node.Id);

    /// <summary>Whether every nudge that judges a gradient agrees with it. What is not finite could not be judged, so it does not hold; a kink has no derivative to judge.</summary>
    public bool Holds => Nodes.All(n => n.Holds);

    /// <summary>Explains a formula of scalars at given values.</summary>
    /// <param name="formula">As <see cref="FormulaParser"/> reads it: named steps with <c>;</c> between them. The last is the result.</param>
    /// <param name="at">A value for each name in it that the formula does not define.</param>
    /// <exception cref="ParseException">The text is not a formula.</exception>
    /// <exception cref="ArgumentException">A name without a value, or a value without a name.</exception>
    public static Trace Of(string formula, params ReadOnlySpan<(string Name, double Value)> at) => Of(formula, new TraceOptions(), at);

    /// <summary>Explains a formula of scalars at given values.</summary>
    /// <inheritdoc cref="Of(string, ReadOnlySpan{ValueTuple{string, double}})"/>
    /// <param name="formula">As <see cref="FormulaParser"/> reads it: named steps with <c>;</c> between them. The last is the result.</param>
    /// <param name="options">What else the record shall hold.</param>
    /// <param name="at">A value for each name in it that the formula does not define.</param>
    public static Trace Of(string formula, TraceOptions options, params ReadOnlySpan<(string Name, double Value)> at) =>
        FormulaTrace.Make(formula, options, at.ToArray());

    /// <summary>Writes the record as JSON; <see cref="Load"/> reads it back. The file is the old or the new one, never half of it.</summary>
    public void Save(string path) => TraceJson.Save(this, path);

    /// <summary>The record as JSON text.</summary>
    public string ToJson() => TraceJson.Write(this);

    /// <summary>
    /// Writes the record as one page that opens by double click, without a network: the graph drawn, step by step, with every number to move. Readable
    /// without its script. The file is the old or the new one, never half of it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="lesson">The lesson that it is a step of: its tables stand on the page, too.</param>
    public void SaveHtml(string path, Lesson? lesson = null) => PageFile.Save(ToHtml(lesson), path);

    /// <summary>The page of <see cref="SaveHtml"/> as text.</summary>
    /// <param name="lesson">The lesson that it is a step of: its tables stand on the page, too.</param>
    public string ToHtml(Lesson? lesson = null) => PageFile.Write(this, lesson);

    /// <summary>The computation graph as an SVG picture of its own: values above the nodes, gradients below, contributions on the way back.</summary>
    public string ToSvg() => GraphPicture.Write(this);

    /// <summary>Reads a record that <see cref="Save"/> wrote.</summary>
    /// <exception cref="MalformedFileException">The file is no such record, or one of another version.</exception>
    public static Trace Load(string path) => TraceJson.Load(path);
}
