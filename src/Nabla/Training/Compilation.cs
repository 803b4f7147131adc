namespace Nabla;

/// <summary>What compiling decided, and what the optimizer remembers since.</summary>
internal sealed class Compilation
{
    // Training and test data of a few types, each from a few threads.
    private const int IdleLimit = 8;

    private readonly Model _model;
    private readonly Goals _given;
    private readonly Lock _gate = new();
    private readonly List<Evaluator> _idle = [];
    private readonly HashSet<string> _said = [];
    private IReadOnlyList<Goal>? _goals;
    private TrainingPlans? _training;
    private BatchPlans? _batches;
    private GradientPlans? _gradients;

    public Compilation(Model model, Optimizer? optimizer, Goals goals)
    {
        _model = model;
        _given = goals;
        Optimizer = optimizer ?? new RMSprop();
        IsOptimizerGiven = optimizer is not null;

        // What does not fit the outputs is said at once where they are known.
        if (model.Built)
        {
            _ = Goals;
        }
    }

    public Optimizer Optimizer { get; }

    /// <summary>Every loss that was given.</summary>
    public IReadOnlyList<Loss> Losses => _given.Losses;

    /// <summary>The first loss that was given.</summary>
    public Loss? Loss => Losses.Count > 0 ? Losses[0] : null;

    /// <summary>The metrics as given; <c>"accuracy"</c> is still a name here.</summary>
    public IReadOnlyList<Metric> Metrics => _given.Metrics;

    /// <summary>What is asked of each output; the model is built.</summary>
    public IReadOnlyList<Goal> Goals => _goals ??= _given.For(_model.OutputNames);

    /// <summary>Whether an optimizer was named, or the default taken.</summary>
    public bool IsOptimizerGiven { get; }

    /// <summary>What the optimizer remembers; null until the first step is made ready.</summary>
    public OptimizerState? State { get; set; }

    /// <summary>Prints what there is to say and was not said yet: some of it is known only once the model is built.</summary>
    public void Say(TextWriter output)
    {
        foreach (string note in _model.CompileNotes.Where(_said.Add))
        {
            output.WriteLine($"Note: {note}");
        }
    }

    /// <summary>The weights that training changes and the optimizer's memory of them, made at the first use after compiling.</summary>
    public OptimizerState EnsureState() => State ??= Optimizer.Begin(_model.TrainableWeights);

    /// <summary>The compiled training step for such data, kept for the next call with the like. One caller at a time.</summary>
    public TrainingPlans TrainingPlans(TrainingData data, int batchSize, int threads) =>
        _training is not null && _training.Fits(data, batchSize, threads) ? _training : _training = new TrainingPlans(_model, this, data, batchSize, threads);

    /// <summary>Where a training stands that was interrupted; null where none was.</summary>
    public TrainingPosition? Position { get; set; }

    /// <summary>The training under way; null where there is none.</summary>
    public FitLoop? Running { get; set; }

    /// <summary>The compiled training step for batches that come alone, kept for the next of the like. One caller at a time.</summary>
    public BatchPlans BatchPlans(TrainingData batch, int threads) =>
        _batches is not null && _batches.Fits(batch, threads) ? _batches : _batches = new BatchPlans(_model, this, batch, threads);

    /// <summary>The compiled loss and gradients of batches, kept for the next of the like.</summary>
    public GradientPlans GradientPlans(TrainingData batch, int threads) =>
        _gradients is { } plans && plans.Fits(batch, threads) ? plans : _gradients = new GradientPlans(_model, this, batch, threads);

    /// <summary>The loss and metrics over data. Callers at the same time each get an evaluator with memory of its own; idle ones are kept.</summary>
    public EvaluationResult Evaluate(TrainingData data, int batchSize, int threads, int? steps = null, CallbackList? callbacks = null)
    {
        Evaluator evaluator = Rent(data, threads);
        EvaluationResult result = evaluator.Run(data, batchSize, steps, callbacks);
        Return(evaluator);
        return result;
    }

    /// <summary>The loss and metrics over batches of one kind, which come one after the other.</summary>
    public EvaluationResult Evaluate(IEnumerable<TrainingData> batches, int threads, CallbackList? callbacks)
    {
        Evaluator? evaluator = null;
        int step = 0;
        foreach (TrainingData batch in batches)
        {
            if (evaluator is null)
            {
                evaluator = Rent(batch, threads);
                evaluator.Begin(callbacks);
            }
            else if (!evaluator.Fits(batch, threads))
            {
                throw new TrainingDataException($"{_model.ClassName} '{_model.Name}': Evaluate expected batches like the first, received another kind as batch {step + 1} ({string.Join(", ", batch.All.Select(a => a.Type))}). Give all batches the same element types and dims, with sample weights in all or in none.");
            }

            evaluator.Step(batch, 0, batch.Count, step++);
        }

        EvaluationResult result = evaluator!.End();
        Return(evaluator);
        return result;
    }

    private Evaluator Rent(TrainingData data, int threads)
    {
        lock (_gate)
        {
            Evaluator? evaluator = _idle.Find(e => e.Fits(data, threads));
            if (evaluator is not null)
            {
                _idle.Remove(evaluator);
                return evaluator;
            }
        }

        return new Evaluator(_model, this, data, threads);
    }

    private void Return(Evaluator evaluator)
    {
        lock (_gate)
        {
            if (_idle.Count < IdleLimit)
            {
                _idle.Add(evaluator);
            }
        }
    }
}
