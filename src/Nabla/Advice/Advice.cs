namespace Nabla;

/// <summary>How much an <see cref="Advice"/> matters.</summary>
/// <example><code>
/// foreach (Advice advice in model.Advise().Where(a =&gt; a.Level == AdviceLevel.Note))
/// {
///     Console.WriteLine(advice.Message);   // what compiling says too
/// }
/// </code></example>
public enum AdviceLevel
{
    /// <summary>Worth knowing; said when asked for.</summary>
    Hint,

    /// <summary>A choice made for you, or a combination that is legal and rarely meant; compiling and fitting say it.</summary>
    Note,

    /// <summary>Something that keeps a model from learning what it is meant to: a mistake, or a number that was measured and is out of bounds. Said like a note.</summary>
    Finding,
}

/// <summary>Something worth saying about a model, its data or its training: which rule found it, what it saw, and what to do.</summary>
/// <param name="Rule">The rule's name: <c>linear-stack</c>.</param>
/// <param name="Lesson">Where the lectures tell of it: <c>L26</c>.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Message">What was seen and what to do, in a sentence or two.</param>
/// <param name="Evidence">What was seen, by name; numbers with the threshold that they are held against.</param>
/// <example><code>
/// foreach (Advice advice in model.Advise())
/// {
///     Console.WriteLine($"{advice.Rule} ({advice.Lesson}): {advice.Message}");
/// }
/// </code></example>
public sealed record Advice(string Rule, string Lesson, AdviceLevel Level, string Message, IReadOnlyDictionary<string, string> Evidence)
{
    /// <summary>What to do, the end of the message; empty where there is nothing to be done.</summary>
    public string Suggestion { get; init; } = "";

    /// <summary><c>finding linear-stack (L26): Dense layers ...</c>.</summary>
    public override string ToString() => $"{(Level switch { AdviceLevel.Finding => "finding", AdviceLevel.Note => "note", _ => "hint" })} {Rule} ({Lesson}): {Message}";
}
