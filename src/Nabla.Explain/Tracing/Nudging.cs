namespace Nabla.Explain;

/// <summary>Nudges values of a recorded program: the independent witness beside each gradient, for it knows nothing of derivatives.</summary>
/// <param name="result">What is watched.</param>
/// <param name="leaves">The leaves of its program.</param>
/// <param name="given">Their values.</param>
/// <param name="values">The values of all nodes.</param>
/// <param name="options">Which ε, and how many elements.</param>
/// <param name="rounding">What the terms of the result weigh: what rounding each of them may change it by, in units in the last place.</param>
internal sealed class Nudging(
    Node result, IEnumerable<Node> leaves, IReadOnlyDictionary<Node, Value<double>> given, IReadOnlyDictionary<Node, Value<double>> values, TraceOptions options,
    double rounding)
{
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

    private NudgeCheck Check(Node node, int element, double gradient) =>
        new NudgeJudge(change => At(node, element, change), values[node].Floats[element], values[result].Floats[0], rounding).Judge(element, gradient);

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
                : new Interpreter<Rational>(RationalNumbers.Readable).Trace(_forward, [.. _forward.Inputs.Select(i => exact[i])])[node].Floats[0];
            Value<Rational> moved = Value<Rational>.OfFloats(node.TensorType, [at + Rational.FromDouble(epsilon)]);
            return ExactValues.Text(Run(RationalNumbers.Readable, node, moved, exact).Floats[0]);
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
