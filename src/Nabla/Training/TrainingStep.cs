namespace Nabla;

/// <summary>Training steps over bound data. A step writes its rows in place, runs its plan, and reads one or two numbers: no memory is allocated.</summary>
internal sealed class TrainingStep
{
    private readonly TrainingPlans _plans;
    private readonly TensorBuffer[] _data;
    private readonly TensorBuffer _learningRate = TensorBuffer.Zeros(TensorType.Scalar(DType.Float64));
    private readonly TensorBuffer _seed = TensorBuffer.Zeros(TensorType.Scalar(DType.Int64));
    private readonly Dictionary<int, (Execution Execution, TensorBuffer Rows)> _bound = [];

    public TrainingStep(TrainingPlans plans, TrainingData data)
    {
        _plans = plans;
        _data = [.. data.All.Select(TensorBuffer.Pin)];
    }

    /// <summary>The length of all gradients in the last step; 0 where the optimizer does not clip by it.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>Sets the scalars that stay for an epoch.</summary>
    public void Begin(double learningRate, int seed)
    {
        _learningRate.AsSpan<double>()[0] = learningRate;
        _seed.AsSpan<long>()[0] = seed;
    }

    /// <summary>Trains on the samples at some rows; returns their loss.</summary>
    public double Run(ReadOnlySpan<int> rows)
    {
        if (!_bound.TryGetValue(rows.Length, out (Execution Execution, TensorBuffer Rows) bound))
        {
            bound = Bind(rows.Length);
        }

        rows.CopyTo(bound.Rows.AsSpan<int>());
        bound.Execution.Run();
        GradientNorm = _plans.NormOutput is { } norm ? bound.Execution.Output(norm).AsSpan<double>()[0] : 0;
        return bound.Execution.Output(_plans.LossOutput).AsSpan<double>()[0];
    }

    private (Execution, TensorBuffer) Bind(int size)
    {
        Execution execution = _plans.Bind(size);
        TensorBuffer rows = TensorBuffer.Zeros(new TensorType(DType.Int32, [size]));
        TensorBuffer[] given = [.. _data, rows, _learningRate, _seed];
        for (int i = 0; i < given.Length; i++)
        {
            execution.BindInput(i, given[i]);
        }

        _bound.Add(size, (execution, rows));
        return (execution, rows);
    }
}
