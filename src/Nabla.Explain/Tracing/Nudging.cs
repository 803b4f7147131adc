namespace Nabla.Explain;

/// <summary>Nudges values of a recorded program: the independent witness beside each gradient, for it knows nothing of derivatives.</summary>
/// <param name="result">What is watched.</param>
/// <param name="leaves">The leaves of its program.</param>
/// <param name="given">Their values.</param>
/// <param name="values">The values of all nodes.</param>
/// <param name="options">Which ε, and how many elements.</param>
internal sealed class Nudging(
    Node result, IEnumerable<Node> leaves, IReadOnlyDictionary<Node, Value<double>> given, IReadOnlyDictionary<Node, Value<double>> values, TraceOptions options)
{
    // Relative to the value: small enough for the slope to be the derivative, large enough that rounding of J does not drown it.
    private const double CheckStep = 1e-5;
    private const double AgreesTo = 1e-7;
    private const double CloseTo = 1e-4;

    // What rounding of one J can be: a few units in the last place of its largest term.
    private const double Rounding = 16 * 2.220446049250313e-16;

    // Beyond so many given numbers fractions take long, and their digits tell nothing.
    private const int LargestExact = 100;

    private readonly Dictionary<Node, Dictionary<Node, Value<double>>> _unmoved = [];

    private readonly Graph _forward = new("forward", leaves, [new GraphOutput("result", result)]);

    /// <summary>The nudges of the lessons for one value; none for a tensor.</summary>
    public IReadOnlyList<Nudge> Lessons(Node node) => node.TensorType.Dims.Rank == 0 ? [.. options.Epsilons.Select(e => Lesson(node, e))] : [];

    private Nudge Lesson(Node node, double epsilon)
    {
        double before = values[result].Floats[0];
        double up = At(node, 0, epsilon);
        double down = At(node, 0, -epsilon);
        return new Nudge(0, epsilon, up, (up - before) / epsilon, (up - down) / (2 * epsilon), Exactly(node, epsilon));
    }

    /// <summary>Judges the gradient of one value: of the largest element, and of others spread over the rest.</summary>
    public IReadOnlyList<NudgeCheck> Checks(Node node, IReadOnlyList<double> gradient)
    {
        if (gradient.Count == 0)
        {
            return [];
        }

        int largest = Enumerable.Range(0, gradient.Count).MaxBy(i => Math.Abs(gradient[i]));
        IEnumerable<int> spread = Enumerable.Range(0, options.CheckedElements).Select(i => (int)((long)i * gradient.Count / options.CheckedElements));
        return [.. spread.Prepend(largest).Distinct().Take(options.CheckedElements).Select(e => Check(node, e, gradient[e]))];
    }

    private NudgeCheck Check(Node node, int element, double gradient)
    {
        double before = values[result].Floats[0];
        double epsilon = CheckStep * Math.Max(1, Math.Abs(values[node].Floats[element]));
        (double below, double above) = Slopes(node, element, epsilon, before);
        (double finerBelow, double finerAbove) = Slopes(node, element, epsilon / 10, before);
        double slope = (below + above) / 2;
        double noise = Rounding * Math.Max(1, Math.Abs(before)) / epsilon;
        NudgeVerdict verdict;
        if (!double.IsFinite(slope) || !double.IsFinite(gradient))
        {
            verdict = NudgeVerdict.Unknown;
        }
        else if (Math.Abs(finerAbove - finerBelow) > Math.Max(CloseTo * Math.Max(Math.Abs(finerAbove), Math.Abs(finerBelow)), 20 * noise)
            && Math.Abs(finerAbove - finerBelow) > 0.5 * Math.Abs(above - below))
        {
            // A smooth function's two slopes come together as ε shrinks; a kink's do not.
            verdict = NudgeVerdict.Kink;
        }
        else
        {
            double error = Math.Abs(slope - gradient);
            double size = Math.Max(Math.Abs(slope), Math.Abs(gradient));
            verdict = error <= (AgreesTo * size) + noise ? NudgeVerdict.Agrees : error <= (CloseTo * size) + noise ? NudgeVerdict.Close : NudgeVerdict.Disagrees;
        }

        return new NudgeCheck(element, epsilon, slope, below, above, verdict);
    }

    private (double Below, double Above) Slopes(Node node, int element, double epsilon, double before) =>
        ((before - At(node, element, -epsilon)) / epsilon, (At(node, element, epsilon) - before) / epsilon);

    private double At(Node node, int element, double change)
    {
        double[] moved = (double[])values[node].Floats.Clone();
        moved[element] += change;
        if (!_unmoved.TryGetValue(node, out Dictionary<Node, Value<double>>? held))
        {
            _unmoved[node] = held = Unmoved(node);
        }

        held[node] = Value<double>.OfFloats(node.TensorType, moved);
        return new Interpreter<double>(DoubleNumbers.Smooth).Trace(_forward, [.. _forward.Inputs.Select(i => held.GetValueOrDefault(i) ?? given[i])], held)[result].Floats[0];
    }

    // What a nudge of one value does not reach keeps its value: only what follows is computed again.
    private Dictionary<Node, Value<double>> Unmoved(Node node)
    {
        HashSet<Node> moved = [node];
        foreach (Node next in _forward.Nodes)
        {
            if (next.Inputs.Any(moved.Contains))
            {
                moved.Add(next);
            }
        }

        return _forward.Nodes.Where(n => !moved.Contains(n)).ToDictionary(n => n, n => values[n]);
    }

    private string? Exactly(Node node, double epsilon)
    {
        bool isLarge = given.Values.Any(v => !v.TensorType.DType.IsFloat) || given.Values.Sum(v => (long)v.Dims.Count) > LargestExact;
        if (isLarge || values[node].Floats.Length > 1 || !double.IsFinite(values[node].Floats[0]) || given.Values.Any(v => v.Floats.Any(f => !double.IsFinite(f))))
        {
            return null;
        }

        try
        {
            // What was computed exactly moves exactly: the double of an intermediate may have been rounded.
            Dictionary<Node, Value<Rational>> exact = given.ToDictionary(g => g.Key, g => ExactValues.Exact(g.Value));
            Rational at = node.Op is Leaf
                ? exact[node].Floats[0]
                : new Interpreter<Rational>(RationalNumbers.Instance).Trace(_forward, [.. _forward.Inputs.Select(i => exact[i])])[node].Floats[0];
            Value<Rational> moved = Value<Rational>.OfFloats(node.TensorType, [at + Rational.FromDouble(epsilon)]);
            return ExactValues.Text(Run(RationalNumbers.Instance, node, moved, exact).Floats[0]);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private Value<T> Run<T>(NumberSystem<T> math, Node node, Value<T> moved, IReadOnlyDictionary<Node, Value<T>> at)
    {
        Dictionary<Node, Value<T>> held = node.Op is Leaf ? [] : new() { [node] = moved };
        return new Interpreter<T>(math).Trace(_forward, [.. _forward.Inputs.Select(i => i == node ? moved : at[i])], held)[result];
    }
}
