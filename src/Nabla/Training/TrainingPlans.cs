namespace Nabla;

/// <summary>
/// The compiled training step for data of certain types: one plan for full batches and one for the last, smaller batch. Kept between calls, so
/// that fitting again with such data compiles nothing.
/// </summary>
internal sealed class TrainingPlans
{
    private readonly Model _model;
    private readonly (TensorType X, TensorType Y, int BatchSize, int Threads) _key;
    private readonly Dictionary<int, (StepGraph Step, Executable Plan)> _plans = [];
    private readonly StepGraph _step;

    public TrainingPlans(Model model, Compilation compilation, TrainingData data, int batchSize, int threads)
    {
        _model = model;
        _key = Key(data, batchSize, threads);
        Sums = new Accumulators(compilation.Metrics, data.Y.Type, model.OutputType!);
        _step = StepGraphs.Train(model, compilation, Sums, data.X.Type, data.Y.Type, Math.Min(batchSize, data.Count));
    }

    /// <summary>The sums that the steps add to.</summary>
    public Accumulators Sums { get; }

    /// <summary>The output that is the batch's loss.</summary>
    public int LossOutput => _step.Writes.Count;

    /// <summary>The output that is the length of all gradients together; null where the optimizer does not clip by it.</summary>
    public int? NormOutput => _step.Graph.Outputs.Length > LossOutput + 1 ? LossOutput + 1 : null;

    /// <summary>Whether the plans are for such data.</summary>
    public bool Fit(TrainingData data, int batchSize, int threads) => _key == Key(data, batchSize, threads);

    /// <summary>Memory for steps of a size, with every variable bound; the caller binds the data.</summary>
    public Execution Bind(int size)
    {
        if (!_plans.TryGetValue(size, out (StepGraph Step, Executable Plan) entry))
        {
            StepGraph step = size == _step.Graph.Inputs[2].TensorType.Dims[0].Size ? _step : _step.Resized(size);
            entry = (step, _model.Plans.Compile(step, _key.Threads, $"train, batch {size} of {_key.X.Dims[0].Size}"));
            _plans.Add(size, entry);
        }

        return entry.Step.Bind(entry.Plan);
    }

    private static (TensorType, TensorType, int, int) Key(TrainingData data, int batchSize, int threads) => (data.X.Type, data.Y.Type, batchSize, threads);
}
