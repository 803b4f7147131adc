using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>Cells that are formulas: definitions such as <c>J = w**2</c>, and formulas to be shown and computed.</summary>
internal static partial class Definitions
{
    /// <summary>Gives a name a meaning.</summary>
    public static LabOutcome Define(LabSession session, LabState state, string name, string text)
    {
        if (LabCommand.Find(name) is not null)
        {
            throw new LabException($"{name}: expected a name for a value, received the name of a command. Choose another, such as {name}_1.");
        }

        if (RationalText.Constants.ContainsKey(name) || FormulaFunctions.IsReserved(name))
        {
            throw new LabException($"{name}: expected a name for a value, received one that formulas use already. Choose another, such as {name}_1.");
        }

        if (text.Length == 0)
        {
            throw new LabException($"{name}: expected a formula or a number after '=', received nothing. Try {name} = 2, or {name} = w^2.");
        }

        bool isDerived = SympySpelling.HasCalls(text);
        string source = SympySpelling.Inline(text, state);
        string word = FirstWord().Match(source).Value;
        if (word is "diff" or "subs" or "simplify")
        {
            // dJ_dw = diff J w
            LabOutcome result = LabCommand.Find(word)!.Run(session, source[word.Length..].Trim());
            (source, isDerived) = (result.State.Last!, true);
        }

        Graph graph = FormulaParser.Parse(source);
        LabValue? value = graph.Inputs.IsEmpty ? LabAlgebra.Evaluate(graph, state.Point) : null;
        LabState after = state.With(new LabDefinition(name, source, value, isDerived));
        after = value is not null ? after : after with { Last = source, Function = isDerived ? state.Function : name };
        return new LabOutcome(after, Equation(after, new Formula.Symbol(name), source, value));
    }

    /// <summary>Shows a formula, and its value where all its names have one.</summary>
    public static LabOutcome Show(LabState state, string text)
    {
        bool isDerived = SympySpelling.HasCalls(text);
        string source = SympySpelling.Inline(text, state);
        if (TypeText.IsWord(source))
        {
            if (state.Find(source) is { } definition)
            {
                LabState seen = definition.Value is not null ? state : state with { Last = definition.Source, Function = definition.IsDerived ? state.Function : source };
                return new LabOutcome(seen, Equation(state, new Formula.Symbol(source), definition.Source, definition.Value));
            }

            if (!state.Known.Contains(source) && !RationalText.Constants.ContainsKey(source) && !FormulaFunctions.IsReserved(source))
            {
                throw Unknown(source, state);
            }
        }
        else if (LooksLikeACommand(source, out string word))
        {
            throw Unknown(word, state);
        }

        Graph graph = FormulaParser.Parse(source);
        if (graph.Inputs.IsEmpty)
        {
            LabValue value = LabAlgebra.Evaluate(graph, state.Point);
            Formula simple = LabAlgebra.Simplified(graph);
            bool isNumber = value.Exact is not null || simple is Formula.Number;
            return new LabOutcome(state, isNumber ? new LabPart.Equation(value) : new LabPart.Equation(simple, value));
        }

        LabState after = state with { Last = source, Function = isDerived ? state.Function : source };
        return new LabOutcome(after, Equation(after, null, source, null));
    }

    /// <summary>A formula with its name and its current value.</summary>
    public static LabPart Equation(LabState state, Formula? head, string source, LabValue? value)
    {
        Formula written = LabAlgebra.Written(source);
        List<LabTerm> sides = head is null ? [] : [head];
        if (value is { } constant)
        {
            // 2 is 2; sqrt(2) is worth being seen beside its decimals.
            if (constant.Exact is null && written is not (Formula.Number or Formula.Prefix { Operand: Formula.Number }))
            {
                sides.Add(written);
            }

            return new LabPart.Equation([.. sides, constant]);
        }

        sides.Add(head is null ? LabAlgebra.Simplified(FormulaParser.Parse(source)) : written);
        Graph graph = state.Graph(source);
        Dictionary<string, LabValue> point = state.Point;
        bool isKnown = LabAlgebra.Names(graph).All(point.ContainsKey) && LabAlgebra.Result(graph).Type is TensorType { DType.IsFloat: true };
        return new LabPart.Equation(isKnown ? [.. sides, LabAlgebra.Evaluate(graph, point)] : [.. sides]);
    }

    // dif J w: words side by side are no formula.
    private static bool LooksLikeACommand(string text, out string word)
    {
        Match match = Sentence().Match(text);
        word = match.Groups[1].Value;
        return match.Success && word is not ("not" or "and" or "or");
    }

    private static LabException Unknown(string word, LabState state)
    {
        string[] known = [.. LabCommand.All.Select(c => c.Name), .. state.Known];
        string hint = DidYouMean.Nearest(word, known) is { } nearest && nearest != word ? $"Did you mean '{nearest}'? " : "";
        return new LabException($"lab: expected a formula, a definition or a command, received '{word}', which is none of them. {hint}A value is given by {word} = 2; 'help' lists the commands.");
    }

    [GeneratedRegex(@"^(?:\p{L}|_)[\p{L}\p{Nd}_]*")]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"^((?:\p{L}|_)[\p{L}\p{Nd}_]*)\s+(?!(?:and|or)\b)[\p{L}\p{Nd}_.]")]
    private static partial Regex Sentence();
}
