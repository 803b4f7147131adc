namespace Nabla;

/// <summary>The compiled loss and gradients of batches of certain types, without an optimizer's step.</summary>
internal sealed class GradientPlans
{
    private const int Limit = 32;

    private readonly Model _model;
    private readonly Compilation _compilation;
    private readonly DataTypes _types;
    private readonly int _threads;
    private readonly TensorBuffer _seed = TensorBuffer.Zeros(TensorType.Scalar(DType.Int64));
    private readonly Dictionary<int, Execution> _bound = [];
    private readonly Lock _gate = new();
    private StepGraph? _recorded;

    public GradientPlans(Model model, Compilation compilation, TrainingData batch, int threads)
    {
        (_model, _compilation, _threads) = (model, compilation, threads);
        _types = batch.Types.Batch(1);
    }

    /// <summary>Whether the plans are for such batches.</summary>
    public bool Fits(TrainingData batch, int threads) => threads == _threads && _types.Equals(batch.Types.Batch(1));

    /// <summary>The loss of a batch and its gradients.</summary>
    public (double Loss, IReadOnlyList<(NDArray Gradient, Variable Variable)> Gradients) Run(TrainingData batch, int seed)
    {
        lock (_gate)
        {
            if (!_bound.TryGetValue(batch.Count, out Execution? execution))
            {
                StepGraph step = _recorded is null ? _recorded = StepGraphs.Gradients(_model, _compilation, batch.Types.Batch(batch.Count)) : _recorded.Resized(batch.Count);
                execution = step.Bind(_model.Plans.Compile(step, _threads, $"gradients, batch {batch.Count}"));
                execution.BindInput(batch.All.Count, _seed);
                if (_bound.Count == Limit)
                {
                    _bound.Clear();
                }

                _bound.Add(batch.Count, execution);
            }

            for (int i = 0; i < batch.All.Count; i++)
            {
                execution.BindInput(i, TensorBuffer.Pin(batch.All[i]));
            }

            _seed.AsSpan<long>()[0] = seed;
            execution.Run();
            int first = _recorded!.Writes.Count;
            IReadOnlyList<Variable> weights = _compilation.EnsureState().Weights;
            return (execution.Output(first).AsSpan<double>()[0], [.. weights.Select((w, i) => (execution.Output(first + 1 + i).ToArray(), w))]);
        }
    }
}
