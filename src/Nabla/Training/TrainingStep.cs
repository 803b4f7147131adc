namespace Nabla;

/// <summary>
/// Training steps over bound data: one plan for full batches and one for the last, smaller batch. A step writes its rows in place, runs the
/// plan, and reads one number: no memory is allocated.
/// </summary>
internal sealed class TrainingStep
{
    private readonly StepGraph _step;
    private readonly Model _model;
    private readonly TrainingData _data;
    private readonly int _threads;
    private readonly TensorBuffer _samples;
    private readonly TensorBuffer _labels;
    private readonly TensorBuffer _learningRate = TensorBuffer.Zeros(TensorType.Scalar(DType.Float64));
    private readonly TensorBuffer _seed = TensorBuffer.Zeros(TensorType.Scalar(DType.Int64));
    private readonly Dictionary<int, (Execution Execution, TensorBuffer Rows)> _plans = [];
    private readonly int _lossOutput;

    public TrainingStep(Model model, Compilation compilation, Accumulators sums, TrainingData data, int batchSize, int threads)
    {
        (_model, _data, _threads) = (model, data, threads);
        _samples = TensorBuffer.Pin(data.X);
        _labels = TensorBuffer.Pin(data.Y);
        _step = StepGraphs.Train(model, compilation, sums, data.X.Type, data.Y.Type, Math.Min(batchSize, data.Count));
        _lossOutput = _step.Writes.Count;
    }

    /// <summary>Sets the scalars that stay for an epoch.</summary>
    public void Begin(double learningRate, int seed)
    {
        _learningRate.AsSpan<double>()[0] = learningRate;
        _seed.AsSpan<long>()[0] = seed;
    }

    /// <summary>Trains on the samples at some rows; returns their loss.</summary>
    public double Run(ReadOnlySpan<int> rows)
    {
        if (!_plans.TryGetValue(rows.Length, out (Execution Execution, TensorBuffer Rows) plan))
        {
            plan = Prepare(rows.Length);
        }

        rows.CopyTo(plan.Rows.AsSpan<int>());
        plan.Execution.Run();
        return plan.Execution.Output(_lossOutput).AsSpan<double>()[0];
    }

    private (Execution, TensorBuffer) Prepare(int size)
    {
        StepGraph step = size == _step.Graph.Inputs[2].TensorType.Dims[0].Size ? _step : _step.Resized(size);
        Execution execution = step.Bind(_model.Plans.Compile(step, _threads, $"train, batch {size} of {_data.Count}"));
        TensorBuffer rows = TensorBuffer.Zeros(new TensorType(DType.Int32, [size]));
        execution.BindInput(0, _samples);
        execution.BindInput(1, _labels);
        execution.BindInput(2, rows);
        execution.BindInput(3, _learningRate);
        execution.BindInput(4, _seed);
        _plans.Add(size, (execution, rows));
        return (execution, rows);
    }
}
