using System.Collections.Immutable;

namespace Nabla;

/// <summary>A named result of a graph.</summary>
/// <param name="Name">Unique in its graph.</param>
/// <param name="Node">The value.</param>
/// <example><code>
/// GraphOutput output = Differentiable.Of((Tensor w) =&gt; w.Square()).Trace(TensorType.Scalar(DType.Float64)).Outputs[0];
/// Console.WriteLine($"{output.Name}: {output.Node.Type}");   // value: float64[]
/// </code></example>
public readonly record struct GraphOutput(string Name, Node Node);

/// <summary>A program: inputs, named outputs, and the nodes between them in an order in which each comes after its inputs.</summary>
/// <example><code>
/// Tensor loss = input.Square().Mean();
/// Graph graph = new("loss", [input.Node], [new GraphOutput("loss", loss.Node)]);
/// Console.WriteLine(graph);   // one node a line
/// NDArray value = Executable.Compile(graph).Run(NDArray.Ones(input.DType, input.Dims))[0];   // 1
/// </code></example>
public sealed class Graph
{
    /// <summary>A graph from its inputs (in the order in which values are given) and outputs.</summary>
    /// <param name="name">Printed with the graph.</param>
    /// <param name="inputs">Nodes of the ops <see cref="Input"/> and <see cref="Parameter"/>; those that no output needs stay inputs.</param>
    /// <param name="outputs">At least one, each with a name of its own.</param>
    /// <exception cref="ArgumentException">An output needs an input that is not listed, or two names are equal.</exception>
    public Graph(string name, IEnumerable<Node> inputs, IEnumerable<GraphOutput> outputs)
    {
        Name = name;
        Inputs = [.. inputs];
        Outputs = [.. outputs];
        Nodes = TopologicalOrder.Of([.. Inputs, .. Outputs.Select(o => o.Node)]);
        Verifier.CheckForm(this);
    }

    /// <summary>What the program is called.</summary>
    public string Name { get; }

    /// <summary>The leaves whose values are given when the graph runs, in order.</summary>
    public ImmutableArray<Node> Inputs { get; }

    /// <summary>The named results, in order.</summary>
    public ImmutableArray<GraphOutput> Outputs { get; }

    /// <summary>Every node that is an input or that an output needs, each after its inputs.</summary>
    public ImmutableArray<Node> Nodes { get; }

    /// <summary>The output of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Node Output(string name)
    {
        foreach (GraphOutput output in Outputs)
        {
            if (output.Name == name)
            {
                return output.Node;
            }
        }

        throw new ArgumentException($"Graph '{Name}': expected one of the outputs {string.Join(", ", Outputs.Select(o => o.Name))}, received '{name}'.");
    }

    /// <summary>The graph as text, one node a line; <see cref="GraphParser"/> reads it back.</summary>
    public override string ToString() => GraphPrinter.Print(this);
}
