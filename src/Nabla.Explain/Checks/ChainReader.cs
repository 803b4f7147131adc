using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>Reads a chain, compares it with the graph's own, and has what is wrong explained.</summary>
internal sealed partial class ChainReader(Trace trace, ChainNames names)
{
    private readonly ChainPoints _points = new(trace);
    private readonly ChainWords _words = new(trace);

    public ChainCheck Check(string derivative, string chain)
    {
        (TraceNode top, TraceNode bottom) = Ends(names.Typed(derivative).Trim());
        IReadOnlyList<IReadOnlyList<TraceEdge>> ways = _words.Ways(bottom, top);
        string expected = ways.Count == 0 ? "0" : string.Join(" + ", ways.Select(w => string.Join(" * ", w.Select(e => ChainDiagnosis.Factor(e.LocalFormula)).DefaultIfEmpty("1"))));
        ChainStep[] factors = [.. Factors(names.Typed(chain), chain)];
        ChainStep[] way = ways is [var only] ? [.. only.Select(e => new ChainStep(e.LocalFormula, _points.Of(e.LocalFormula), e))] : [];
        double[] product = _points.Product(factors.Select(f => f.Values)); // of a sum, the sum
        double[] truth = _points.Of(expected);
        ChainDiagnosis diagnosis = new(trace, _points, _words);
        bool everywhere = ChainPoints.Same(product, truth);
        bool here = ChainPoints.SameHere(product, truth);
        IReadOnlyList<string> findings = everywhere ? [] : ways.Count == 1 ? diagnosis.Of(factors, way) : Several(product, ways, bottom);
        bool correct = everywhere || (here && diagnosis.LeftOutOnes);
        if (!correct && ChainPoints.Same(product[..1], truth[..1]) && factors.All(f => f.Values.All(v => v == f.Values[0])))
        {
            return new ChainCheck(
                $"d{names.Said(top.Name)}/d{names.Said(bottom.Name)}", false, Described(factors, way),
                ["The number is right at these values. A chain is the product of the derivatives on the way: write their names."], names.Said(expected));
        }

        if (here && !correct)
        {
            findings = [.. findings, "At these values it comes to the same number, by chance."];
        }

        return new ChainCheck($"d{names.Said(top.Name)}/d{names.Said(bottom.Name)}", correct, Described(factors, way), [.. findings.Select(names.Said)], names.Said(expected));
    }

    private IEnumerable<ChainStep> Factors(string typed, string chain)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            throw new ArgumentException("Chain: expected factors with * between them, such as 2*(a - y) * x, received nothing.", nameof(chain));
        }

        // A sum over several ways is judged whole.
        IEnumerable<string> parts = Split(typed.Trim(), '+').Take(2).Count() > 1 ? [typed] : Split(typed, '*');
        foreach (string text in parts.Select(t => t.Trim()))
        {
            ChainStep factor;
            try
            {
                factor = new ChainStep(text, _points.Of(_words.Opened(text)), null);
            }
            catch (ParseException e) when (e.Line > 0)
            {
                // The column is one of the factor, not of the chain: name the factor, and leave the rest out.
                throw new ParseException($"Chain: {(text.Length > 0 ? $"'{names.Said(text)}' is no factor" : "a * has nothing beside it")}: {e.Message.Split('\n')[0].Split(": ", 2)[^1]}", e);
            }

            yield return factor;
        }
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
            if (ChainPoints.Same(_points.Product(way.Select(e => _points.Of(e.LocalFormula))), product))
            {
                findings.Add($"Written is the one through {string.Join(", ", way.SkipLast(1).Select(e => trace.Nodes[e.From].Name).Reverse())}. Add the others.");
            }
        }

        return findings;
    }

    private ChainFactor[] Described(ChainStep[] factors, ChainStep[] way)
    {
        List<ChainStep> open = [.. way];
        return [.. factors.Select(f =>
        {
            ChainStep? step = open.Find(s => ChainPoints.Same(s.Values, f.Values));
            open.Remove(step!);
            return new ChainFactor(names.Said(f.Text), f.Values[0], step is null ? "" : names.Said(ChainDiagnosis.Ratio(trace, step.Edge!)));
        })];
    }

    private (TraceNode Top, TraceNode Bottom) Ends(string derivative) =>
        Whole().Match(derivative) is { Success: true } match ? (trace[match.Groups["top"].Value], trace[match.Groups["bottom"].Value]) : (trace.Result, trace[derivative]);

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

    [GeneratedRegex(@"^d(?<top>\w+)\s*/\s*d(?<bottom>\w+)$")]
    private static partial Regex Whole();
}

/// <summary>One factor: of the learner, or of the graph.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Values">At all points.</param>
/// <param name="Edge">The use whose local derivative it is; null for a learner's.</param>
internal sealed record ChainStep(string Text, double[] Values, TraceEdge? Edge);
