namespace Nabla;

/// <summary>A graph made ready to run. Many threads may run one at the same time, each with an <see cref="Execution"/> of its own.</summary>
/// <example><code>
/// Graph graph = FormulaParser.Parse("w^2 + 3*w");
/// Executable plan = Executable.Compile(graph);
/// NDArray value = plan.Run(2.0)[0];   // 10
/// Console.WriteLine(plan.Explain());   // the steps and their memory
/// </code></example>
public sealed class Executable
{
    private Execution? _idle;

    private Executable(Graph graph, CompileOptions options)
    {
        Check(graph, options);
        Graph = graph;
        Options = options;
        Plan = Plan.Make(graph, options);
    }

    /// <summary>The program.</summary>
    public Graph Graph { get; }

    internal CompileOptions Options { get; }

    internal Plan Plan { get; }

    /// <summary>Compiles a graph.</summary>
    /// <exception cref="ArgumentException">An <see cref="CompileOptions.InPlace"/> pair names no output and input of one type.</exception>
    public static Executable Compile(Graph graph, CompileOptions? options = null) => new(graph, options ?? new CompileOptions());

    /// <summary>Runs once: values in, in the order of the graph's inputs; values out, in the order of its outputs.</summary>
    /// <exception cref="ShapeException">A value's type is not its input's.</exception>
    public NDArray[] Run(params ReadOnlySpan<NDArray> inputs)
    {
        if (inputs.Length != Graph.Inputs.Length)
        {
            throw new ArgumentException($"Graph '{Graph.Name}': expected {Graph.Inputs.Length} inputs, received {inputs.Length}.");
        }

        // One execution is kept for the next call; callers at the same time make their own.
        Execution execution = Interlocked.Exchange(ref _idle, null) ?? CreateExecution();
        var pins = new TensorBuffer[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            pins[i] = TensorBuffer.Pin(inputs[i]);
            execution.BindInput(i, pins[i]);
        }

        execution.Run();
        var results = new NDArray[Graph.Outputs.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = execution.Output(i).ToArray();
        }

        execution.Release();
        _idle = execution;
        foreach (TensorBuffer pin in pins)
        {
            pin.Unpin();
        }

        return results;
    }

    /// <summary>The plan as text: its steps, their memory, and why nodes do not share a loop.</summary>
    public string Explain() => PlanPrinter.Explain(this);

    /// <summary>
    /// The plan as one readable C# class: the loops of every step, where each value lies, and a method that runs them in order. It compiles
    /// against Nabla.Core with unsafe code allowed. Matrix products are plain loops there; the plan itself runs them over packed panels.
    /// </summary>
    public string ToCSharp() => PlanPrinter.ToCSharp(this);

    private static void Check(Graph graph, CompileOptions options)
    {
        foreach ((int output, int input) in options.InPlace)
        {
            if (output < 0 || output >= graph.Outputs.Length || input < 0 || input >= graph.Inputs.Length)
            {
                throw new ArgumentException(
                    $"Graph '{graph.Name}': expected pairs of outputs 0 to {graph.Outputs.Length - 1} and inputs 0 to {graph.Inputs.Length - 1} to be in place, received output {output} over input {input}.");
            }

            if (!graph.Outputs[output].Node.TensorType.Matches(graph.Inputs[input].TensorType))
            {
                throw new ArgumentException(
                    $"Graph '{graph.Name}': expected output '{graph.Outputs[output].Name}' ({graph.Outputs[output].Node.Type}) to overwrite an input of its type, received input {input} ({graph.Inputs[input].Type}).");
            }
        }

        if (options.Threads < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Threads, $"Graph '{graph.Name}': expected 1 thread or more.");
        }
    }

    /// <summary>Memory and bindings for repeated runs without allocation.</summary>
    public Execution CreateExecution() => new(this);
}
