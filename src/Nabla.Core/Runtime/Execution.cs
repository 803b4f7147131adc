namespace Nabla;

/// <summary>One caller's memory and bindings of an <see cref="Executable"/>: bind once, run many times without allocating. Not for several threads at once.</summary>
public sealed class Execution
{
    private readonly Executable _executable;
    private readonly TensorBuffer[] _inputs;
    private readonly TensorBuffer[] _outputs;

    internal Execution(Executable executable)
    {
        _executable = executable;
        _inputs = new TensorBuffer[executable.Graph.Inputs.Length];
        _outputs = [.. executable.Graph.Outputs.Select(o => TensorBuffer.Zeros(o.Node.TensorType))];
    }

    /// <summary>Gives the memory from which an input is read at every run.</summary>
    /// <exception cref="ShapeException">The buffer's type is not the input's.</exception>
    public void BindInput(int index, TensorBuffer buffer)
    {
        Node input = _executable.Graph.Inputs[index];
        if (!buffer.Type.Matches(input.TensorType))
        {
            throw new ShapeException($"Graph '{_executable.Graph.Name}': expected {input.Type} for input {index + 1} ('{((Leaf)input.Op).Label}'), received {buffer.Type}.");
        }

        _inputs[index] = buffer;
    }

    /// <summary>Gives the memory to which an output is written at every run; for an output in place, the input's own.</summary>
    public void BindOutput(int index, TensorBuffer buffer) => _outputs[index] = buffer;

    /// <summary>The memory of an output; valid until the next run.</summary>
    public TensorBuffer Output(int index) => _outputs[index];

    /// <summary>Runs the plan.</summary>
    /// <exception cref="InvalidOperationException">An input is not bound.</exception>
    public void Run()
    {
        Graph graph = _executable.Graph;
        Interpreter<double> interpreter = new(DoubleNumbers.Instance);
        var results = interpreter.Run(graph, [.. _inputs.Select(b => Value<double>.From(b.ToArray(), DoubleNumbers.Instance))]);
        for (int i = 0; i < results.Length; i++)
        {
            _outputs[i].Write(results[i].ToArray(DoubleNumbers.Instance));
        }
    }
}
