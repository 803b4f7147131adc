namespace Nabla;

/// <summary>
/// The compiled training step for data of certain types: one plan for full batches and one for the last, smaller batch. Kept between calls, so
/// that fitting again with such data compiles nothing.
/// </summary>
internal sealed class TrainingPlans
{
    private readonly Model _model;
    private readonly (DataTypes Types, int BatchSize, int Threads) _key;
    private readonly Dictionary<int, (StepGraph Step, Executable Plan)> _plans = [];
    private readonly StepGraph _step;
    private readonly int _recorded;

    public TrainingPlans(Model model, Compilation compilation, TrainingData data, int batchSize, int threads)
    {
        _model = model;
        _key = (data.Types, batchSize, threads);
        _recorded = Math.Min(batchSize, data.Count);
        Sums = new Accumulators(compilation.Goals, data.Types.Y, model.OutputTypes);
        _step = StepGraphs.Train(model, compilation, Sums, data.Types, _recorded);
    }

    /// <summary>The sums that the steps add to.</summary>
    public Accumulators Sums { get; }

    /// <summary>The output that is the batch's loss.</summary>
    public int LossOutput => _step.Writes.Count;

    /// <summary>The output that is the length of all gradients together; null where the optimizer does not clip by it.</summary>
    public int? NormOutput => _step.Graph.Outputs.Length > LossOutput + 1 ? LossOutput + 1 : null;

    /// <summary>Whether the plans are for such data.</summary>
    public bool Fits(TrainingData data, int batchSize, int threads) => _key == (data.Types, batchSize, threads);

    /// <summary>Memory for steps of a size, with every variable bound; the caller binds the data.</summary>
    public Execution Bind(int size)
    {
        if (!_plans.TryGetValue(size, out (StepGraph Step, Executable Plan) entry))
        {
            StepGraph step = size == _recorded ? _step : _step.Resized(size);
            entry = (step, _model.Plans.Compile(step, _key.Threads, $"train, batch {size} of {_key.Types.X[0].Dims[0].Size}"));
            _plans.Add(size, entry);
        }

        return entry.Step.Bind(entry.Plan);
    }
}
