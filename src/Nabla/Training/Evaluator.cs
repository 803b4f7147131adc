namespace Nabla;

/// <summary>Measures loss and metrics on data, batch by batch, in place of the data's own memory.</summary>
/// <param name="model">The model.</param>
/// <param name="compilation">Its loss and metrics.</param>
internal sealed class Evaluator(Model model, Compilation compilation)
{
    private readonly Dictionary<int, (StepGraph Step, Execution Execution)> _plans = [];
    private Accumulators? _sums;

    /// <summary>The loss and metrics over all samples; plans are kept for the next call with data of the same type.</summary>
    public EvaluationResult Run(TrainingData data, int batchSize, int threads)
    {
        _sums ??= new Accumulators(compilation.Metrics, data.Y.Type, model.OutputType!);
        _sums.Reset();
        for (int start = 0; start < data.Count; start += batchSize)
        {
            int end = Math.Min(start + batchSize, data.Count);
            Execution execution = Plan(data, end - start, threads);
            execution.BindInput(0, TensorBuffer.Pin(data.X[start..end]));
            execution.BindInput(1, TensorBuffer.Pin(data.Y[start..end]));
            execution.Run();
        }

        return new EvaluationResult(_sums.Results());
    }

    private Execution Plan(TrainingData data, int size, int threads)
    {
        if (!_plans.TryGetValue(size, out (StepGraph Step, Execution Execution) plan))
        {
            StepGraph step = _plans.Count == 0
                ? StepGraphs.Evaluate(model, compilation.Loss!, _sums!, BatchOf(data.X, size), BatchOf(data.Y, size))
                : _plans.Values.First().Step.Resized(size);
            plan = (step, step.Bind(model.Plans.Compile(step, threads, $"evaluate, batch {size}")));
            _plans.Add(size, plan);
        }

        return plan.Execution;
    }

    private static TensorType BatchOf(NDArray data, int size) => data.Type with { Dims = data.Dims.With(0, new Dim(size, StepGraphs.Batch)) };
}
