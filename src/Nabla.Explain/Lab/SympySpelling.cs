using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>
/// Cells as the lecture types them into a notebook: <c>J, w = sympy.symbols('J,w')</c>, <c>dJ_dw = sympy.diff(J, w)</c>, <c>dJ_dw.subs([(w,2)])</c>.
/// They are brought into the lab's own spelling; calls of <c>diff</c>, <c>subs</c> and <c>simplify</c> inside formulas are replaced by their results.
/// </summary>
internal static partial class SympySpelling
{
    private const int MostCalls = 50;

    /// <summary>A cell in the lab's spelling.</summary>
    public static string Rewrite(string cell, LabState state)
    {
        cell = Prefix().Replace(cell, "");
        if (Declaration().Match(cell) is { Success: true } declaration)
        {
            return $"symbols {declaration.Groups[1].Value}";
        }

        // plot(J, (w, -4, 4)), latex(J), print(J)
        return Call().Match(cell) is { Success: true } call && ClosingOf(cell, call.Length - 1) == cell.Length - 1
            ? $"{(call.Groups[1].Value == "print" ? "" : call.Groups[1].Value + " ")}{Ungrouped(cell[call.Length..^1])}"
            : cell;
    }

    /// <summary>Whether a cell loads SymPy.</summary>
    public static bool IsImport(string cell) => Import().IsMatch(cell);

    /// <summary>Whether a cell begins with a call such as <c>diff(J, w)</c>, rather than with a command over a formula in parentheses: <c>diff (w + 1)^2</c>.</summary>
    public static bool IsCall(string cell) => Function().Match(cell) is { Success: true, Index: 0 } call && (!call.Value.Contains(' ', StringComparison.Ordinal)
        || (ClosingOf(cell, call.Length - 1) == cell.Length - 1 && LabWords.Split(cell[call.Length..^1]).Count > 1 && cell[call.Length..].Contains(',', StringComparison.Ordinal)));

    /// <summary>Whether a formula calls for results.</summary>
    public static bool HasCalls(string formula) => Function().IsMatch(formula) || Method().IsMatch(formula);

    /// <summary>A formula with results in the place of calls.</summary>
    public static string Inline(string formula, LabState state)
    {
        formula = Prefix().Replace(formula.Trim(), "");
        for (int i = 0; i < MostCalls && HasCalls(formula); i++)
        {
            // The last call has none inside it.
            Match function = Last(Function(), formula);
            Match method = Last(Method(), formula);
            formula = function.Success && (!method.Success || function.Index > method.Index) ? Replaced(formula, function, "", state) : Replaced(formula, method, Operand(formula, method.Index), state);
        }

        return formula.StartsWith('(') && ClosingOf(formula, 0) == formula.Length - 1 ? formula[1..^1] : formula;
    }

    private static Match Last(Regex pattern, string text) => pattern.Matches(text) is { Count: > 0 } all ? all[^1] : Match.Empty;

    private static string Replaced(string formula, Match call, string operand, LabState state)
    {
        int open = call.Index + call.Length - 1;
        int close = ClosingOf(formula, open);
        if (close < 0)
        {
            throw new LabException($"{call.Groups[1].Value}: expected ')' at the end of the call, received the end of the line: {formula}");
        }

        List<string> arguments = LabWords.Split(formula[(open + 1)..close].Replace('[', ' ').Replace(']', ' ').Replace('{', ' ').Replace('}', ' '));
        if (call.Value.StartsWith('.'))
        {
            arguments.Insert(0, operand);
        }

        string result = Result(call.Groups[1].Value, arguments, state);
        return $"{formula[..(call.Index - (call.Value.StartsWith('.') ? operand.Length : 0))]}({result}){formula[(close + 1)..]}";
    }

    private static string Result(string name, List<string> arguments, LabState state)
    {
        if (arguments.Count == 0)
        {
            throw new LabException($"{name}: expected a formula in parentheses, received nothing. Try {name}(w^2, w).");
        }

        string formula = string.Join(' ', arguments[0]);
        switch (name)
        {
            case "diff":
                return DerivativeCommands.Text(state, formula, Variables(arguments));
            case "subs":
                return ValueCommands.Text(state, formula, Pairs(arguments));
            default:
                return FormulaText.Print(LabAlgebra.Simplified(state.Graph(formula)));
        }
    }

    // diff(J, w, 2) is diff(J, w, w).
    private static List<string> Variables(List<string> arguments)
    {
        List<string> variables = [];
        foreach (string word in arguments.Skip(1))
        {
            if (int.TryParse(word, out int times) && times is > 0 and <= 10 && variables.Count > 0)
            {
                variables.AddRange(Enumerable.Repeat(variables[^1], times - 1));
            }
            else if (TypeText.IsWord(word))
            {
                variables.Add(word);
            }
            else
            {
                throw new LabException($"diff: expected names to differentiate by, as in diff(J, w), received '{word}'.");
            }
        }

        return variables;
    }

    // subs(w, 2), subs((w, 2), (x, 3)), subs({w: 2})
    private static IEnumerable<(string, string)> Pairs(List<string> arguments)
    {
        List<string> words = [.. arguments.Skip(1).SelectMany(a => LabWords.Split(a.StartsWith('(') && a.EndsWith(')') ? a[1..^1] : a.Replace(':', ' ')))];
        if (words.Count == 0 || words.Count % 2 != 0)
        {
            throw new LabException($"subs: expected names and values, as in subs(w, 2) or subs([(w, 2)]), received {(words.Count == 0 ? "nothing" : string.Join(", ", words))}.");
        }

        return words.Chunk(2).Select(p => (p[0], p[1]));
    }

    // What stands before the point: a name, or something in parentheses, with the name of a function before it.
    private static string Operand(string formula, int end)
    {
        int start = end;
        if (start > 0 && formula[start - 1] == ')')
        {
            int depth = 0;
            do
            {
                start--;
                depth += formula[start] == ')' ? 1 : formula[start] == '(' ? -1 : 0;
            }
            while (start > 0 && depth > 0);
        }

        while (start > 0 && TypeText.IsWordPart(formula[start - 1]))
        {
            start--;
        }

        return formula[start..end];
    }

    private static int ClosingOf(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    // J, (w, -4, 4)
    private static string Ungrouped(string arguments) =>
        string.Join(", ", LabWords.Split(arguments).Select(a => a.StartsWith('(') && a.EndsWith(')') && a.Contains(',', StringComparison.Ordinal) ? a[1..^1] : a));

    [GeneratedRegex(@"\b(?:sympy|sp)\s*\.\s*")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^(?:import\s+sympy|from\s+sympy\s+import)\b")]
    private static partial Regex Import();

    [GeneratedRegex(@"^[\w\s,]*=\s*symbols\s*\(\s*['""](.*)['""]\s*\)$")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^(plot|latex|print|graph|nudge|tangent)\s*\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"(?<![\w.])(diff|simplify)\s*\(")]
    private static partial Regex Function();

    [GeneratedRegex(@"\.\s*(diff|subs|simplify)\s*\(")]
    private static partial Regex Method();
}
