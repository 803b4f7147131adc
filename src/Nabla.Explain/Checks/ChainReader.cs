using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>Reads chains and finds the factor that is wrong: by values at several points, so that equal numbers by chance deceive nobody.</summary>
internal sealed partial class ChainReader
{
    // How many points beside the trace's own, and how equal is equal: products of a few rounded doubles.
    private const int Points = 4;
    private const double Tolerance = 1e-9;
    private const int MostChains = 64;

    private readonly Trace _trace;
    private readonly IReadOnlyDictionary<string, string> _written;
    private readonly Dictionary<string, double>[] _points;

    public ChainReader(Trace trace, Lesson? lesson)
    {
        _trace = trace;
        _written = lesson is null ? new Dictionary<string, string>()
            : new[] { CourseNotation.Ng, CourseNotation.ThreeBlueOneBrown }.SelectMany(n => LayerNames.Of(lesson, n)).DistinctBy(p => p.Value).ToDictionary(p => p.Value, p => p.Key);
        _points = [.. Enumerable.Range(0, Points).Select(Values)];
    }

    public ChainCheck Check(string derivative, string chain)
    {
        (TraceNode top, TraceNode bottom) = Ends(derivative);
        IReadOnlyList<IReadOnlyList<TraceEdge>> ways = TraceChains.Of(_trace, bottom, MostChains, top);
        string expected = ways.Count == 0 ? "0" : string.Join(" + ", ways.Select(w => string.Join(" * ", w.Select(e => Parenthesised(e.LocalFormula)))));
        string given = Typed(chain);
        Factor[] factors = [.. Split(given, '*').Select(text => new Factor(text.Trim(), At(Opened(text))))];
        double[] product = At(Opened(given));
        double[] truth = At(expected);
        if (Same(product, truth))
        {
            return new ChainCheck(true, Described(factors, ways.Count == 1 ? ways[0] : []), [], expected);
        }

        List<string> findings = ways.Count == 1 ? Diagnose(factors, [.. ways[0]]) : Several(product, ways, bottom);
        return new ChainCheck(false, Described(factors, ways.Count == 1 ? ways[0] : []), findings, expected);
    }

    private sealed record Factor(string Text, double[] Values);

    // What is left when right factors are taken out on both sides says what is wrong.
    private List<string> Diagnose(Factor[] factors, List<TraceEdge> missing)
    {
        List<Factor> left = [.. factors];
        foreach (TraceEdge edge in missing.ToArray())
        {
            double[] local = At(edge.LocalFormula);
            Factor[]? match = left.Where(f => Same(f.Values, local)).Take(1).ToArray() is [var one] ? [one] : Pair(left, local);
            if (match is not null || Same(local, Ones))
            {
                missing.Remove(edge);
                left.RemoveAll(f => match?.Contains(f) == true);
            }
        }

        double[] ratio = Quotient(Product(left.Select(f => f.Values)), Product(missing.Select(e => At(e.LocalFormula))));
        if (ratio.All(double.IsFinite) && Same(ratio, [.. ratio.Select(_ => ratio[0])]))
        {
            return [Constant(ratio[0], missing)];
        }

        List<string> findings = [];
        foreach (Factor factor in left)
        {
            findings.Add(Finding(factor, missing));
        }

        findings.AddRange(missing.Select(e => $"Missing: {Parenthesised(e.LocalFormula)}, which is {Ratio(e)}."));
        return findings;
    }

    private string Finding(Factor factor, List<TraceEdge> missing)
    {
        foreach (TraceEdge edge in missing)
        {
            // The other factor of the same product: a(L-1) where w(L) belongs.
            TraceEdge? sibling = _trace.Edges.FirstOrDefault(e => e.To == edge.To && e.From != edge.From && Same(At(e.LocalFormula), factor.Values));
            if (sibling is not null)
            {
                missing.Remove(edge);
                return $"{factor.Text} is {Ratio(sibling)}, but the chain goes on through {Name(edge.From)}: {Ratio(edge)} = {edge.LocalFormula} belongs here.";
            }

            if (factor.Text == Name(edge.To) || Same(factor.Values, ValuesOf(edge.To)))
            {
                missing.Remove(edge);
                return $"{factor.Text} is the value {Name(edge.To)}; its derivative {Ratio(edge)} = {edge.LocalFormula} belongs here.";
            }

            double[] ratio = Quotient(factor.Values, At(edge.LocalFormula));
            if (ratio.All(double.IsFinite) && Same(ratio, [.. ratio.Select(_ => ratio[0])]))
            {
                missing.Remove(edge);
                return $"{factor.Text}: {Constant(ratio[0], [edge])}";
            }
        }

        TraceEdge? elsewhere = _trace.Edges.FirstOrDefault(e => e.LocalFormula.Length > 0 && !Same(At(e.LocalFormula), Ones) && Same(At(e.LocalFormula), factor.Values));
        return elsewhere is null
            ? $"{factor.Text} is one factor too many: it is the derivative of nothing on the way. Leave it out."
            : $"{factor.Text} is {Ratio(elsewhere)}, which is not on the way. Leave it out.";
    }

