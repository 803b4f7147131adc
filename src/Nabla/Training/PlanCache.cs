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
    private readonly OrderedDictionary<(TensorType Type, int Threads), (StepGraph Step, Executable Plan)> _forward = [];
    private readonly List<string> _log = [];

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

    /// <summary>The plan that computes the outputs for inputs of a type.</summary>
    public (StepGraph Step, Executable Plan) Forward(TensorType x, int threads)
    {
        lock (_gate)
        {
            (TensorType, int) key = (x, threads);
            if (!_forward.TryGetValue(key, out (StepGraph, Executable) entry))
            {
                int size = x.Dims[0].Size;

                // A traced step of another size is resized, so that the layers' code runs once for all sizes.
                StepGraph? traced = _forward.Where(e => e.Key.Type.DType == x.DType && e.Key.Type.Dims[1..].SameSizes(x.Dims[1..])).Select(e => e.Value.Step).FirstOrDefault();
                StepGraph step = traced is null || size == 0 ? StepGraphs.Forward(model, x) : traced.Resized(size);
                entry = (step, Compile(step, threads, $"predict, batch {size}"));
                if (_forward.Count == Limit)
                {
                    _forward.RemoveAt(0);
                }

                _forward.Add(key, entry);
            }

            return entry;
        }
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
