namespace Nabla;

/// <summary>One caller's memory and bindings of an <see cref="Executable"/>: bind once, run many times without allocating. Not for several threads at once.</summary>
/// <example><code>
/// Execution run = Executable.Compile(FormulaParser.Parse("w^2")).CreateExecution();
/// run.BindInput(0, TensorBuffer.Copy(3.0));
/// run.Run();   // as often as you like, without allocating
/// NDArray value = run.Output(0).ToArray();   // 9
/// </code></example>
public sealed unsafe class Execution
{
    private readonly Executable _executable;
    private readonly PlanStep[] _steps;
    private readonly TensorBuffer?[] _inputs;
    private readonly TensorBuffer?[] _outputs;
    private readonly Arena _arena;
    private readonly Arena _table;
    private readonly ThreadTeam _team;
    private readonly int _shards;
    private PlanStep? _shared;
    private bool _isBound;

    internal Execution(Executable executable)
    {
        _executable = executable;
        _steps = [.. executable.Plan.Steps];
        _inputs = new TensorBuffer[executable.Graph.Inputs.Length];
        _outputs = new TensorBuffer[executable.Graph.Outputs.Length];
        _arena = new Arena(executable.Plan.ArenaBytes);
        _table = new Arena((long)executable.Plan.Pointers.Length * sizeof(nint));
        _shards = executable.Options.Threads;
        _team = ThreadTeam.Shared(_shards);
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
        _isBound = false;
    }

    /// <summary>Gives the memory to which an output is written at every run; for an output in place, the input's own.</summary>
    /// <exception cref="ShapeException">The buffer's type is not the output's.</exception>
    public void BindOutput(int index, TensorBuffer buffer)
    {
        (string name, Node node) = _executable.Graph.Outputs[index];
        if (!buffer.Type.Matches(node.TensorType))
        {
            throw new ShapeException($"Graph '{_executable.Graph.Name}': expected a buffer of {node.Type} for output '{name}', received {buffer.Type}.");
        }

        _outputs[index] = buffer;
        _isBound = false;
    }

    /// <summary>The memory of an output; valid until the next run.</summary>
    public TensorBuffer Output(int index)
    {
        if (_outputs[index] is not { } buffer)
        {
            buffer = _outputs[index] = TensorBuffer.Zeros(_executable.Graph.Outputs[index].Node.TensorType);
            _isBound = false;
        }

        return buffer;
    }

    /// <summary>Runs the plan.</summary>
    /// <exception cref="InvalidOperationException">An input is not bound.</exception>
    public void Run() => Run(alone: false);

    /// <summary>Runs the plan, on the caller's thread alone where it says so: the bits are the same.</summary>
    internal void Run(bool alone)
    {
        if (!_isBound)
        {
            Bind();
        }

        nint* table = (nint*)_table.Pointer;
        foreach (PlanStep step in _steps)
        {
            if (!alone && _shards > 1 && step.IsShared)
            {
                _shared = step;
                _team.Run(&RunShard, this, _shards);
            }
            else
            {
                step.Body(table + step.Table, 0, step.Extent);
            }
        }

        GC.KeepAlive(this); // its buffers are used by address only
    }

    // The cuts depend on the number of shards alone, not on who runs them: each element is computed by the same code in any case.
    private static void RunShard(object? state, int shard)
    {
        var execution = (Execution)state!;
        PlanStep step = execution._shared!;
        (long begin, long end) = step.Shard(shard, execution._shards);
        if (begin < end)
        {
            step.Body((nint*)execution._table.Pointer + step.Table + (shard * step.TableStride), begin, end);
        }
    }

    /// <summary>Lets go of the inputs, so that their memory can be collected.</summary>
    internal void Release()
    {
        Array.Clear(_inputs);
        _isBound = false;
    }

    private void Bind()
    {
        Graph graph = _executable.Graph;
        for (int i = 0; i < _inputs.Length; i++)
        {
            if (_inputs[i] is null)
            {
                throw new InvalidOperationException(
                    $"Graph '{graph.Name}': expected a buffer for input {i + 1} ('{((Leaf)graph.Inputs[i].Op).Label}', {graph.Inputs[i].Type}), received none. Call {nameof(BindInput)} first.");
            }
        }

        nint* table = (nint*)_table.Pointer;
        Plan plan = _executable.Plan;
        for (int i = 0; i < plan.Pointers.Length; i++)
        {
            PointerSource source = plan.Pointers[i];
            table[i] = source.Kind switch
            {
                StorageKind.Input => _inputs[source.Place]!.Pointer,
                StorageKind.Output => Output((int)source.Place).Pointer,
                StorageKind.Literal => plan.Literals[(int)source.Place].Pointer,
                _ => _arena.Pointer + (nint)source.Place,
            };
        }

        _isBound = true;
    }
}