    private string Constant(double ratio, IReadOnlyList<TraceEdge> missing)
    {
        string where = missing.Count == 1 ? $" {Ratio(missing[0])} is {missing[0].LocalFormula}." : "";
        return Near(ratio, -1) ? $"The sign is wrong.{where}"
            : Near(ratio, 0.5) ? $"A factor 2 is missing: the derivative of a square brings it down.{where} (With Ng's 1/2 in the cost it would cancel.)"
            : Near(ratio, 2) ? $"A factor 2 is too many: the cost has 1/2, which cancels it.{where}"
            : $"It is {Numerals.Of(ratio)} times the derivative: a number is wrong.{where}";
    }

    // Of a derivative with several ways one alone was written, or something else.
    private List<string> Several(double[] product, IReadOnlyList<IReadOnlyList<TraceEdge>> ways, TraceNode bottom)
    {
        if (ways.Count == 0)
        {
            return [$"The result does not depend on {bottom.Name}: the derivative is 0."];
        }

        List<string> findings = [$"The derivative is a sum of {ways.Count} ways through the graph, each a product."];
        foreach (IReadOnlyList<TraceEdge> way in ways)
        {
            double[] value = Product(way.Select(e => At(e.LocalFormula)));
            if (Same(value, product))
            {
                findings.Add($"Written is the one through {string.Join(", ", way.SkipLast(1).Select(e => Name(e.From)).Reverse())}. Add the others.");
            }
        }

        return findings;
    }

    private ChainFactor[] Described(Factor[] factors, IReadOnlyList<TraceEdge> way)
    {
        List<TraceEdge> open = [.. way];
        return [.. factors.Select(f =>
        {
            TraceEdge? edge = open.Find(e => Same(At(e.LocalFormula), f.Values));
            open.Remove(edge!);
            return new ChainFactor(f.Text, f.Values[0], edge is null ? "" : Ratio(edge));
        })];
    }

    private Factor[]? Pair(List<Factor> factors, double[] local)
    {
        for (int i = 0; i < factors.Count; i++)
        {
            for (int j = i + 1; j < factors.Count; j++)
            {
                for (int k = j; k < factors.Count; k++)
                {
                    // k = j: two factors; beyond: three, as in 2 * a * (1 - a).
                    Factor[] together = k == j ? [factors[i], factors[j]] : [factors[i], factors[j], factors[k]];
                    if (Same(Product(together.Select(f => f.Values)), local))
                    {
                        return together;
                    }
                }
            }
        }

        return null;
    }

    private (TraceNode Top, TraceNode Bottom) Ends(string derivative)
    {
        Match match = Whole().Match(Typed(derivative).Trim());
        return match.Success ? (_trace[match.Groups[1].Value], _trace[match.Groups[2].Value]) : (_trace.Result, _trace[Typed(derivative).Trim()]);
    }

