using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>Names, derivatives, formulas and signs of one text, in its notation and its characters.</summary>
internal sealed partial class Wording
{
    private readonly TextOptions _options;
    private readonly Trace _trace;
    private readonly IReadOnlyDictionary<string, string> _names;

    public Wording(Trace trace, TextOptions options)
    {
        (_trace, _options) = (trace, options with { Exact = options.Exact || options.Lesson is { IsExact: true } });
        _names = options.Lesson is { } lesson ? LayerNames.Of(lesson, options.Notation) : new Dictionary<string, string>();
    }

    public string Arrow => _options.Unicode ? "→" : "->";

    public string Times => _options.Unicode ? " × " : " * ";

    /// <summary>The learning rate; a reader's own alpha keeps the name.</summary>
    public string Alpha => _trace.Nodes.Any(n => n.Name is "alpha" or "α") ? "rate" : _options.Unicode ? "α" : "alpha";

    public string Delta => _options.Unicode ? "δ" : "delta";

    public string Epsilon => _options.Unicode ? "ε" : "eps";

    /// <summary>The element by element product of matrix notation.</summary>
    public string Hadamard => _options.Unicode ? "⊙" : "o";

    public string Number(double value) => Numerals.Of(value, _options.Exact);

    /// <summary>A number after an operator.</summary>
    public string Operand(double value) => Numerals.Operand(value, _options.Exact);

    /// <summary>A number that may have a fraction of its own, shown where all digits are asked for.</summary>
    public string Number(double value, string? fraction) =>
        _options.Exact && fraction is not null && fraction != Number(value) ? $"{Number(value)}, exactly {fraction}" : Number(value);

    /// <summary>The name of a value in the notation. Control characters of a stranger's file do not reach the terminal.</summary>
    public string Name(string name) => Plain(_names.GetValueOrDefault(name, name));

    /// <summary>The derivative of the result with respect to a value: dJ/dw, or delta_1 where the notation has a name for it.</summary>
    public string Gradient(string name)
    {
        if (_options.Notation == CourseNotation.Delta && PreActivation().Match(name) is { Success: true } match && name != _trace.Result.Name)
        {
            return match.Groups[1].Value is { Length: > 0 } index ? $"{Delta}_{index}" : Delta;
        }

        string d = _options.Unicode ? "∂" : "d";
        return $"{d}{Name(_trace.Result.Name)}/{d}{Name(name)}";
    }

    /// <summary>A formula of the trace in the names of the notation.</summary>
    public string Formula(string formula)
    {
        string text = _options.Unicode ? Typeset(formula) : formula;
        return Plain(_names.Count == 0 ? text : Word().Replace(text, w => _names.GetValueOrDefault(w.Value, w.Value)));
    }

    // With the signs of mathematics where the text is a formula: a title need not be one.
    private static string Typeset(string formula)
    {
        try
        {
            int name = formula.IndexOf(" = ", StringComparison.Ordinal);
            Graph graph = FormulaParser.Parse(formula[(name < 0 ? 0 : name + 3)..]);
            return (name < 0 ? "" : formula[..(name + 3)]) + FormulaUnicode.Print(FormulaRenderer.Render(new Tensor(graph.Outputs[^1].Node)));
        }
        catch (ParseException)
        {
            return formula;
        }
    }

    /// <summary>A formula as a factor: in parentheses where it is a sum.</summary>
    public string Factor(string formula) => IsSum(formula) ? $"({Formula(formula)})" : Formula(formula);

    public string Verdict(NudgeVerdict verdict) => verdict switch
    {
        NudgeVerdict.Agrees => _options.Unicode ? "✓ ok" : "ok",
        NudgeVerdict.Close => "close",
        NudgeVerdict.Disagrees => _options.Unicode ? "✗ WRONG" : "X WRONG",
        NudgeVerdict.Kink => "kink, no verdict",
        NudgeVerdict.Unclear => "hidden by rounding, no verdict",
        _ => "not finite, no verdict",
    };

    private string Plain(string text) => PlainText.Line(text, _options.Unicode);

    private static bool IsSum(string formula)
    {
        int depth = 0;
        for (int i = 0; i < formula.Length; i++)
        {
            depth += formula[i] == '(' ? 1 : formula[i] == ')' ? -1 : 0;
            if (depth == 0 && i > 0 && formula[i] is '+' or '-' && formula[i - 1] == ' ')
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"^z(?:_?(\w+))?$")]
    private static partial Regex PreActivation();

    [GeneratedRegex(@"[\p{L}_][\w]*")]
    private static partial Regex Word();
}
