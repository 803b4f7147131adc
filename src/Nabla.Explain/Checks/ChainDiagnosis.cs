namespace Nabla.Explain;

/// <summary>Finds out which factor of a chain is wrong, and why: takes out what is right on both sides, and explains what is left.</summary>
internal sealed class ChainDiagnosis(Trace trace, ChainPoints points, ChainWords words)
{
    // Products of more factors than this stand for one derivative nowhere.
    private const int LargestGroup = 4;

    private readonly List<ChainStep> _left = [];
    private readonly List<ChainStep> _missing = [];

    /// <summary>Whether nothing was wrong but factors left out that are 1 about these values.</summary>
    public bool LeftOutOnes { get; private set; }

    public static string Ratio(Trace trace, TraceEdge edge) => $"d{trace.Nodes[edge.To].Name}/d{trace.Nodes[edge.From].Name}";

    public List<string> Of(IEnumerable<ChainStep> factors, IEnumerable<ChainStep> way)
    {
        _left.AddRange(factors);
        _missing.AddRange(way);
        TakeOutWhatIsRight();
        if (_left.Count == 0 && _missing.All(s => ChainPoints.SameHere(s.Values, points.Ones)))
        {
            LeftOutOnes = true;
            return [.. _missing.Select(s => $"{Ratio(s)} = {s.Text} is left out: it is 1 at these values, and need not be at others.")];
        }

        if (ChainPoints.Ratio(points.Product(_left.Select(f => f.Values)), points.Product(_missing.Select(s => s.Values))) is { } ratio && !Is(ratio, 1))
        {
            return [Constant(ratio, _missing)];
        }

        List<string> findings = [.. Explained(1, SlopeElsewhere), .. Explained(1, EqualHere), .. Explained(1, OtherInput), .. Explained(1, NameOfTheValue)];
        foreach (int times in (int[])[1, 2])
        {
            // The explanation that leaves least over comes first.
            for (int size = LargestGroup; size >= 1; size--)
            {
                findings.AddRange(Explained(size, TimesANumber));
                findings.AddRange(Explained(size, (group, step) => OtherPower(group, step, times)));
            }
        }

        findings.AddRange(Explained(1, ValueItself));
        if (_left is [var one] && _missing.Where(s => !ChainPoints.SameHere(s.Values, points.Ones)).ToArray() is [var place] && !trace.Edges.Any(e => IsLocal(e, one)))
        {
            return [.. findings, $"{one.Text} stands where {Factor(place.Text)} belongs, which is {Ratio(place)}."];
        }

        findings.AddRange(_left.Select(TooMany));
        findings.AddRange(_missing.Where(s => !ChainPoints.SameHere(s.Values, points.Ones)).Select(s => $"Missing: {Factor(s.Text)}, which is {Ratio(s)}."));
        return findings;
    }

    private void TakeOutWhatIsRight()
    {
        for (int size = 1; size <= LargestGroup; size++)
        {
            foreach (ChainStep step in _missing.ToArray())
            {
                if (Groups(_left, size).FirstOrDefault(g => ChainPoints.Same(Product(g), step.Values)) is { } group)
                {
                    Remove(group, step);
                }
            }
        }

        // A factor may stand for several steps of the way: delta_2, dC/da1.
        foreach (ChainStep factor in _left.ToArray())
        {
            for (int from = 0; from < _missing.Count; from++)
            {
                int count = Enumerable.Range(2, Math.Max(0, _missing.Count - from - 1)).FirstOrDefault(n => ChainPoints.Same(Product(_missing.Skip(from).Take(n)), factor.Values));
                if (count > 0)
                {
                    _missing.RemoveRange(from, count);
                    _left.Remove(factor);
                    break;
                }
            }
        }

        _missing.RemoveAll(s => ChainPoints.Same(s.Values, points.Ones));
        _left.RemoveAll(f => ChainPoints.Same(f.Values, points.Ones));
    }

    // Each explanation takes the factors and the step that it explains off the list.
    private List<string> Explained(int size, Func<ChainStep[], ChainStep, string?> explain)
    {
        List<string> findings = [];
        bool again = true;
        while (again)
        {
            again = false;
            foreach ((ChainStep[] group, ChainStep step) in Groups(_left, size).SelectMany(g => _missing.Select(s => (g, s))))
            {
                if (explain(group, step) is { } finding)
                {
                    findings.Add(finding);
                    Remove(group, step);
                    again = true;
                    break;
                }
            }
        }

        return findings;
    }

    private string? SlopeElsewhere(ChainStep[] group, ChainStep step) =>
        words.Slope(group[0].Text) is { } slope && words.Activation(To(step)) is { } activation
            ? slope.Function == activation.Function
                ? $"{group[0].Text} takes the slope at {slope.At}, but {To(step).Name} = {To(step).Formula}: {activation.Function}'({activation.At}) belongs here, which is {Ratio(step)}."
                : $"{group[0].Text} is the slope of {slope.Function}, but {To(step).Name} = {To(step).Formula}: {activation.Function}'({activation.At}) belongs here, which is {Ratio(step)}."
            : null;

    private string? EqualHere(ChainStep[] group, ChainStep step) => ChainPoints.SameHere(group[0].Values, step.Values)
        ? $"{group[0].Text} is equal to {step.Text} at these values only: {Ratio(step)} = {step.Text} belongs here."
        : null;

