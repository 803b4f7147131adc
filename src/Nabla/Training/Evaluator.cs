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

    // Memory of one call at a time.
    private readonly Dictionary<int, Execution> _executions = [];
    private CallbackList? _callbacks;
    private RunningLogs? _logs;

    public Evaluator(Model model, Compilation compilation, TrainingData data, int threads)
    {
        (_model, _compilation, _threads) = (model, compilation, threads);
        _types = data.Types.Batch(1);
        _sums = new Accumulators(compilation.Goals, data.Types.Y, model.OutputTypes);
    }

    /// <summary>Whether the evaluator is for such data.</summary>
    public bool Fits(TrainingData data, int threads) => threads == _threads && _types.Equals(data.Types.Batch(1));

    /// <summary>The loss and metrics over all samples.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Samples a step.</param>
    /// <param name="steps">Steps to take; null for all.</param>
    /// <param name="callbacks">Who is told.</param>
    public EvaluationResult Run(TrainingData data, int batchSize, int? steps = null, CallbackList? callbacks = null)
    {
        Begin(callbacks);
        int step = 0;
        for (int start = 0; start < data.Count && (steps is null || step < steps); start += batchSize, step++)
        {
            Step(data, start, Math.Min(start + batchSize, data.Count), step);
        }

        return End();
    }

    /// <summary>Starts from nothing.</summary>
    public void Begin(CallbackList? callbacks)
    {
        _callbacks = callbacks is { Any: true } ? callbacks : null;
        _logs = new RunningLogs(_sums.Results);
        _sums.Reset();
        _callbacks?.Each(c => c.OnTestBegin());
    }

    /// <summary>Adds some samples.</summary>
    public void Step(TrainingData data, int start, int end, int step)
    {
        if (!_executions.TryGetValue(end - start, out Execution? execution))
        {
            (StepGraph graph, Executable plan) = Plan(data, end - start);
            execution = graph.Bind(plan);
            _executions.Add(end - start, execution);
        }

        for (int i = 0; i < data.All.Count; i++)
        {
            execution.BindInput(i, TensorBuffer.Pin(data.All[i][start..end]));
        }

        _callbacks?.Each(c => c.OnTestBatchBegin(step));
        execution.Run();
        if (_callbacks is not null)
        {
            _logs!.Forget();
            _callbacks.Each(c => c.OnTestBatchEnd(step, _logs));
        }
    }

    /// <summary>What was gathered.</summary>
    public EvaluationResult End()
    {
        // The data's memory is let go of.
        _executions.Clear();
        EvaluationResult result = new(_sums.Results());
        _callbacks?.Each(c => c.OnTestEnd(result));
        _callbacks = null;
        return result;
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
