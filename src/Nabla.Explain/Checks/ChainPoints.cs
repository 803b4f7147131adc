namespace Nabla.Explain;

/// <summary>
/// The values of a computation at several points, by which two formulas are called the same: the trace's own point, some near it, and some far from it, with other signs,
/// so that neither equal numbers nor a relu that happens to be open deceive anybody.
/// </summary>
internal sealed class ChainPoints
{
    private const int Near = 4;
    private const int Far = 6;

    // Products of a few rounded doubles; far away an activation may saturate, and what is left of it is rounding.
    private const double Tolerance = 1e-9;
    private const double Rounding = 1e-12;

    private static readonly double[] Stretches = [-1.3, 0.6, 1.9, -0.5, 1.4, -0.8, 0.3];

    private readonly Dictionary<string, double>[] _points;

    public ChainPoints(Trace trace)
    {
        Dictionary<string, double> own = trace.Nodes.ToDictionary(n => n.Name, n => n.Values[0]);
        Graph program = GraphParser.Parse(trace.Program);
        IEnumerable<Dictionary<string, double>> near = Enumerable.Range(1, Near - 1).Select(p => Values(program, i => (own[Label(program, i)] * (1 + (0.07 * p))) + (0.011 * p * (i + 1))));
        IEnumerable<Dictionary<string, double>> far = Enumerable.Range(0, 4 * Far)
            .Select(p => Values(program, i => (own[Label(program, i)] * Stretches[((3 * p) + (5 * i)) % Stretches.Length]) + (0.013 * (p - (2 * i)))))
            .Where(point => point.Values.All(double.IsFinite)).Take(Far);
        _points = [own, .. near, .. far];
        Ones = [.. _points.Select(_ => 1.0)];
    }

    public IReadOnlyCollection<string> Names => _points[0].Keys;

    public double[] Ones { get; }

    /// <summary>A formula over the names of the trace at all points.</summary>
    /// <exception cref="ParseException">It is none, or has a name that the trace does not know.</exception>
    public double[] Of(string formula)
    {
        Graph graph = FormulaParser.Parse(formula);
        string[] names = [.. graph.Inputs.Select(i => ((Leaf)i.Op).Label)];
        if (names.FirstOrDefault(n => !_points[0].ContainsKey(n)) is { } unknown)
        {
            throw new ParseException(DidYouMean.Unknown("Chain", unknown, _points[0].Keys).Message);
        }

        Interpreter<double> interpreter = new(DoubleNumbers.Instance);
        return [.. _points.Select(p => interpreter.Run(graph, [.. graph.Inputs.Select((n, i) => Value<double>.OfFloats(n.TensorType, [p[names[i]]]))])[^1].Floats[0])];
    }

    public double[] Product(IEnumerable<double[]> factors) => factors.Aggregate(Ones, (p, f) => [.. p.Zip(f, (a, b) => a * b)]);

    /// <summary>Whether two formulas are the same wherever the computation goes.</summary>
    public static bool Same(double[] a, double[] b) => SameHere(a, b)
        && a.Zip(b).Skip(Near).All(p => Close(p.First, p.Second) || Math.Abs(p.First - p.Second) < Rounding || (!double.IsFinite(p.First) && !double.IsFinite(p.Second)));

    /// <summary>Whether they are the same about the values of the trace.</summary>
    public static bool SameHere(double[] a, double[] b) => a.Zip(b).Take(Near).All(p => Close(p.First, p.Second));

    /// <summary>a / b where that is one number everywhere; null elsewhere.</summary>
    public static double? Ratio(double[] a, double[] b)
    {
        double[] ratio = [.. a.Zip(b, (x, y) => x / y)];
        return ratio.Take(Near).All(double.IsFinite) && ratio.All(r => !double.IsFinite(r) || Close(r, ratio[0])) ? ratio[0] : null;
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));

    private static string Label(Graph program, int input) => ((Leaf)program.Inputs[input].Op).Label;

    // All computed by the recorded program.
    private static Dictionary<string, double> Values(Graph program, Func<int, double> given)
    {
        double[] at = [.. program.Inputs.Select((_, i) => given(i))];
        Dictionary<Node, Value<double>> values = new Interpreter<double>(DoubleNumbers.Instance).Trace(program, [.. program.Inputs.Select((n, i) => Value<double>.OfFloats(n.TensorType, [at[i]]))]);
        Dictionary<string, double> named = at.Select((v, i) => (Label(program, i), v)).ToDictionary();
        foreach (GraphOutput output in program.Outputs.Where(o => o.Node.Type is TensorType { DType.IsFloat: true }))
        {
            named[output.Name] = values[output.Node].Floats[0];
        }

        return named;
    }
}
