using System.Diagnostics;

namespace Nabla;

/// <summary>The course of a training: epochs of steps, each epoch followed by its validation and by what callbacks do.</summary>
/// <param name="model">The model that learns.</param>
/// <param name="options">How.</param>
internal sealed class FitLoop(Model model, FitOptions options)
{
    // Often enough to look alive, seldom enough to cost nothing.
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(50);

    private readonly ConsoleProgress? _console =
        options.Verbose == 0 ? null : new ConsoleProgress(Console.Out, (options.Verbose ?? (Console.IsOutputRedirected ? 2 : 1)) == 1);

    private readonly int _threads = options.Threads ?? model.Threads;
    private readonly History _history = new();
    private StepSource _source = null!;
    private CallbackList _callbacks = null!;
    private RunningLogs _logs = null!;
    private int _epoch;
    private int _step;

    /// <summary>Where the steps come from, for callbacks that explain them.</summary>
    public StepSource Source => _source;

    /// <summary>The samples held out; null where there are none at hand.</summary>
    public TrainingData? Held { get; private set; }

    private string Who => $"{model.ClassName} '{model.Name}': Fit";

    /// <summary>Learns from arrays.</summary>
    public History Run(Arrays x, Arrays y, CancellationToken cancellation) => Guarded(compilation =>
    {
        (TrainingData data, TrainingData? held) = FitData.Split(model, options, x, y);
        _source = new ArraySteps(compilation, data, options, _threads);
        return Train(compilation, held is null ? Given(compilation) : Of(compilation, held), cancellation);
    });

    /// <summary>Learns from a stream.</summary>
    public History Run(BatchReader batches, CancellationToken cancellation) => Guarded(compilation =>
    {
        FitData.CheckStream(model, options);
        using (batches)
        {
            try
            {
                _source = new StreamSteps(model, compilation, batches, options, _threads);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                _history.Cancelled = true;
                return _history;
            }

            return Train(compilation, Given(compilation), cancellation);
        }
    });

    /// <summary>Where the training stands now.</summary>
    public TrainingPosition Capture()
    {
        Optimizer optimizer = model.Optimizer!;
        return new TrainingPosition(
            _epoch, _step, _history.Steps, _source.Consumed, _source.Layout, model.StopTraining, model.Progress.Seed, model.Progress.Epochs,
            optimizer.Schedule is null ? optimizer.LearningRate : null, TrainingPosition.Gather(_source.Sums, _history, _callbacks));
    }

    private History Guarded(Func<Compilation, History> run)
    {
        options.Check(model);
        Compilation compilation = model.RequireCompiled(nameof(Model.Fit));
        if (compilation.Losses.FirstOrDefault(l => l.Reduction == Reduction.None) is { } many)
        {
            throw new InvalidOperationException($"{Who} expected a loss that gives one number for a batch, received '{many.Name}' with the reduction none. Use Reduction.SumOverBatchSize.");
        }

        if (!model.Progress.TryBegin())
        {
            throw new InvalidOperationException($"{Who} expected to be the only one, but this model is being fitted already. Wait for that, or fit a copy.");
        }

        try
        {
            return run(compilation);
        }
        finally
        {
            compilation.Running = null;
            model.Progress.End();
        }
    }

    private Validation? Given(Compilation compilation) => options switch
    {
        { ValidationData: { } given } => Of(compilation, DataCheck.Run(model, nameof(Model.Fit), given.X, given.Y, given.SampleWeight, null, "validationData.X", "validationData.Y")),
        { ValidationBatches: { } batches } => new Validation.OfStream(model, compilation, batches, options, options.ValidationSteps, _threads, nameof(Model.Fit)),
        _ => null,
    };

    private Validation.OfArrays Of(Compilation compilation, TrainingData data) =>
        new(compilation, data, options.ValidationBatchSize ?? options.BatchSize, options.ValidationSteps, _threads);

