namespace Nabla;

/// <summary>One trap of the lectures that a model is looked over for.</summary>
/// <param name="name">What the rule is called.</param>
/// <param name="lesson">Where the lectures tell of it.</param>
internal abstract class AdviceRule(string name, string lesson)
{
    public string Name => name;

    public string Lesson => lesson;

    /// <summary>What the rule has to say; nothing where all is well or not known yet.</summary>
    public abstract IEnumerable<Advice> Check(ModelFacts facts);

    protected Advice Finding(string seen, string suggestion, params (string Name, string Value)[] evidence) => Make(AdviceLevel.Finding, seen, suggestion, evidence);

    protected Advice Note(string seen, string suggestion, params (string Name, string Value)[] evidence) => Make(AdviceLevel.Note, seen, suggestion, evidence);

    protected Advice Hint(string seen, string suggestion, params (string Name, string Value)[] evidence) => Make(AdviceLevel.Hint, seen, suggestion, evidence);

    protected Advice Make(AdviceLevel level, string seen, string suggestion, params (string Name, string Value)[] evidence) => new(
        name, lesson, level, suggestion.Length == 0 ? seen : $"{seen} {suggestion}", new OrderedDictionary<string, string>(evidence.Select(e => new KeyValuePair<string, string>(e.Name, e.Value))))
    {
        Suggestion = suggestion,
    };
}
