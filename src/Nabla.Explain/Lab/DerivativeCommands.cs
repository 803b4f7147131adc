using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>The commands <c>diff</c> and <c>steps</c>.</summary>
internal static class DerivativeCommands
{
    private const string StepsWord = "steps";

    public static LabOutcome Diff(LabSession session, string text)
    {
        List<string> words = LabWords.Split(text);
        bool withSteps = words.LastOrDefault() == StepsWord;
        LabWords parsed = LabWords.Of(withSteps ? text[..text.LastIndexOf(StepsWord, StringComparison.Ordinal)] : text);
        (LabSubject subject, string[] variables) = Subject("diff", parsed, session.State);
        Formula derivative = LabAlgebra.Derivative(subject.Graph, variables);
        LabState after = After(session.State, subject.Text, derivative);
        LabPart result = new LabPart.Equation(Sides(subject, variables, derivative));
        return withSteps ? new LabOutcome(after, [Derivation(subject.Graph, variables), result]) : new LabOutcome(after, [result]);
    }

    // From the outside in: what is differentiated, by which rule, and what that rule says.
    private static LabPart.Table Derivation(Graph graph, string[] variables)
    {
        Expr f = LabAlgebra.Expression(graph);
        List<ImmutableArray<LabTerm>> rows = [];
        foreach (Expr variable in variables.Select(Sym.Symbol))
        {
            foreach ((DiffStep step, int depth) in Sym.DiffSteps(f, variable).Walk())
            {
                rows.Add([LabTerm.Indented(step.ToFormula(), depth), step.RuleText, step.Law]);
            }

            f = f.Diff(variable);
        }

        return new LabPart.Table(["step", "rule", "says"], [.. rows]);
    }

    public static LabOutcome Steps(LabSession session, string text) => Diff(session, $"{text} {StepsWord}");

    /// <summary>The derivative as text, for formulas that call for it in their middle.</summary>
    public static string Text(LabState state, string formula, IReadOnlyList<string> variables)
    {
        (LabSubject subject, string[] by) = Subject("diff", new LabWords(formula, [.. variables], [], []), state);
        return FormulaText.Print(LabAlgebra.Derivative(subject.Graph, by));
    }

    private static (LabSubject Subject, string[] Variables) Subject(string who, LabWords words, LabState state)
    {
        LabSubject subject = LabSubject.Of(who, words, state, takesMore: true);
        return (subject, words.Variables.Length > 1 ? [.. words.Variables] : [subject.Variable]);
    }

    private static ImmutableArray<LabTerm> Sides(LabSubject subject, string[] variables, Formula derivative)
    {
        List<LabTerm> sides = [new Formula.Derivative(subject.Head, [.. variables]), derivative];
        Graph graph = FormulaParser.Parse(FormulaText.Print(derivative));
        if (!graph.Inputs.IsEmpty && LabAlgebra.Names(graph).All(subject.Point.ContainsKey))
        {
            sides.Add(LabAlgebra.Evaluate(graph, subject.Point));
        }

        return [.. sides];
    }

    private static LabState After(LabState state, string function, Formula derivative) =>
        state with { Last = FormulaText.Print(derivative), Function = state.Find(function) is { IsDerived: true } ? state.Function : function };
}