    // Slopes, ratios and deltas opened into formulas over the names of the trace.
    private string Opened(string text)
    {
        text = Slope().Replace(text, m => _trace.Nodes.FirstOrDefault(n => n.Name == m.Groups[1].Value) is { } node && _trace.PathsFrom(node).ToArray() is [var only]
            ? $"({only.LocalFormula})"
            : throw new ParseException($"Chain: '{m.Value}' is the slope of nothing. Expected one of {string.Join(", ", _trace.Nodes.Where(n => n.Name[0] == 'z').Select(n => $"s'({n.Name})"))}."));
        text = Quotients().Replace(text, m => Between(m.Groups[1].Value, m.Groups[2].Value) ?? m.Value);
        return Deltas().Replace(text, m => Between(_trace.Result.Name, $"z{m.Groups[1].Value}") ?? m.Value);
    }

    private string? Between(string top, string bottom)
    {
        if (_trace.Nodes.FirstOrDefault(n => n.Name == top) is not { } upper || _trace.Nodes.FirstOrDefault(n => n.Name == bottom) is not { } lower)
        {
            return null;
        }

        string sum = string.Join(" + ", TraceChains.Of(_trace, lower, MostChains, upper).Select(way => string.Join(" * ", way.Select(e => $"({e.LocalFormula})"))));
        return sum.Length > 0 ? $"({sum})" : "(0)";
    }

    private string Typed(string text)
    {
        text = text.Replace('·', '*').Replace('×', '*').Replace('−', '-').Replace('∂', 'd').Replace("δ", "delta", StringComparison.Ordinal).Replace('′', '\'').Replace('’', '\'');
        return _written.OrderByDescending(p => p.Key.Length).Aggregate(text, (t, p) => t.Replace(p.Key, p.Value, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Split(string text, char separator)
    {
        int depth = 0, start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            bool isPower = text[i] == '*' && ((i > 0 && text[i - 1] == '*') || (i + 1 < text.Length && text[i + 1] == '*'));
            if (depth == 0 && text[i] == separator && !isPower)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private double[] At(string formula)
    {
        if (formula.Length == 0)
        {
            return [.. _points.Select(_ => double.NaN)];
        }

        Graph graph = FormulaParser.Parse(formula);
        string[] names = [.. graph.Inputs.Select(i => ((Leaf)i.Op).Label)];
        if (names.FirstOrDefault(n => !_points[0].ContainsKey(n)) is { } unknown)
        {
            throw new ParseException(DidYouMean.Unknown("Chain", unknown, _points[0].Keys).Message);
        }

        Interpreter<double> interpreter = new(DoubleNumbers.Instance);
        return [.. _points.Select(p => interpreter.Run(graph, [.. graph.Inputs.Select((n, i) => Value<double>.OfFloats(n.TensorType, [p[names[i]]]))])[^1].Floats[0])];
    }

    // The trace's own values first, then other ones, all computed by the recorded program.
    private Dictionary<string, double> Values(int point)
    {
        if (point == 0)
        {
            return _trace.Nodes.ToDictionary(n => n.Name, n => n.Values[0]);
        }

        Graph program = GraphParser.Parse(_trace.Program);
        Dictionary<string, double> given = _trace.Nodes.ToDictionary(n => n.Name, n => n.Values[0]);
        double[] at = [.. program.Inputs.Select((n, i) => (given[((Leaf)n.Op).Label] * (1 + (0.07 * point))) + (0.011 * point * (i + 1)))];
        Dictionary<Node, Value<double>> values = new Interpreter<double>(DoubleNumbers.Instance).Trace(program, [.. program.Inputs.Select((n, i) => Value<double>.OfFloats(n.TensorType, [at[i]]))]);
        Dictionary<string, double> named = program.Inputs.Select((n, i) => (((Leaf)n.Op).Label, at[i])).ToDictionary();
        foreach (GraphOutput output in program.Outputs.Where(o => o.Node.Type is TensorType { DType.IsFloat: true }))
        {
            named[output.Name] = values[output.Node].Floats[0];
        }

        return named;
    }

    private double[] ValuesOf(int node) => [.. _points.Select(p => p.GetValueOrDefault(Name(node), double.NaN))];

    private double[] Ones => [.. _points.Select(_ => 1.0)];

    private double[] Product(IEnumerable<double[]> factors) => factors.Aggregate(Ones, (p, f) => [.. p.Zip(f, (a, b) => a * b)]);

    private static double[] Quotient(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x / y)];

    private static bool Same(double[] a, double[] b) => a.Zip(b).All(p => Near(p.First, p.Second));

    private static bool Near(double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));

    private string Name(int node) => _trace.Nodes[node].Name;

    private string Ratio(TraceEdge edge) => $"d{Name(edge.To)}/d{Name(edge.From)}";

    private static string Parenthesised(string formula) => formula.Contains(" + ", StringComparison.Ordinal) || formula.Contains(" - ", StringComparison.Ordinal) ? $"({formula})" : formula;

    [GeneratedRegex(@"^d(\w+)\s*/\s*d(\w+)$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"[\p{L}_]\w*'\(\s*(\w+)\s*\)")]
    private static partial Regex Slope();

    [GeneratedRegex(@"\bd(\w+)\s*/\s*d(\w+)\b")]
    private static partial Regex Quotients();

    [GeneratedRegex(@"\bdelta_?(\w*)\b")]
    private static partial Regex Deltas();
}
