using System.Collections.Immutable;

namespace Nabla.Core.Tests.Lessons;

/// <summary>
/// A worked example of the lessons: named formulas at a point. Values and derivatives with respect to anything that has a name, exactly or in double,
/// and what the last value becomes when one name is nudged.
/// </summary>
internal sealed class Lesson
{
    private readonly Graph _graph;
    private readonly Rational[] _point;

    public Lesson(string formulas, params (string Name, Rational Value)[] point)
    {
        _graph = FormulaParser.Parse(formulas, [.. point.Select(p => p.Name)]);
        _point = [.. point.Select(p => p.Value)];
    }

    public Graph Graph => _graph;

    /// <summary>Ng's small network (L62): w=2, b=8, x=-2, y=2, linear activation.</summary>
    public static Lesson SmallNetwork => new("c = w*x; a = c + b; d = a - y; J = 1/2*d^2", ("w", 2), ("b", 8), ("x", -2), ("y", 2));

    /// <summary>Ng's larger network (L73): one hidden and one output unit, both ReLU.</summary>
    public static Lesson LargerNetwork => new(
        "t1 = w1*x; z1 = t1 + b1; a1 = relu(z1); t2 = w2*a1; z2 = t2 + b2; a2 = relu(z2); J = 1/2*(a2 - y)^2",
        ("w1", 2), ("b1", 0), ("w2", 3), ("b2", 1), ("x", 1), ("y", 5));

    /// <summary>3Blue1Brown's chain (L92): three sigmoid neurons in a row, cost (a - y)² without a half.</summary>
    public static Lesson Chain => new(
        "z1 = w1*x + b1; a1 = sigmoid(z1); z2 = w2*a1 + b2; a2 = sigmoid(z2); z3 = w3*a2 + b3; a3 = sigmoid(z3); C = (a3 - y)^2",
        ("w1", 0.6), ("w2", -0.4), ("w3", 0.9), ("b1", 0.1), ("b2", 0.2), ("b3", -0.3), ("x", 0.5), ("y", 1));

    public Node Find(string name) => _graph.Outputs.Where(o => o.Name == name).Select(o => o.Node)
        .Concat(_graph.Inputs.Where(n => ((Leaf)n.Op).Label == name)).First();

    public Rational Exact(string name) => Evaluate(RationalNumbers.Instance, Find(name), _point);

    public double Value(string name) => Evaluate(DoubleNumbers.Instance, Find(name), Doubles);

    public Rational ExactGradient(string name) => Evaluate(RationalNumbers.Instance, GradientNode(name), _point);

    public double Gradient(string name) => Evaluate(DoubleNumbers.Instance, GradientNode(name), Doubles);

    /// <summary>The derivative of one named value with respect to another: the local one, where the names are neighbours.</summary>
    public Rational ExactDerivative(string of, string by) =>
        Evaluate(RationalNumbers.Instance, Differentiate.Gradients(new Tensor(Find(of)), new Tensor(Find(by)))[0].Node, _point);

    /// <summary>The same in double, where the formulas have no exact values.</summary>
    public double Derivative(string of, string by) =>
        Evaluate(DoubleNumbers.Instance, Differentiate.Gradients(new Tensor(Find(of)), new Tensor(Find(by)))[0].Node, Doubles);

    /// <summary>The last value after one name was moved, everything behind it following.</summary>
    public Rational ExactNudged(string name, Rational by) => Nudged(RationalNumbers.Instance, name, Exact(name) + by, _point);

    /// <summary>The last value after one name was moved, everything behind it following.</summary>
    public double Nudged(string name, double by) => Nudged(DoubleNumbers.Instance, name, Value(name) + by, Doubles);

    /// <summary>The same formulas at another point.</summary>
    public Lesson At(params (string Name, Rational Value)[] changes) => new(this, changes);

    private Lesson(Lesson from, (string Name, Rational Value)[] changes)
    {
        _graph = from._graph;
        _point = [.. from._graph.Inputs.Select((n, i) =>
            changes.Where(c => c.Name == ((Leaf)n.Op).Label).Select(c => (Rational?)c.Value).SingleOrDefault() ?? from._point[i])];
    }

    public Node GradientNode(string name) => Differentiate.Gradients(new Tensor(_graph.Outputs[^1].Node), new Tensor(Find(name)))[0].Node;

    private double[] Doubles => [.. _point.Select(p => p.ToDouble())];

    private T Evaluate<T>(NumberSystem<T> math, Node node, T[] point) =>
        new Interpreter<T>(math).Run(new Graph("lesson", _graph.Inputs, [new GraphOutput("value", node)]), Values(point))[0].Floats[0];

    private T Nudged<T>(NumberSystem<T> math, string name, T value, T[] point)
    {
        Node node = Find(name);
        int input = _graph.Inputs.IndexOf(node);
        T[] moved = [.. point.Select((p, i) => i == input ? value : p)];
        Dictionary<Node, Value<T>> held = input >= 0 ? [] : new() { [node] = Value<T>.OfFloats(node.TensorType, [value]) };
        return new Interpreter<T>(math).Trace(_graph, Values(moved), held)[_graph.Outputs[^1].Node].Floats[0];
    }

    private ImmutableArray<Value<T>> Values<T>(T[] point) => [.. point.Select((p, i) => Value<T>.OfFloats(_graph.Inputs[i].TensorType, [p]))];
}