    // The other factor of the same product: a(L-1) where w(L) belongs.
    private string? OtherInput(ChainStep[] group, ChainStep step) =>
        trace.Edges.FirstOrDefault(e => e.To == step.Edge!.To && e.From != step.Edge.From && IsLocal(e, group[0])) is { } sibling
            ? $"{group[0].Text} is {Ratio(trace, sibling)}, but the chain goes on through {trace.Nodes[step.Edge!.From].Name}: {Ratio(step)} = {step.Text} belongs here."
            : null;

    private string? NameOfTheValue(ChainStep[] group, ChainStep step) => points.Names.Contains(group[0].Text) ? ValueItself(group, step) : null;

    private string? ValueItself(ChainStep[] group, ChainStep step) => ChainPoints.Same(group[0].Values, points.Of(To(step).Name))
        ? $"{group[0].Text} is the value {To(step).Name}; its derivative {Ratio(step)} = {step.Text} belongs here."
        : null;

    private string? TimesANumber(ChainStep[] group, ChainStep step) => ChainPoints.Ratio(Product(group), step.Values) is { } ratio
        ? $"{Text(group)}: {Constant(ratio, [step])}"
        : null;

    private string? OtherPower(ChainStep[] group, ChainStep step, int times)
    {
        foreach (string name in Bases(group, step))
        {
            double[] value = points.Of(name);
            double[] power = points.Product(Enumerable.Repeat(value, times));
            bool tooOften = ChainPoints.Same(Product(group), Product([step.Values, power]));
            if (tooOften || ChainPoints.Same(Product([.. group.Select(g => g.Values), power]), step.Values))
            {
                return $"{Text(group)} has {name} {(times == 1 ? "once" : "twice")} too {(tooOften ? "often" : "few")}: {Ratio(step)} = {step.Text} belongs here.";
            }
        }

        return null;
    }

    // Of which a power may be wrong: what stands in the factors under an exponent or alone, and the values of the trace.
    private IEnumerable<string> Bases(ChainStep[] group, ChainStep step) => group.Select(g => g.Text).Append(step.Text)
        .SelectMany(t => t.Replace("**", "^", StringComparison.Ordinal).Split('*')).Select(t => t.Split('^')[0].Trim())
        .Where(t => t.Length > 0 && !char.IsAsciiDigit(t[0]) && !t.Contains('\'') && t.Count(c => c == '(') == t.Count(c => c == ')') && IsReadable(t))
        .Concat(points.Names).Distinct();

    private bool IsReadable(string formula)
    {
        try
        {
            return !ChainPoints.Same(points.Of(formula), points.Ones);
        }
        catch (ParseException)
        {
            return false;
        }
    }

    private string TooMany(ChainStep factor)
    {
        TraceEdge? elsewhere = trace.Edges.FirstOrDefault(e => IsLocal(e, factor));
        return elsewhere is null
            ? $"{factor.Text} is one factor too many: it is the derivative of nothing on the way. Leave it out."
            : $"{factor.Text} is {Ratio(trace, elsewhere)}, which is not on the way. Leave it out.";
    }

    private string Constant(double ratio, IReadOnlyList<ChainStep> steps)
    {
        string where = steps.Count == 1 ? $" {Ratio(steps[0])} is {steps[0].Text}." : "";
        return Is(ratio, -1) ? $"The sign is wrong.{where}"
            : Is(ratio, 0.5) ? $"A factor 2 is missing: the derivative of a square brings it down.{where} (With Ng's 1/2 in the cost it would cancel.)"
            : Is(ratio, 2) ? $"A factor 2 is too many: the cost has 1/2, which cancels it.{where}"
            : $"It is {Numerals.Of(ratio)} times the derivative: a number is wrong.{where}";
    }

    private static bool Is(double ratio, double number) => Math.Abs(ratio - number) < 1e-9;

    private bool IsLocal(TraceEdge edge, ChainStep factor) =>
        edge.LocalFormula.Length > 0 && points.Of(edge.LocalFormula) is var local && !ChainPoints.Same(local, points.Ones) && ChainPoints.Same(local, factor.Values);

    private static IEnumerable<ChainStep[]> Groups(List<ChainStep> of, int size) => size == 0 ? [[]]
        : of.SelectMany((first, i) => Groups(of[(i + 1)..], size - 1).Select(rest => (ChainStep[])[first, .. rest]));

    private void Remove(ChainStep[] group, ChainStep step)
    {
        _left.RemoveAll(group.Contains);
        _missing.Remove(step);
    }

    private double[] Product(IEnumerable<ChainStep> steps) => points.Product(steps.Select(s => s.Values));

    private double[] Product(double[][] factors) => points.Product(factors);

    private TraceNode To(ChainStep step) => trace.Nodes[step.Edge!.To];

    private string Ratio(ChainStep step) => Ratio(trace, step.Edge!);

    private static string Text(ChainStep[] group) => string.Join("*", group.Select(g => g.Text));

    /// <summary>A formula as a factor: in parentheses where it is a sum.</summary>
    public static string Factor(string formula) => formula.Contains(" + ", StringComparison.Ordinal) || formula.Contains(" - ", StringComparison.Ordinal) ? $"({formula})" : formula;
}
