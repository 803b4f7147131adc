namespace Nabla;

/// <summary>
/// The forward plans of a model by input type and threads, so that predicting again with the same batch size compiles nothing. Training and
/// evaluation keep their plans for one call; every compilation is entered in the log.
/// </summary>
/// <param name="model">Whose plans they are.</param>
internal sealed class PlanCache(Model model)
{
    // Enough for the batch sizes of a server that pads to powers of two; beyond, the oldest go.
    private const int Limit = 16;

    private readonly Lock _gate = new();
    private readonly List<string> _log = [];

    // Read without the lock, replaced whole under it: a prediction whose plan is there waits for nobody.
    private volatile ForwardPlan[] _forward = [];

    /// <summary>What was compiled, in order.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_gate)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>The plan that computes the outputs for so many samples of some types.</summary>
    /// <param name="inputs">The samples' types, their number first among the dims; that number does not matter.</param>
    /// <param name="size">How many samples the plan takes.</param>
    /// <param name="threads">Threads that share its work.</param>
    public ForwardPlan Forward(ReadOnlySpan<TensorType> inputs, int size, int threads) => Find(inputs, size, threads) ?? Make(inputs, size, threads);

    private ForwardPlan? Find(ReadOnlySpan<TensorType> inputs, int size, int threads)
    {
        foreach (ForwardPlan plan in _forward)
        {
            if (plan.Fits(inputs, size, threads))
            {
                return plan;
            }
        }

        return null;
    }

    private ForwardPlan Make(ReadOnlySpan<TensorType> inputs, int size, int threads)
    {
        lock (_gate)
        {
            if (Find(inputs, size, threads) is { } found)
            {
                return found;
            }

            // A traced step of another size is resized, so that the layers' code runs once for all sizes.
            StepGraph? traced = null;
            foreach (ForwardPlan like in _forward)
            {
                traced ??= like.IsLike(inputs) ? like.Step : null;
            }

            StepGraph step = traced is null || size == 0 ? StepGraphs.Forward(model, Batches(inputs, size)) : traced.Resized(size);
            ForwardPlan plan = new(step, Compile(step, threads, $"predict, batch {size}"), threads);
            _forward = [.. _forward.Length == Limit ? _forward[1..] : _forward, plan];
            return plan;
        }
    }

    private static TensorType[] Batches(ReadOnlySpan<TensorType> inputs, int size)
    {
        TensorType[] batches = [.. inputs];
        for (int i = 0; i < batches.Length; i++)
        {
            batches[i] = batches[i] with { Dims = batches[i].Dims.With(0, new Dim(size, StepGraphs.Batch)) };
        }

        return batches;
    }

    /// <summary>Compiles a step and notes it.</summary>
    public Executable Compile(StepGraph step, int threads, string what)
    {
        Executable plan = Executable.Compile(step.Graph, new CompileOptions { Threads = threads, InPlace = step.InPlace });
        lock (_gate)
        {
            _log.Add(what);
        }

        return plan;
    }
}
