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
    private readonly TensorType _input;
    private readonly int _threads;
    private readonly bool _keeps;

    public ForwardPlan(StepGraph step, Executable plan, int threads)
    {
        Step = step;
        _plan = plan;
        _threads = threads;
        _input = step.Graph.Inputs[0].TensorType;
        TensorType output = step.Graph.Outputs[0].Node.TensorType;
        OutputDims = Dims.Of(output.Dims.Sizes);
        _keeps = plan.Plan.ArenaBytes + Bytes(_input) + Bytes(output) <= LargestKept;
    }

    /// <summary>What was compiled.</summary>
    public StepGraph Step { get; }

    /// <summary>The dims of its output, without names.</summary>
    public Dims OutputDims { get; }

    /// <summary>Whether the plan is for so many samples of such a type. Allocates nothing.</summary>
    public bool Fits(DType dtype, Dims dims, int size, int threads) =>
        _threads == threads && _input.Dims[0].Size == size && IsLike(dtype, dims);

    /// <summary>Whether the plan is for samples of such a type, whatever their number.</summary>
    public bool IsLike(DType dtype, Dims dims)
    {
        if (_input.DType != dtype || _input.Dims.Rank != dims.Rank)
        {
            return false;
        }

        for (int axis = 1; axis < dims.Rank; axis++)
        {
            if (_input.Dims[axis].Size != dims[axis].Size)
            {
                return false;
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
        Input = TensorBuffer.Zeros(step.Graph.Inputs[0].TensorType);
        execution.BindInput(0, Input);
        Output = execution.Output(0);
    }

    /// <summary>To be filled before a run.</summary>
    public TensorBuffer Input { get; }

    /// <summary>What a run gave; valid until the next.</summary>
    public TensorBuffer Output { get; }

    /// <summary>Computes the output from the input.</summary>
    /// <param name="alone">Whether the caller's thread does everything.</param>
    public void Run(bool alone) => _execution.Run(alone);
}
