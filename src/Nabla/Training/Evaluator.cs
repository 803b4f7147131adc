namespace Nabla;

/// <summary>Measures loss and metrics on data of certain types, batch by batch, in place of the data's own memory. For one caller at a time.</summary>
internal sealed class Evaluator
{
    private readonly Model _model;
    private readonly Compilation _compilation;
    private readonly DataTypes _types;
    private readonly int _threads;
    private readonly Accumulators _sums;
    private readonly Dictionary<int, (StepGraph Step, Executable Plan)> _plans = [];

    public Evaluator(Model model, Compilation compilation, TrainingData data, int threads)
    {
        (_model, _compilation, _threads) = (model, compilation, threads);
        _types = data.Types.Batch(1);
        _sums = new Accumulators(compilation.Goals, data.Types.Y, model.OutputTypes);
    }

    /// <summary>Whether the evaluator is for such data.</summary>
    public bool Fits(TrainingData data, int threads) => threads == _threads && _types.Equals(data.Types.Batch(1));

    /// <summary>The loss and metrics over all samples.</summary>
    public EvaluationResult Run(TrainingData data, int batchSize)
    {
        // Memory of this call alone: the data's is let go of with it.
        Dictionary<int, Execution> executions = [];
        _sums.Reset();
        for (int start = 0; start < data.Count; start += batchSize)
        {
            int end = Math.Min(start + batchSize, data.Count);
            if (!executions.TryGetValue(end - start, out Execution? execution))
            {
                (StepGraph step, Executable plan) = Plan(data, end - start);
                execution = step.Bind(plan);
                executions.Add(end - start, execution);
            }

            for (int i = 0; i < data.All.Count; i++)
            {
                execution.BindInput(i, TensorBuffer.Pin(data.All[i][start..end]));
            }

            execution.Run();
        }

        return new EvaluationResult(_sums.Results());
    }

    private (StepGraph Step, Executable Plan) Plan(TrainingData data, int size)
    {
        if (!_plans.TryGetValue(size, out (StepGraph Step, Executable Plan) entry))
        {
            StepGraph step = _plans.Count == 0
                ? StepGraphs.Evaluate(_model, _compilation, _sums, data.Types.Batch(size))
                : _plans.Values.First().Step.Resized(size);
            entry = (step, _model.Plans.Compile(step, _threads, $"evaluate, batch {size}"));
            _plans.Add(size, entry);
        }

        return entry;
    }
}
