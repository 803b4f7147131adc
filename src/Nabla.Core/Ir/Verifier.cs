namespace Nabla;

/// <summary>Checks a graph after every pass: the passes are guarded against each other, users by the builder.</summary>
/// <example><code>
/// Graph graph = Differentiable.Of((Tensor w) =&gt; w.Square()).Trace(TensorType.Scalar(DType.Float64));
/// Verifier.Check(graph, stage: "after my pass");   // throws where a node's type is not what its op gives
/// </code></example>
public static class Verifier
{
    /// <summary>Re-infers every node's type, and that of graphs inside attributes.</summary>
    /// <param name="graph">The graph to check.</param>
    /// <param name="stage">The pass that made it, for the message.</param>
    /// <exception cref="InvalidOperationException">A node's type is not what its op infers; the message shows the node and its inputs.</exception>
    public static void Check(Graph graph, string stage)
    {
        Stack<Graph> graphs = new([graph]);
        while (graphs.TryPop(out Graph? current))
        {
            HashSet<Node> seen = [];
            foreach (Node node in current.Nodes)
            {
                IrType inferred = node.Op.Infer(new OperandTypes(node.Op, [.. node.Inputs.Select(n => n.Type)]));
                if (!inferred.Equals(node.Type))
                {
                    throw new InvalidOperationException(
                        $"Verifier after '{stage}' in graph '{current.Name}': expected {inferred}, found {node.Type} at\n  {node}\nwith inputs\n  {string.Join("\n  ", node.Inputs)}");
                }

                if (node.Inputs.Any(n => !seen.Contains(n)))
                {
                    throw new InvalidOperationException($"Verifier after '{stage}' in graph '{current.Name}': an input comes after its use at\n  {node}");
                }

                seen.Add(node);
                foreach (OpAttribute attribute in node.Op.Attributes)
                {
                    if (attribute.Value is Graph body)
                    {
                        graphs.Push(body);
                    }
                }
            }
        }
    }

    /// <summary>What every graph has from its constructor on: listed inputs, named outputs.</summary>
    internal static void CheckForm(Graph graph)
    {
        if (graph.Outputs.IsEmpty)
        {
            throw new ArgumentException($"Graph '{graph.Name}': expected at least one output, received none.");
        }

        HashSet<Node> inputs = [.. graph.Inputs];
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is Leaf leaf != inputs.Contains(node))
            {
                throw new ArgumentException(node.Op is Leaf
                    ? $"Graph '{graph.Name}': an output needs the input '{((Leaf)node.Op).Label}', which is not among the inputs. List it."
                    : $"Graph '{graph.Name}': expected inputs made by Input or Parameter, received {node}.");
            }
        }

        if (graph.Outputs.Select(o => o.Name).Distinct().Count() != graph.Outputs.Length)
        {
            throw new ArgumentException($"Graph '{graph.Name}': expected outputs with different names, received {string.Join(", ", graph.Outputs.Select(o => o.Name))}.");
        }
    }
}
