namespace Nabla.Explain;

/// <summary>One recorded step, gone through again and again: cost, gradients by the pass that trains, and the optimizer's own update, interpreted in double.</summary>
/// <param name="cost">What the step makes small.</param>
/// <param name="parameters">The leaves that it moves.</param>
/// <param name="gradients">The derivative of the cost with respect to each; null where there is none.</param>
/// <param name="moves">For each leaf that changes, the node of its value in the next step.</param>
internal sealed class RepeatedStep(Node cost, IReadOnlyList<Node> parameters, IReadOnlyList<Node?> gradients, IReadOnlyList<(Node Leaf, Node Next)> moves)
{
    /// <summary>The row of the beginning, then one after each step.</summary>
    /// <param name="given">The values that it begins with, of all leaves.</param>
    /// <param name="steps">How many steps.</param>
    public IReadOnlyList<Iteration> Run(IReadOnlyDictionary<Node, Value<double>> given, int steps)
    {
        Node[] asked = [.. gradients.OfType<Node>().Append(cost).Concat(moves.Select(m => m.Next)).Distinct()];
        Node[] inputs = [.. TopologicalOrder.Of(asked).Where(n => n.Op is Leaf).Union(parameters).Union(moves.Select(m => m.Leaf))];
        Graph all = new("step", inputs, asked.Select((n, i) => new GraphOutput($"v{i}", n)));
        Dictionary<Node, Node> accurate = AccurateRules.InDerivatives(all, TopologicalOrder.Of([cost]).ToHashSet()); // as a trace does
        Graph computed = new("step", inputs.Select(n => accurate[n]), all.Outputs.Select(o => new GraphOutput(o.Name, accurate[o.Node])));
        Interpreter<double> interpreter = new(DoubleNumbers.Smooth);
        Dictionary<Node, Value<double>> state = new(given);
        List<Iteration> rows = new(steps + 1);
        for (int t = 0; t <= steps; t++)
        {
            Dictionary<Node, Value<double>> values = interpreter.Trace(computed, [.. inputs.Select(i => state[i])]);
            rows.Add(new Iteration(
                t,
                values[accurate[cost]].Floats[0],
                [.. parameters.SelectMany(p => state[p].Floats)],
                [.. parameters.Zip(gradients).SelectMany(p => p.Second is { } slope ? values[accurate[slope]].Floats : new double[p.First.TensorType.Dims.Count])]));
            foreach ((Node leaf, Node next) in moves)
            {
                state[leaf] = values[accurate[next]];
            }
        }

        return rows;
    }
}
