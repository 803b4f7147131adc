using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>
/// A cost in the other convention about its half. Each value has a scale: the factor for the cost and for what it is a sum of, 1 for all else. Then its
/// gradient is scaled by the factor over its own scale (so that the cost's own stays 1), and a local derivative by the scale of where it leads over the
/// scale of where it begins: local times upstream stays what a path brings.
/// </summary>
internal sealed class CostHalf
{
    private readonly Dictionary<int, string> _formulas;

    private CostHalf(CourseNotation? other, double factor, Dictionary<int, string> formulas) => (Other, Factor, _formulas) = (other, factor, formulas);

    /// <summary>Who writes this cost otherwise: 3Blue1Brown where it has halves, Ng where it is a squared error without; null where it is neither.</summary>
    public CourseNotation? Other { get; }

    /// <summary>How many times as large the cost is there: 2, 1/2, or 1 where nobody writes it otherwise.</summary>
    public double Factor { get; }

    /// <summary>A value's formula there; null for what stays.</summary>
    public string? Formula(int node) => _formulas.GetValueOrDefault(node);

    /// <summary>The scale of a value there.</summary>
    public double Scale(int node) => _formulas.ContainsKey(node) ? Factor : 1;

    /// <summary>The convention of a trace's cost.</summary>
    public static CostHalf Of(Trace trace)
    {
        Dictionary<string, string> known = trace.Nodes.Where(n => n.Formula.Length > 0).DistinctBy(n => n.Name).ToDictionary(n => n.Name, n => n.Formula);
        string? FormulaOf(string name) => known.GetValueOrDefault(name);
        return Rewritten(trace, t => Half.WithoutInTerm(t) is { } whole && Half.IsSquare(whole, FormulaOf) ? whole : null) is { } without
            ? new CostHalf(CourseNotation.ThreeBlueOneBrown, 2, without)
            : Rewritten(trace, t => Half.WithInTerm(t, FormulaOf)) is { } with ? new CostHalf(CourseNotation.Ng, 0.5, with)
            : new CostHalf(null, 1, []);
    }

    // The cost, and the values that it is a sum of, each of terms that can be written otherwise. Nothing else may be made of those: it would not follow.
    private static Dictionary<int, string>? Rewritten(Trace trace, Func<string, string?> term)
    {
        Dictionary<string, TraceNode> named = trace.Nodes.Where(n => n.Formula.Length > 0).DistinctBy(n => n.Name).ToDictionary(n => n.Name);
        Dictionary<int, string> formulas = [];
        if (!Writes(trace.Result))
        {
            return null;
        }

        TraceNode[] others = [.. trace.Nodes.Where(n => !formulas.ContainsKey(n.Id))];
        return formulas.Keys.Where(id => id != trace.Result.Id).Any(id => others.Any(o => Names(o.Formula, trace.Nodes[id].Name))) ? null : formulas;

        bool Writes(TraceNode node)
        {
            if (!formulas.ContainsKey(node.Id) && node.Dims.Count == 0 && node.Formula.Length > 0
                && Half.EachTerm(node.Formula, t => term(t) ?? (named.TryGetValue(t, out TraceNode? part) && Writes(part) ? t : null)) is { } formula)
            {
                formulas[node.Id] = formula;
            }

            return formulas.ContainsKey(node.Id);
        }
    }

    private static bool Names(string formula, string name) => Regex.IsMatch(formula, $@"(?<![\w]){Regex.Escape(name)}(?!\w)");
}
