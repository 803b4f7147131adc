namespace Nabla;

/// <summary>A graph made ready to run. Many threads may run one at the same time, each with an <see cref="Execution"/> of its own.</summary>
public sealed class Executable
{
    private Executable(Graph graph, CompileOptions options)
    {
        Graph = graph;
        Options = options;
    }

    /// <summary>The program.</summary>
    public Graph Graph { get; }

    internal CompileOptions Options { get; }

    /// <summary>Compiles a graph.</summary>
    public static Executable Compile(Graph graph, CompileOptions? options = null) => new(graph, options ?? new CompileOptions());

    /// <summary>Runs once: values in, in the order of the graph's inputs; values out, in the order of its outputs.</summary>
    /// <exception cref="ShapeException">A value's type is not its input's.</exception>
    public NDArray[] Run(params ReadOnlySpan<NDArray> inputs)
    {
        Execution execution = CreateExecution();
        if (inputs.Length != Graph.Inputs.Length)
        {
            throw new ArgumentException($"Graph '{Graph.Name}': expected {Graph.Inputs.Length} inputs, received {inputs.Length}.");
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            execution.BindInput(i, TensorBuffer.Pin(inputs[i]));
        }

        execution.Run();
        return [.. Enumerable.Range(0, Graph.Outputs.Length).Select(i => execution.Output(i).ToArray())];
    }

    /// <summary>Memory and bindings for repeated runs without allocation.</summary>
    public Execution CreateExecution() => new(this);
}