    private History Train(Compilation compilation, Validation? validation, CancellationToken cancellation)
    {
        model.Progress.Seed = options.Seed ?? model.Progress.Seed;
        model.StopTraining = false;
        if (_console is not null)
        {
            compilation.Say(Console.Out);
            if (_source.Count is { } samples)
            {
                foreach (Advice advice in new EpochsAndSteps().Check(new ModelFacts(model, compilation) { Fit = (samples, options.BatchSize, options.Epochs - options.InitialEpoch) }))
                {
                    Console.WriteLine(advice.Message);
                }
            }
        }

        Held = (validation as Validation.OfArrays)?.Data;

        // Made before callbacks begin: a backup is put back into it.
        compilation.EnsureState();
        compilation.Running = this;
        Accumulators sums = _source.Sums;
        _logs = new RunningLogs(sums.Results);
        IReadOnlyList<string> keys = Keys(sums, validation is not null);
        _callbacks = new CallbackList(model, options.Callbacks, new FitParameters(options.Verbose ?? 1, options.Epochs, _source.Steps, keys));
        bool isChecked = _callbacks.IsKnown;
        if (isChecked)
        {
            _callbacks.Each(c => c.CheckKeys(keys));
        }

        _callbacks.Each(c => c.OnTrainBegin());
        (int epoch, int step, long consumed) = Start(compilation);
        IReadOnlyDictionary<string, double> last = new Dictionary<string, double>();
        for (bool isFirst = true; epoch < options.Epochs && (!model.StopTraining || step > 0); epoch++, step = 0, isFirst = false)
        {
            (_epoch, _step) = (epoch, step);
            if (cancellation.IsCancellationRequested)
            {
                _history.Cancelled = true;
                break;
            }

            long began = Stopwatch.GetTimestamp();
            if (step == 0)
            {
                sums.Reset();
                _callbacks.Each(c => c.OnEpochBegin(epoch));
            }

            _source.Begin(model.Progress.Seed, model.Progress.Epochs, step, isFirst ? consumed : null);
            bool whole = Epoch(compilation.Optimizer, step, began, cancellation);
            if (Divergence.OfWeights(model, epoch + 1, _step, _source.Steps, _history) is { } broken)
            {
                _callbacks.Each(c => c.WeightsBroke(_step - 1));
                throw broken;
            }

            if (!whole)
            {
                _history.Cancelled = true;
                break;
            }

            OrderedDictionary<string, double> logs = Measure(validation, epoch);
            _callbacks.Each(c => c.OnEpochEnd(epoch, logs));
            if (!isChecked)
            {
                isChecked = true;
                _callbacks.Each(c => c.CheckKeys([.. keys, .. logs.Keys.Except(keys)]));
            }

            _history.Add(epoch, logs);
            TrainingMeter.Epoch(model.Name);
            int steps = _source.Steps ?? _step;
            Tell(new TrainingProgress(epoch, options.Epochs, steps, steps, Stopwatch.GetElapsedTime(began), logs));
            model.Progress.Epochs++;
            (_epoch, _step) = (epoch + 1, 0);
            _callbacks.Each(c => c.KeepEpoch(epoch, logs));
            last = logs;
        }

        return End(compilation, last);
    }

    // A training that was cut off goes on from where it stands; one that is over leaves averaged weights where they are asked for.
    private History End(Compilation compilation, IReadOnlyDictionary<string, double> last)
    {
        if (_history.Cancelled)
        {
            _callbacks.Each(c => c.KeepCancelled());
            compilation.Position = Capture();
        }
        else
        {
            compilation.Optimizer.FinalizeVariableValues(compilation.EnsureState());
        }

        _callbacks.Each(c => c.OnTrainEnd(last));
        if (!_history.Cancelled)
        {
            _callbacks.Each(c => c.Finished());
        }

        return _history;
    }

