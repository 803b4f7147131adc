namespace Nabla.Explain;

/// <summary>A training step with blanks, its answers, and a teacher who says which factor is wrong.</summary>
/// <example><code>
/// Worksheet sheet = Worksheet.Of(Lessons.Named("small"), seed: 7);   // numbers of one's own
/// Console.WriteLine(sheet.ToText());
/// Console.WriteLine(sheet.ToText(answers: true));
/// </code></example>
public sealed record Worksheet
{
    /// <summary>How many digits an answer needs that is not exact: three will do on paper, and those that are written must be right.</summary>
    public const int Digits = 3;

    /// <summary>What it is about.</summary>
    public required string Title { get; init; }

    /// <summary>The seed of its numbers; null for those of the lesson.</summary>
    public int? Seed { get; init; }

    /// <summary>The step with all its numbers.</summary>
    public required Trace Trace { get; init; }

    /// <summary>The blanks in the order in which they are filled: forward, backward, update.</summary>
    public required IReadOnlyList<WorksheetItem> Items { get; init; }

    /// <summary>A worksheet of a lesson.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="seed">Makes other numbers, the same for the same seed; null keeps the lesson's.</param>
    public static Worksheet Of(Lesson lesson, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        return WorksheetMaker.Make(lesson.Title, seed, lesson.Values, values => lesson.Trace([.. values]));
    }

    /// <summary>A worksheet of a formula.</summary>
    /// <param name="formula">As <see cref="FormulaParser"/> reads it.</param>
    /// <param name="values">A value for each name that it does not define.</param>
    /// <param name="seed">Makes other numbers; null keeps those given.</param>
    public static Worksheet Of(string formula, IReadOnlyList<(string Name, double Value)> values, int? seed = null) =>
        WorksheetMaker.Make(formula, seed, values, v => Trace.Of(formula, new TraceOptions { Optimizer = new SGD(0.01) }, [.. v]));

    /// <summary>The sheet, or its answer key.</summary>
    /// <param name="answers">Whether the blanks are filled.</param>
    public string ToText(bool answers = false) => WorksheetText.Write(this, answers);

    /// <summary>The sheet with its answers as JSON, for a grader.</summary>
    public string ToJson() => WorksheetText.Json(this);

    /// <summary>Looks at one answer.</summary>
    /// <param name="id">The blank: <c>dJ/dw</c>.</param>
    /// <param name="given">What was written: a number, a fraction, a formula of numbers.</param>
    /// <exception cref="ArgumentException">There is no such blank.</exception>
    public WorksheetMark Check(string id, string given) =>
        WorksheetTeacher.Check(this, Find(id) ?? throw DidYouMean.Unknown("Worksheet", id, Items.Select(i => i.Id)), given);

    /// <summary>Looks at all answers; blanks that were left open are wrong, and so is a name that the sheet does not have.</summary>
    /// <param name="given">What was written, by blank.</param>
    public IReadOnlyList<WorksheetMark> Check(IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        Dictionary<string, string> known = given.Where(g => Find(g.Key) is not null).GroupBy(g => Find(g.Key)!.Id).ToDictionary(g => g.Key, g => g.Last().Value);
        return
        [
            .. given.Where(g => Find(g.Key) is null).Select(g => new WorksheetMark(g.Key, g.Value, false, DidYouMean.Unknown("Worksheet", g.Key, Items.Select(i => i.Id)).Message)),
            .. Items.Select(i => Check(i.Id, known.GetValueOrDefault(i.Id, ""))),
        ];
    }

    // On the sheet a step stands as w := ..., so its answer may be called w.
    private WorksheetItem? Find(string id) => Items.FirstOrDefault(i => i.Id == id) ?? Items.FirstOrDefault(i => i.Id == $"{id} after");
}
