using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>What a learner may write in a chain beside formulas, opened into formulas over the names of the trace: s'(z3), dz3/da2, delta_2.</summary>
internal sealed partial class ChainWords(Trace trace)
{
    private const int MostChains = 64;

    public string Opened(string text)
    {
        text = SlopeWord().Replace(text, m => $"({SlopeFormula(m.Groups["of"].Value, m.Groups["at"].Value) ?? throw Unknown(m.Value)})");
        text = trace.Nodes.Any(n => n.Name == "s") ? text : ShortCall().Replace(text, m => Function("s", m.Groups["at"].Value) is { } function ? $"{function}({m.Groups["at"].Value})" : m.Value);
        text = QuotientWord().Replace(text, m => Between(m.Groups["top"].Value, m.Groups["bottom"].Value) ?? m.Value);
        return DeltaWord().Replace(text, m => Between(trace.Result.Name, $"z{m.Groups["layer"].Value}") ?? m.Value);
    }

    /// <summary>Whether a factor is a slope: of which function, and where.</summary>
    public (string Function, string At)? Slope(string factor) =>
        SlopeWord().Match(factor) is { Success: true } m && m.Length == factor.Trim().Length ? (Function(m.Groups["of"].Value, m.Groups["at"].Value) ?? "", m.Groups["at"].Value) : null;

    /// <summary>The function that makes a value of another one alone, such as sigmoid of z3; null where it is more than that.</summary>
    public (string Function, string At)? Activation(TraceNode node) =>
        CallWord().Match(node.Formula) is { Success: true } m ? (m.Groups["function"].Value, m.Groups["at"].Value) : null;

    /// <summary>The ways from a value up to another.</summary>
    public IReadOnlyList<IReadOnlyList<TraceEdge>> Ways(TraceNode bottom, TraceNode top) => TraceChains.Of(trace, bottom, MostChains, top);

    // s' belongs to what takes z3; sigmoid' is a function's own name, wherever it is taken.
    private string? Function(string word, string at) =>
        word is "sigma" or "σ" ? "sigmoid"
        : FormulaFunctions.All.TryGetValue(word, out FormulaFunctions.Function? known) && known.Arguments == 1 ? word
        : Activations().FirstOrDefault(a => a.At == at).Function
        ?? (Activations().Select(a => a.Function).Distinct().ToArray() is [string only] && trace.Nodes.Any(n => n.Name == at) ? only : null);

    private IEnumerable<(string Function, string At)> Activations() => trace.Nodes.Select(Activation).OfType<(string, string)>();

    private string? SlopeFormula(string word, string at)
    {
        if (Function(word, at) is not { } function)
        {
            return null;
        }

        Expr u = Sym.Symbol("u");
        return Sym.Diff(Sym.Parse($"{function}(u)"), u).Subs(u, Sym.Parse(at)).ToText();
    }

    private ParseException Unknown(string slope)
    {
        string known = string.Join(", ", Activations().Select(a => $"s'({a.At})"));
        return new ParseException($"Chain: '{slope}' is the slope of nothing. {(known.Length > 0 ? $"Expected one of {known}." : "No function of one value is on the way.")}");
    }

    private string? Between(string top, string bottom)
    {
        if (trace.Nodes.FirstOrDefault(n => n.Name == top) is not { } upper || trace.Nodes.FirstOrDefault(n => n.Name == bottom) is not { } lower)
        {
            return null;
        }

        string sum = string.Join(" + ", Ways(lower, upper).Select(way => string.Join(" * ", way.Select(e => $"({e.LocalFormula})").DefaultIfEmpty("1"))));
        return sum.Length > 0 ? $"({sum})" : "(0)";
    }

    [GeneratedRegex(@"(?<of>[\p{L}_]\w*)'\(\s*(?<at>[^()]*(?:(?:(?<deep>\()[^()]*)+(?:(?<-deep>\))[^()]*)+)*)(?(deep)(?!))\)")]
    private static partial Regex SlopeWord();

    // s(z2)*(1 - s(z2)), as s'(z2) is written out.
    [GeneratedRegex(@"\bs\(\s*(?<at>\w+)\s*\)")]
    private static partial Regex ShortCall();

    [GeneratedRegex(@"\bd(?<top>\w+)\s*/\s*d(?<bottom>\w+)\b")]
    private static partial Regex QuotientWord();

    [GeneratedRegex(@"\bdelta_?(?<layer>\w*)\b")]
    private static partial Regex DeltaWord();

    [GeneratedRegex(@"^(?<function>[\p{L}_]\w*)\((?<at>[\p{L}_]\w*)\)$")]
    private static partial Regex CallWord();
}