    // Where to begin: at the first epoch asked for, or where a training was interrupted.
    private (int Epoch, int Step, long Consumed) Start(Compilation compilation)
    {
        TrainingPosition? position = compilation.Position;
        compilation.Position = null;
        bool must = options.Resume == true || position is { IsBackup: true };
        if (position is null)
        {
            return options.Resume != true
                ? (options.InitialEpoch, 0, 0)
                : throw new InvalidOperationException($"{Who} expected a training to go on with (Resume = true), but this model has none: it was not loaded from a file that a training has written, and no Fit of it was cancelled. Leave Resume out to start anew.");
        }

        bool isSame = position.Layout == _source.Layout && (options.Seed is null || options.Seed == position.Seed);
        if (must && !isSame)
        {
            throw new InvalidOperationException($"{Who} expected the data of the training that goes on ({position.Layout}; seed {position.Seed}), received {_source.Layout}; seed {options.Seed ?? position.Seed}. Give the same data and options, or start anew: {(position.IsBackup ? "delete the backup" : "say Resume = false")}.");
        }

        bool asked = options.InitialEpoch == 0 || options.InitialEpoch == position.Epoch;
        if (!must && (options.Resume == false || position.Step == 0 || position.Epoch >= options.Epochs || !isSame || !asked))
        {
            return (options.InitialEpoch, 0, 0);
        }

        position.Restore(_source.Sums, _history, _callbacks, Who);
        model.StopTraining = position.IsStopped;

        // A backup is put into a model made anew. Everywhere else the optimizer has its rate, or the one that its user has set since.
        if (position is { IsBackup: true, LearningRate: { } rate } && compilation.Optimizer.Schedule is null)
        {
            compilation.Optimizer.LearningRate = rate;
        }

        return (position.Epoch, position.Step, position.Consumed);
    }

    // False where it was cancelled.
    private bool Epoch(Optimizer optimizer, int first, long began, CancellationToken cancellation)
    {
        bool watched = _callbacks.Any;
        double rate = optimizer.GivenRate;
        TimeSpan reported = -ReportEvery;
        for (int step = first; !model.StopTraining; step++)
        {
            if (cancellation.IsCancellationRequested && step < (_source.Steps ?? int.MaxValue))
            {
                return false;
            }

            try
            {
                if (!_source.Next(step))
                {
                    break;
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // A stream that is waited for may hear of it first.
                return false;
            }

            if (watched)
            {
                _callbacks.TrainBatchBegin(step);
                rate = optimizer.GivenRate;
            }

            long started = TrainingMeter.IsWatched ? Stopwatch.GetTimestamp() : 0;
            double loss = _source.Run(rate);
            _history.Steps++;
            _step = step + 1;
            if (started != 0)
            {
                TrainingMeter.Step(model.Name, loss, _source.Samples, Stopwatch.GetElapsedTime(started));
            }

            bool isGood = double.IsFinite(loss) && double.IsFinite(_source.GradientNorm);
            if (!isGood && !_callbacks.Catches(step))
            {
                throw Divergence.At(model, loss, _source.GradientNorm, _epoch + 1, step + 1, _source.Steps, _history);
            }

            model.StopTraining |= !isGood;
            if (watched)
            {
                _logs.Forget();
                _callbacks.TrainBatchEnd(step, _logs);
                _callbacks.KeepBatch(_epoch, step, _logs);
            }

            if ((options.Progress is not null || _console is not null) && Stopwatch.GetElapsedTime(began) is { } now && now - reported >= ReportEvery)
            {
                reported = now;
                Tell(new TrainingProgress(_epoch, options.Epochs, step + 1, _source.Steps ?? 0, now, _source.Sums));
            }
        }

        return true;
    }

    private OrderedDictionary<string, double> Measure(Validation? validation, int epoch)
    {
        List<KeyValuePair<string, double>> logs = [.. _source.Sums.Results()];
        if (validation is not null && (epoch + 1) % options.ValidationFrequency == 0)
        {
            logs.AddRange(validation.Run(_callbacks).Select(v => new KeyValuePair<string, double>("val_" + v.Key, v.Value)));
        }

        return new(logs.OrderBy(l => l.Key, StringComparer.Ordinal));
    }

    private string[] Keys(Accumulators sums, bool validates) =>
    [
        .. sums.Keys,
        .. validates ? sums.Keys.Select(k => "val_" + k) : [],
        .. options.Callbacks.Any(c => c is LearningRateScheduler or ReduceLROnPlateau) ? ["learning_rate"] : Array.Empty<string>(),
    ];

    private void Tell(TrainingProgress where)
    {
        options.Progress?.Report(where);
        _console?.Report(where);
    }
}
