namespace Nabla.Explain;

/// <summary>The mathematics of the lab: formulas become graphs, and the graph's own readings do the rest.</summary>
internal static class LabAlgebra
{
    // Digits of pi are not a fraction that anybody wrote; nor is anything this long.
    private const int LongestConstant = 30;

    /// <summary>The names that a formula needs.</summary>
    public static IEnumerable<string> Names(Graph graph) => graph.Inputs.Select(i => ((Leaf)i.Op).Label);

    /// <summary>The last value of a graph.</summary>
    public static Node Result(Graph graph) => graph.Outputs[^1].Node;

    /// <summary>A formula as it was written.</summary>
    public static Formula Written(string text) => FormulaRenderer.Render(new Tensor(Result(FormulaParser.Parse(text))));

    /// <summary>The result of a graph as an expression.</summary>
    public static Expr Expression(Graph graph) => Expr.FromGraph(new Tensor(Result(graph)));

    /// <summary>A graph's result in the form in which people write it.</summary>
    public static Formula Simplified(Graph graph) => Expression(graph).Simplify().ToFormula();

    /// <summary>The derivative of the result by names, one after the other.</summary>
    public static Formula Derivative(Graph graph, IEnumerable<string> variables) => Expression(graph).Diff([.. variables.Select(Sym.Symbol)]).ToFormula();

    /// <summary>The value of the derivative at a point, by the pass that trains.</summary>
    public static LabValue Slope(Graph graph, string variable, IReadOnlyDictionary<string, LabValue> point)
    {
        Node input = graph.Inputs.First(i => ((Leaf)i.Op).Label == variable);
        Tensor slope = Differentiate.Gradients(new Tensor(Result(graph)), new Tensor(input))[0];
        return Evaluate(new Graph("slope", graph.Inputs, [new GraphOutput("slope", slope.Node)]), point);
    }

    /// <summary>The result at a point: exact where only arithmetic is used.</summary>
    /// <param name="graph">The formula.</param>
    /// <param name="point">A value for each of its inputs.</param>
    public static LabValue Evaluate(Graph graph, IReadOnlyDictionary<string, LabValue> point)
    {
        LabValue[] given = [.. Names(graph).Select(n => point[n])];
        bool isExact = Array.TrueForAll(given, v => v.Exact is { IsFinite: true })
            && graph.Nodes.All(n => n.Op is not Constant { Value: var value } || (value.IsFinite && RationalText.Write(value).Length <= LongestConstant && value != RationalText.Pi && value != RationalText.E));
        if (isExact && Exactly(graph, given) is { } exact)
        {
            return exact;
        }

        Value<double>[] inputs = [.. graph.Inputs.Select((n, i) => Value<double>.OfFloats(n.TensorType, [given[i].Number]))];
        return new LabValue(Number(new Interpreter<double>(DoubleNumbers.Instance).Run(graph, [.. inputs])[^1]));
    }

    private static LabValue? Exactly(Graph graph, LabValue[] given)
    {
        try
        {
            Value<Rational>[] inputs = [.. graph.Inputs.Select((n, i) => Value<Rational>.OfFloats(n.TensorType, [given[i].Exact!.Value]))];
            Rational value = Number(new Interpreter<Rational>(RationalNumbers.Instance).Run(graph, [.. inputs])[^1]);
            return new LabValue(value);
        }
        catch (NotSupportedException)
        {
            return null; // a root or an exponential: there is no fraction
        }
    }

    /// <summary>A formula with others in the place of names, all at once, in the form in which people write it.</summary>
    public static Formula Substitute(Graph graph, IEnumerable<(string Name, string Value)> values) =>
        Substituted(graph, values).ToFormula();

    /// <summary>A formula with others in the place of names, and then a part shown where a name is left: it stays together.</summary>
    public static Formula Substitute(Graph graph, IEnumerable<(string Name, string Value)> values, string left, Formula part)
    {
        Node result = Substituted(graph, values).Node;
        return FormulaRenderer.Render(result, TopologicalOrder.Of([result]).Where(n => n.Op is Leaf { Label: var label } && label == left).ToDictionary(n => n, _ => part));
    }

    private static Expr Substituted(Graph graph, IEnumerable<(string Name, string Value)> values) =>
        Expression(graph).Subs([.. values.Select(v => (Sym.Symbol(v.Name), Sym.Parse(v.Value)))]);

    /// <summary>The values of the result where one input runs over many numbers.</summary>
    public static double[] Sample(Graph graph, string variable, IReadOnlyList<double> at, IReadOnlyDictionary<string, LabValue> point)
    {
        Interpreter<double> interpreter = new(DoubleNumbers.Instance);
        string[] names = [.. Names(graph)];
        return [.. at.Select(x => Number(
            interpreter.Run(graph, [.. graph.Inputs.Select((n, i) => Value<double>.OfFloats(n.TensorType, [names[i] == variable ? x : point[names[i]].Number]))])[^1]))];
    }

    private static T Number<T>(Value<T> value) => value.TensorType.DType.IsFloat
        ? value.Floats[0]
        : throw new LabException("lab: expected a formula with a number as its value, received a comparison. where(condition, 1, 0) makes a number of it.");

    /// <summary>The number that a text without names stands for; null where it is something else.</summary>
    public static LabValue? Constant(string text)
    {
        try
        {
            Graph graph = FormulaParser.Parse(text);
            return graph.Inputs.IsEmpty ? Evaluate(graph, new Dictionary<string, LabValue>()) : null;
        }
        catch (ParseException)
        {
            return null;
        }
    }
}
