using System.Diagnostics;

namespace Nabla;

/// <summary>The course of a training: epochs of steps, each epoch followed by its validation.</summary>
/// <param name="model">The model that learns.</param>
/// <param name="options">How.</param>
internal sealed class FitLoop(Model model, FitOptions options)
{
    // Often enough to look alive, seldom enough to cost nothing.
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(50);

    private readonly ConsoleProgress? _console =
        options.Verbose == 0 ? null : new ConsoleProgress(Console.Out, (options.Verbose ?? (Console.IsOutputRedirected ? 2 : 1)) == 1);

    private readonly int _threads = options.Threads ?? model.Threads;

    public History Run(Arrays x, Arrays y, CancellationToken cancellation)
    {
        options.Check(model);
        Compilation compilation = model.RequireCompiled(nameof(Model.Fit));
        if (compilation.Losses.FirstOrDefault(l => l.Reduction == Reduction.None) is { } many)
        {
            throw new InvalidOperationException($"{model.ClassName} '{model.Name}': Fit expected a loss that gives one number for a batch, received '{many.Name}' with the reduction none. Use Reduction.SumOverBatchSize.");
        }

        if (!model.Progress.TryBegin())
        {
            throw new InvalidOperationException($"{model.ClassName} '{model.Name}': Fit expected to be the only one, but this model is being fitted already. Wait for that, or fit a copy.");
        }

        try
        {
            (TrainingData data, TrainingData? validation) = Data(x, y);
            return Train(compilation, data, validation, cancellation);
        }
        finally
        {
            model.Progress.End();
        }
    }

    private (TrainingData Training, TrainingData? Validation) Data(Arrays x, Arrays y)
    {
        TrainingData data = DataCheck.Run(model, nameof(Model.Fit), x, y, options.SampleWeight, options.ClassWeight);
        if (options.ValidationData is { } given)
        {
            return (data, DataCheck.Run(model, nameof(Model.Fit), given.X, given.Y, given.SampleWeight, null, "validationData.X", "validationData.Y"));
        }

        if (options.ValidationSplit == 0)
        {
            return (data, null);
        }

        // The last samples, as in Keras: cut before shuffling and never shuffled.
        int kept = (int)Math.Floor(data.Count * (1 - options.ValidationSplit));
        if (kept == 0 || kept == data.Count)
        {
            throw new TrainingDataException($"{model.ClassName} '{model.Name}': Fit expected samples on both sides of the validationSplit of {LogText.Value(options.ValidationSplit)}, received {data.Count} samples, of which {kept} would train. Give more samples or another split.");
        }

        return (data[..kept], data[kept..]);
    }

    private History Train(Compilation compilation, TrainingData data, TrainingData? validation, CancellationToken cancellation)
    {
        model.Progress.Seed = options.Seed ?? model.Progress.Seed;
        if (_console is not null)
        {
            compilation.Say(Console.Out);
            foreach (Advice advice in new EpochsAndSteps().Check(new ModelFacts(model, compilation) { Fit = (data.Count, options.BatchSize, options.Epochs - options.InitialEpoch) }))
            {
                Console.WriteLine(advice.Message);
            }
        }

        History history = new();
        TrainingPlans plans = compilation.TrainingPlans(data, options.BatchSize, _threads);
        Accumulators sums = plans.Sums;
        TrainingStep step = new(plans, data);
        BatchOrder order = new(data.Count);
        for (int epoch = options.InitialEpoch; epoch < options.Epochs; epoch++)
        {
            long began = Stopwatch.GetTimestamp();
            step.Begin(compilation.Optimizer.GivenRate, model.Progress.Seed);
            order.Begin(model.Progress.Seed, model.Progress.Epochs, options.Shuffle);
            sums.Reset();
            bool whole = Epoch(step, order, sums, data.Count, epoch, began, history, cancellation);

            // The next loss would show what a step has broken, but the last step has no next one.
            RequireFiniteWeights(epoch + 1, history.Steps, Steps(data.Count));
            if (!whole)
            {
                history.Cancelled = true;
                break;
            }

            model.Progress.Epochs++;
            List<KeyValuePair<string, double>> logs = [.. sums.Results()];
            if (validation is not null && (epoch + 1) % options.ValidationFrequency == 0)
            {
                logs.AddRange(compilation.Evaluate(validation, options.ValidationBatchSize ?? options.BatchSize, _threads).Select(v => new KeyValuePair<string, double>("val_" + v.Key, v.Value)));
            }

            logs.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
            history.Add(epoch, logs);
            int steps = Steps(data.Count);
            Tell(new TrainingProgress(epoch, options.Epochs, steps, steps, Stopwatch.GetElapsedTime(began), logs));
        }

        // One that was cut off goes on from where it stands; one that is over leaves the averages where they are asked for.
        if (!history.Cancelled)
        {
            compilation.Optimizer.FinalizeVariableValues(compilation.EnsureState());
        }

        return history;
    }

    // False where it was cancelled.
    private bool Epoch(TrainingStep step, BatchOrder order, Accumulators sums, int count, int epoch, long began, History history, CancellationToken cancellation)
    {
        int steps = Steps(count);
        TimeSpan reported = -ReportEvery;
        for (int number = 1, start = 0; start < count; number++, start += options.BatchSize)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            double loss = step.Run(order.Rows(start, Math.Min(options.BatchSize, count - start)));
            if (!double.IsFinite(loss) || !double.IsFinite(step.GradientNorm))
            {
                throw Diverged(loss, step.GradientNorm, epoch + 1, number, steps);
            }

            history.Steps++;
            if ((options.Progress is not null || _console is not null) && Stopwatch.GetElapsedTime(began) is { } now && now - reported >= ReportEvery)
            {
                reported = now;
                Tell(new TrainingProgress(epoch, options.Epochs, number, steps, now, sums));
            }
        }

        return true;
    }

    private int Steps(int count) => (count + options.BatchSize - 1) / options.BatchSize;

    private void Tell(TrainingProgress where)
    {
        options.Progress?.Report(where);
        _console?.Report(where);
    }

    private TrainingDivergedException Diverged(double loss, double norm, int epoch, int step, int steps)
    {
        string[] broken = NotFinite();
        string state = broken.Length == 0
            ? "The step was not applied: the weights are those of the step before."
            : $"The step before made weights that are not finite: {string.Join(", ", broken)}. Load a saved model, or build and compile a new one.";
        string expected = double.IsFinite(loss) ? $"gradients of a finite global norm, received {Named(norm)}" : $"a finite loss, received {Named(loss)}";
        return Diverged($"{expected} in epoch {epoch} at step {step} of {steps}. {state}", epoch, step);
    }

    private void RequireFiniteWeights(int epoch, long made, int steps)
    {
        if (NotFinite() is { Length: > 0 } broken)
        {
            int step = made == 0 ? 0 : (int)((made - 1) % steps) + 1;
            throw Diverged($"finite weights, received NaN or infinity in {string.Join(", ", broken)} after step {step} of {steps} in epoch {epoch}. Load a saved model, or build and compile a new one.", epoch, step);
        }
    }

    private TrainingDivergedException Diverged(string received, int epoch, int step) =>
        new($"{model.ClassName} '{model.Name}': Fit expected {received} Try a smaller learning rate, inputs scaled to about -1..1, or a loss from logits.")
        {
            Epoch = epoch,
            Step = step,
        };

    private string[] NotFinite() => [.. model.Weights.Where(w => !DataScan.AllFinite(w.Value)).Select(w => w.Name)];

    private static string Named(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "infinity" : "-infinity";
}
