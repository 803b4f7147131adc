using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>Commands about formulas and their values: <c>subs</c>, <c>simplify</c>, <c>let</c>, <c>symbols</c>, <c>vars</c>, <c>latex</c>.</summary>
internal static class ValueCommands
{
    public static LabOutcome Subs(LabSession session, string text)
    {
        LabState state = session.State;
        LabWords words = LabWords.Of(text);
        if (words.Bindings.IsEmpty)
        {
            throw new LabException($"subs: expected values such as w=2, received {(text.Length > 0 ? $"'{text}'" : "nothing")}. Try subs w=2, or subs J w=2.");
        }

        words.RequireVariables("subs", 0);
        Formula result = Substituted(state, words.Formula.Length > 0 ? words.Formula : Last("subs", state), words.Bindings);
        string source = FormulaText.Print(result);
        return new LabOutcome(state with { Last = LabAlgebra.Names(FormulaParser.Parse(source)).Any() ? source : state.Last, Put = [.. words.Bindings] }, Definitions.Equation(state, null, source, ConstantOf(source)));
    }

    /// <summary>A formula with values in the place of names, as text.</summary>
    public static string Text(LabState state, string formula, IEnumerable<(string Name, string Value)> values) =>
        FormulaText.Print(Substituted(state, formula, [.. values]));

    public static LabOutcome Simplify(LabSession session, string text)
    {
        LabState state = session.State;
        string formula = text.Length > 0 ? SympySpelling.Inline(text, state) : Last("simplify", state);
        string source = FormulaText.Print(LabAlgebra.Simplified(state.Graph(formula)));
        return new LabOutcome(state with { Last = source }, Definitions.Equation(state, null, source, ConstantOf(source)));
    }

    public static LabOutcome Let(LabSession session, string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? "" : text[..equals].Trim();
        return TypeText.IsWord(name)
            ? Definitions.Define(session, session.State, name, text[(equals + 1)..].Trim())
            : throw new LabException($"let: expected a name and a value such as let w = 3, received {(text.Length > 0 ? $"'{text}'" : "nothing")}.");
    }

    public static LabOutcome Symbols(LabSession session, string text)
    {
        List<string> names = LabWords.Split(text);
        return names.Count > 0 && names.TrueForAll(TypeText.IsWord)
            ? new LabOutcome(session.State with { Symbols = session.State.Symbols.Union(names) }, new LabPart.Line(string.Join(", ", names)))
            : throw new LabException($"symbols: expected names such as symbols J w, received {(text.Length > 0 ? $"'{text}'" : "nothing")}.");
    }

    public static LabOutcome Vars(LabSession session, string text)
    {
        LabState state = session.State;
        string[] names = [.. state.Known];
        if (names.Length == 0)
        {
            return new LabOutcome(state, new LabPart.Line("No names yet. Try J = w^2, then w = 3."));
        }

        ImmutableArray<ImmutableArray<LabTerm>> rows = [.. names.Select(n => Row(n, state))];
        return new LabOutcome(state, new LabPart.Table(["name", "is", "value"], rows));
    }

    private static ImmutableArray<LabTerm> Row(string name, LabState state)
    {
        LabTerm symbol = new Formula.Symbol(name);
        if (state.Find(name) is not { } definition)
        {
            return [symbol, "a symbol", ""];
        }

        if (definition.Value is { } value)
        {
            return [symbol, "a value", value];
        }

        Graph graph = state.Graph(name);
        Dictionary<string, LabValue> point = state.Point;
        return [symbol, LabAlgebra.Written(definition.Source), LabAlgebra.Names(graph).All(point.ContainsKey) ? LabAlgebra.Evaluate(graph, point) : ""];
    }

    public static LabOutcome Latex(LabSession session, string text)
    {
        LabState state = session.State;
        string formula = text.Length > 0 ? SympySpelling.Inline(text, state) : Last("latex", state);
        formula = state.IsFormula(formula) ? state.Find(formula)!.Source : formula;
        return new LabOutcome(state, new LabPart.Verbatim(FormulaLatex.Print(LabAlgebra.Written(formula))));
    }

    private static string Last(string who, LabState state) =>
        state.Last ?? throw new LabException($"{who}: expected a formula, received none, and no cell has one yet. Try J = w^2 first, then {who} again.");

    private static LabValue? ConstantOf(string source) => LabAlgebra.Constant(source);

    // All at once: a value that is put in is not looked into again.
    private static Formula Substituted(LabState state, string formula, ImmutableArray<(string Name, string Value)> values)
    {
        string[] names = [.. values.Select(v => v.Name)];
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new LabException($"subs: expected one value for {twice.Key}, received {twice.Count()}.");
        }

        string text = SympySpelling.Inline(formula, state);
        text = state.Find(text)?.Source ?? text;
        Graph graph = state.Graph(text, names);
        string[] known = [.. LabAlgebra.Names(graph)];
        if (names.FirstOrDefault(n => !known.Contains(n) && !state.Known.Contains(n)) is { } unknown)
        {
            throw new LabException($"subs: expected names of {formula}, which needs {(known.Length > 0 ? string.Join(", ", known) : "none")}, received {unknown}.");
        }

        return LabAlgebra.Substitute(graph, values.Where(v => known.Contains(v.Name)));
    }
}
