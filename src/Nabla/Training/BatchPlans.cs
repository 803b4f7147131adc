namespace Nabla;

/// <summary>The compiled training step for batches that come alone, of certain types and any size: recorded once, resized for each size that comes.</summary>
internal sealed class BatchPlans
{
    // A stream of many sizes would otherwise keep a plan for each.
    private const int Limit = 32;

    private readonly Model _model;
    private readonly Compilation _compilation;
    private readonly DataTypes _types;
    private readonly int _threads;
    private readonly TensorBuffer _learningRate = TensorBuffer.Zeros(TensorType.Scalar(DType.Float64));
    private readonly TensorBuffer _seed = TensorBuffer.Zeros(TensorType.Scalar(DType.Int64));
    private readonly Dictionary<int, Execution> _bound = [];
    private StepGraph? _recorded;

    public BatchPlans(Model model, Compilation compilation, TrainingData batch, int threads)
    {
        (_model, _compilation, _threads) = (model, compilation, threads);
        _types = batch.Types.Batch(1);
        Sums = new Accumulators(compilation.Goals, batch.Types.Y, model.OutputTypes);
    }

    /// <summary>The sums that the steps add to.</summary>
    public Accumulators Sums { get; }

    /// <summary>The length of all gradients in the last step; 0 where the optimizer does not clip by it.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>Whether the plans are for such batches.</summary>
    public bool Fits(TrainingData batch, int threads) => threads == _threads && _types.Equals(batch.Types.Batch(1));

    /// <summary>What batches must be like.</summary>
    public override string ToString() => string.Join(", ", _types.X.Concat(_types.Y).Concat(_types.W.OfType<TensorType>()));

    /// <summary>Trains on a batch; returns its loss.</summary>
    public double Run(TrainingData batch, double learningRate, int seed)
    {
        if (!_bound.TryGetValue(batch.Count, out Execution? execution))
        {
            execution = Bind(batch);
        }

        for (int i = 0; i < batch.All.Count; i++)
        {
            execution.BindInput(i, TensorBuffer.Pin(batch.All[i]));
        }

        _learningRate.AsSpan<double>()[0] = learningRate;
        _seed.AsSpan<long>()[0] = seed;
        execution.Run();
        int loss = _recorded!.Writes.Count;
        GradientNorm = _recorded.Graph.Outputs.Length > loss + 1 ? execution.Output(loss + 1).AsSpan<double>()[0] : 0;
        return execution.Output(loss).AsSpan<double>()[0];
    }

    private Execution Bind(TrainingData batch)
    {
        int size = batch.Count;
        StepGraph step = _recorded is null ? _recorded = StepGraphs.Train(_model, _compilation, Sums, batch.Types.Batch(size), rows: null) : _recorded.Resized(size);
        Execution execution = step.Bind(_model.Plans.Compile(step, _threads, $"train, batch {size}"));
        execution.BindInput(batch.All.Count, _learningRate);
        execution.BindInput(batch.All.Count + 1, _seed);
        if (_bound.Count == Limit)
        {
            _bound.Clear();
        }

        _bound.Add(size, execution);
        return execution;
    }
}
