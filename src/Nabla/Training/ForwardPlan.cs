namespace Nabla;

/// <summary>
/// The compiled forward pass for one number of samples, with the memory of runs that nobody is making now: predicting again allocates nothing.
/// Many threads may rent at the same time.
/// </summary>
internal sealed class ForwardPlan
{
    // More threads than this at once make memory of their own each time; so do runs of more bytes than a cache should hold on to.
    private const int MostIdle = 64;
    private const long LargestKept = 16 << 20;

    private readonly ForwardRun?[] _idle = new ForwardRun?[MostIdle];
    private readonly Executable _plan;
    private readonly TensorType[] _inputs;
    private readonly int _threads;
    private readonly bool _keeps;

    public ForwardPlan(StepGraph step, Executable plan, int threads)
    {
        Step = step;
        _plan = plan;
        _threads = threads;
        _inputs = [.. step.Graph.Inputs.Take(step.Given).Select(i => i.TensorType)];
        TensorType[] outputs = [.. step.Graph.Outputs.Select(o => o.Node.TensorType)];
        OutputDims = [.. outputs.Select(o => Dims.Of(o.Dims.Sizes))];
        _keeps = plan.Plan.ArenaBytes + _inputs.Concat(outputs).Sum(Bytes) <= LargestKept;
    }

    /// <summary>What was compiled.</summary>
    public StepGraph Step { get; }

    /// <summary>The dims of its outputs, without names.</summary>
    public IReadOnlyList<Dims> OutputDims { get; }

    /// <summary>Whether the plan is for so many samples of such types. Allocates nothing.</summary>
    public bool Fits(ReadOnlySpan<TensorType> inputs, int size, int threads) =>
        _threads == threads && _inputs[0].Dims[0].Size == size && IsLike(inputs);

    /// <summary>Whether the plan is for samples of such types, whatever their number.</summary>
    public bool IsLike(ReadOnlySpan<TensorType> inputs)
    {
        if (inputs.Length != _inputs.Length)
        {
            return false;
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            Dims own = _inputs[i].Dims;
            Dims dims = inputs[i].Dims;
            if (_inputs[i].DType != inputs[i].DType || own.Rank != dims.Rank)
            {
                return false;
            }

            for (int axis = 1; axis < dims.Rank; axis++)
            {
                if (own[axis].Size != dims[axis].Size)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Memory for one run; to be given back by <see cref="Return"/>.</summary>
    public ForwardRun Rent()
    {
        for (int i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is { } run && Interlocked.CompareExchange(ref _idle[i], null, run) == run)
            {
                return run;
            }
        }

        return new ForwardRun(Step.Bind(_plan), Step);
    }

    /// <summary>Takes back what was rented.</summary>
    public void Return(ForwardRun run)
    {
        for (int i = 0; _keeps && i < _idle.Length; i++)
        {
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], run, null) is null)
            {
                return;
            }
        }
    }

    private static long Bytes(TensorType type) => (long)type.Dims.Count * type.DType.Size;
}

/// <summary>The memory of one forward pass at a time, with everything bound.</summary>
internal sealed class ForwardRun
{
    private readonly Execution _execution;

    public ForwardRun(Execution execution, StepGraph step)
    {
        _execution = execution;
        Inputs = [.. step.Graph.Inputs.Take(step.Given).Select(i => TensorBuffer.Zeros(i.TensorType))];
        for (int i = 0; i < Inputs.Count; i++)
        {
            execution.BindInput(i, Inputs[i]);
        }

        Outputs = [.. step.Graph.Outputs.Select((_, i) => execution.Output(i))];
    }

    /// <summary>To be filled before a run.</summary>
    public IReadOnlyList<TensorBuffer> Inputs { get; }

    /// <summary>What a run gave; valid until the next.</summary>
    public IReadOnlyList<TensorBuffer> Outputs { get; }

    /// <summary>Computes the outputs from the inputs.</summary>
    /// <param name="alone">Whether the caller's thread does everything.</param>
    public void Run(bool alone) => _execution.Run(alone);
}
