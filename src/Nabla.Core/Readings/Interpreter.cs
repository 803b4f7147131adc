using System.Collections.Immutable;

namespace Nabla;

/// <summary>Runs a graph node by node over a number type, without tricks: the oracle of every other reading.</summary>
internal sealed class Interpreter<T>(NumberSystem<T> math)
{
    /// <summary>The outputs for the given inputs, in order.</summary>
    public ImmutableArray<Value<T>> Run(Graph graph, ImmutableArray<Value<T>> inputs)
    {
        Dictionary<Node, Value<T>> values = Trace(graph, inputs);
        return [.. graph.Outputs.Select(o => values[o.Node])];
    }

    /// <summary>The values of all nodes. Nodes in <paramref name="held"/> are not evaluated but have the value given there.</summary>
    public Dictionary<Node, Value<T>> Trace(Graph graph, ImmutableArray<Value<T>> inputs, IReadOnlyDictionary<Node, Value<T>>? held = null)
    {
        if (inputs.Length != graph.Inputs.Length)
        {
            throw new ArgumentException($"Graph '{graph.Name}': expected {graph.Inputs.Length} inputs, received {inputs.Length}.");
        }

        Dictionary<Node, Value<T>> values = new(graph.Nodes.Length);
        foreach ((Node node, Value<T> value) in held ?? ImmutableDictionary<Node, Value<T>>.Empty)
        {
            values[node] = value;
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            if (!graph.Inputs[i].TensorType.Matches(inputs[i].TensorType))
            {
                throw new ShapeException($"Graph '{graph.Name}': expected {graph.Inputs[i].Type} for input {i + 1} ('{((Leaf)graph.Inputs[i].Op).Label}'), received {inputs[i].Type}.");
            }

            values[graph.Inputs[i]] = inputs[i];
        }

        foreach (Node node in graph.Nodes)
        {
            if (!values.ContainsKey(node))
            {
                values[node] = node.Op.Evaluate(new EvaluationContext<T>(node, [.. node.Inputs.Select(n => values[n])], math));
            }
        }

        return values;
    }
}
