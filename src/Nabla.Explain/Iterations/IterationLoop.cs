namespace Nabla.Explain;

/// <summary>Repeats one recorded step: the formula, its gradients by the pass that trains, and the optimizer's own update, interpreted in double.</summary>
internal static class IterationLoop
{
    public static Iterations Run(string formula, TraceOptions options, int steps, IReadOnlyList<(string Name, double Value)> at)
    {
        // The trace of the first step checks names and values, and knows the parameters.
        Optimizer optimizer = options.Optimizer ?? new SGD(0.01);
        Trace first = FormulaTrace.Make(formula, options with { Optimizer = optimizer }, at);
        string[] parameters = [.. first.Nodes.Where(n => n.Role == TraceRole.Parameter).Select(n => n.Name)];
        if (parameters.Length == 0)
        {
            throw new ArgumentException($"Iterations of '{first.Title}': expected parameters that training changes, received none. Name some of {string.Join(", ", first.Nodes.Where(n => n.Role == TraceRole.Input).Select(n => n.Name))}.", nameof(options));
        }

        Graph graph = FormulaParser.Parse(formula);
        Node cost = graph.Outputs[^1].Node;
        Node[] leaves = [.. graph.Inputs];
        Node[] moved = [.. parameters.Select(p => leaves.First(l => ((Leaf)l.Op).Label == p))];
        System.Collections.Immutable.ImmutableArray<Tensor?> gradients = Differentiate.Pullback([cost], [cost.Builder.Constant(1, cost.TensorType.DType)], [.. moved], null);
        ParameterStep step = ParameterStep.Record(
            optimizer, null, moved, leaf => gradients[Array.IndexOf(moved, leaf)], leaf => ((Leaf)leaf.Op).Label);
        Dictionary<Node, Value<double>> given = new(step.Given);
        foreach (Node leaf in leaves)
        {
            given[leaf] = Value<double>.OfFloats(leaf.TensorType, [at.First(a => a.Name == ((Leaf)leaf.Op).Label).Value]);
        }

        IReadOnlyList<Iteration> rows = new RepeatedStep(cost, moved, [.. gradients.Select(g => g?.Node)], [.. step.Moves]).Run(given, steps);
        return new Iterations { Start = first, Result = first.Result.Name, Parameters = parameters, Rows = rows };
    }
}
