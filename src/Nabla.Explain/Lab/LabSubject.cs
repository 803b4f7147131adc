namespace Nabla.Explain;

/// <summary>What a command is about: a formula, over which variable, at which point.</summary>
/// <param name="Text">The formula, or its name.</param>
/// <param name="Graph">Its graph with everything it needs.</param>
/// <param name="Variable">The variable; empty where the command needs none.</param>
/// <param name="Point">The values of names.</param>
internal sealed record LabSubject(string Text, Graph Graph, string Variable, IReadOnlyDictionary<string, LabValue> Point)
{
    /// <summary>The formula's name, or itself.</summary>
    public Formula Head => TypeText.IsWord(Text) ? new Formula.Symbol(Text) : LabAlgebra.Written(Text);

    /// <summary>Finds out what is meant.</summary>
    /// <param name="who">The command, for messages.</param>
    /// <param name="words">Its words.</param>
    /// <param name="state">The session.</param>
    /// <param name="needsVariable">Whether it is about one variable.</param>
    /// <param name="prefersVariable">Whether a name alone is the variable, though it stands for a formula itself.</param>
    /// <param name="takesMore">Whether more than one variable may stand after the formula.</param>
    public static LabSubject Of(string who, LabWords words, LabState state, bool needsVariable = true, bool prefersVariable = false, bool takesMore = false)
    {
        if (!takesMore)
        {
            words.RequireVariables(who, needsVariable ? 1 : 0);
        }

        (string text, string variable) = (SympySpelling.Inline(words.Formula, state), words.Variables.LastOrDefault(""));
        if (variable.Length == 0 && TypeText.IsWord(text) && (prefersVariable || !state.IsFormula(text)) && state.Function is { } view && view != text && IsNeeded(text, state, view))
        {
            // A name that the formula in view needs is its variable: nudge w 0.002
            (text, variable) = (view, text);
        }

        text = text.Length > 0 ? text : state.Function
            ?? throw new LabException($"{who}: expected a formula, received none, and no cell has one yet. Try J = w^2 first, then {who} again.");
        if (TypeText.IsWord(text) && state.Find(text) is null && !state.Known.Contains(text) && variable.Length == 0)
        {
            throw new LabException($"{who}: expected a formula or the name of one, received '{text}', which has no meaning yet. {Hint(text, state)}");
        }

        Graph graph = state.Graph(text, variable.Length > 0 && variable != text ? [variable] : []);
        Dictionary<string, LabValue> point = state.Point;
        foreach ((string name, string value) in state.Put.Where(p => prefersVariable && !point.ContainsKey(p.Name)))
        {
            point[name] = Value(who, name, value, state);
        }

        foreach ((string name, string value) in words.Bindings)
        {
            point[name] = Value(who, name, value, state);
            string[] needed = [.. LabAlgebra.Names(graph)];
            if (!needed.Contains(name) && !state.Known.Contains(name))
            {
                throw new LabException($"{who}: expected values for names of {text}, which needs {(needed.Length > 0 ? string.Join(", ", needed) : "none")}, received one for {name}. {DidYouMean.Nearest(name, needed) switch { { } nearest => $"Did you mean '{nearest}'?", _ => "Leave it out." }}");
            }
        }

        if (needsVariable && variable.Length == 0)
        {
            variable = TheVariable(who, text, graph, words);
        }

        return new LabSubject(text, graph, variable, point);
    }

    /// <summary>The number behind a word such as <c>1/2</c> or the name of a value.</summary>
    public static LabValue Value(string who, string name, string text, LabState state)
    {
        Graph graph = state.Graph(text);
        Dictionary<string, LabValue> point = state.Point;
        return LabAlgebra.Names(graph).FirstOrDefault(n => !point.ContainsKey(n)) is { } missing
            ? throw new LabException($"{who}: expected a number for {name}, received '{text}', in which {missing} has no value. Try {name}=2.")
            : LabAlgebra.Evaluate(graph, point);
    }

    /// <summary>Asks for a value of every name but some.</summary>
    public void RequireValues(string who, params IReadOnlyCollection<string> free) => RequireValues(who, Graph, free);

    /// <summary>Asks for a value of every name that a graph needs but some.</summary>
    public void RequireValues(string who, Graph graph, IReadOnlyCollection<string> free)
    {
        string[] missing = [.. LabAlgebra.Names(graph).Where(n => !Point.ContainsKey(n) && !free.Contains(n))];
        if (missing.Length > 0)
        {
            string all = string.Join(", ", LabAlgebra.Names(graph).Except(free));
            throw new LabException($"{who}: expected a value for each of {all}, received none for {string.Join(", ", missing)}. Give one first: {missing[0]} = 2");
        }
    }

    /// <summary>The trace at the point; its result has the formula's name.</summary>
    /// <param name="state">The session.</param>
    /// <param name="options">What it holds.</param>
    public Trace Trace(LabState state, TraceOptions? options = null)
    {
        string program = state.Program(Text);
        Graph whole = FormulaParser.Parse(program);
        return Nabla.Explain.Trace.Of(program, options ?? new TraceOptions(), [.. LabAlgebra.Names(whole).Select(n => (n, Point[n].Number))]);
    }

    private static bool IsNeeded(string name, LabState state, string function) =>
        LabAlgebra.Names(state.Graph(function)).Contains(name) || state.Program(function).Split("; ").Any(s => s.StartsWith($"{name} = ", StringComparison.Ordinal));

    private static string TheVariable(string who, string text, Graph graph, LabWords words)
    {
        string[] names = [.. LabAlgebra.Names(graph)];
        string[] bound = [.. words.Bindings.Select(b => b.Name).Where(names.Contains)];
        return names.Length == 1 ? names[0]
            : bound.Length == 1 ? bound[0]
            : names.Length == 0 ? throw new LabException($"{who}: expected a formula with a name in it, received {text}, which is a number. Try {who} w^2 w.")
            : throw new LabException($"{who}: expected the variable beside a formula of {string.Join(", ", names)}, received only {text}. Try {who} {text} {names[0]}.");
    }

    private static string Hint(string name, LabState state) =>
        DidYouMean.Nearest(name, state.Known) is { } nearest ? $"Did you mean '{nearest}'?" : $"Define it first: {name} = w^2";
}
