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
        (Node Leaf, Node Next)[] moves = [.. step.Moves];
        Node[] inputs = [.. leaves.Union(step.Leaves)];
        Node?[] slopes = [.. gradients.Select(g => g?.Node)];
        Graph all = new("step", inputs, slopes.OfType<Node>().Append(cost).Concat(moves.Select(m => m.Next)).Distinct().Select((n, i) => new GraphOutput($"v{i}", n)));
        Dictionary<Node, Node> accurate = AccurateRules.InDerivatives(all, TopologicalOrder.Of([cost]).ToHashSet()); // as a trace does
        Graph computed = new("step", inputs.Select(n => accurate[n]), all.Outputs.Select(o => new GraphOutput(o.Name, accurate[o.Node])));
        Dictionary<Node, Value<double>> state = new(step.Given);
        foreach (Node leaf in leaves)
        {
            state[leaf] = Value<double>.OfFloats(leaf.TensorType, [at.First(a => a.Name == ((Leaf)leaf.Op).Label).Value]);
        }

        Interpreter<double> interpreter = new(DoubleNumbers.Smooth);
        List<Iteration> rows = new(steps + 1);
        for (int t = 0; t <= steps; t++)
        {
            Dictionary<Node, Value<double>> values = interpreter.Trace(computed, [.. inputs.Select(i => state[i])]);
            rows.Add(new Iteration(
                t, values[accurate[cost]].Floats[0], [.. moved.Select(m => state[m].Floats[0])], [.. slopes.Select(s => s is null ? 0 : values[accurate[s]].Floats[0])]));
            foreach ((Node leaf, Node next) in moves)
            {
                state[leaf] = values[accurate[next]];
            }
        }

        return new Iterations { Start = first, Result = first.Result.Name, Parameters = parameters, Rows = rows };
    }
}
