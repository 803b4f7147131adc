namespace Nabla;

/// <summary>
/// Sets the learning rate before each epoch by a function of yours, and writes it to the logs.
/// </summary>
/// <example><code>
/// model.Fit(x, y, epochs: 3, verbose: 0, callbacks: [new LearningRateScheduler((epoch, rate) => epoch &lt; 2 ? rate : rate * 0.5)]);
/// </code></example>
public sealed class LearningRateScheduler : Callback
{
    private readonly Func<int, double, double> _schedule;
    private readonly bool _verbose;

    /// <summary>A schedule by epoch.</summary>
    /// <param name="schedule">From the epoch, counted from 0, and the learning rate so far to the next one.</param>
    /// <param name="verbose">1 says what it sets.</param>
    public LearningRateScheduler(Func<int, double, double> schedule, int verbose = 0)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        (_schedule, _verbose) = (schedule, verbose > 0);
    }

    /// <summary>A schedule by epoch.</summary>
    /// <param name="schedule">From the epoch, counted from 0, to the learning rate.</param>
    /// <param name="verbose">1 says what it sets.</param>
    public LearningRateScheduler(Func<int, double> schedule, int verbose = 0)
        : this((epoch, _) => schedule(epoch), verbose) => ArgumentNullException.ThrowIfNull(schedule);

    /// <inheritdoc/>
    public override void OnTrainBegin() => RequireNumber(Model, nameof(LearningRateScheduler));

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch)
    {
        double rate = _schedule(epoch, Model.Optimizer!.LearningRate);
        if (!double.IsFinite(rate) || rate < 0)
        {
            throw new InvalidOperationException($"LearningRateScheduler: expected the schedule to give a learning rate of 0 or more for epoch {epoch}, received {LogText.Exact(rate)}.");
        }

        Model.Optimizer.LearningRate = rate;
        if (_verbose)
        {
            Console.WriteLine($"Epoch {epoch + 1}: LearningRateScheduler setting learning rate to {LogText.Exact(rate)}.");
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double> logs) => logs["learning_rate"] = Model.Optimizer!.LearningRate;

    /// <summary>Refuses an optimizer whose schedule is in charge already.</summary>
    internal static void RequireNumber(Model model, string who)
    {
        if (model.Optimizer?.Schedule is { } schedule)
        {
            throw new InvalidOperationException($"{who}: expected an optimizer whose learning rate is a number, received one with the schedule '{schedule.Name}' in charge. Use one of the two: make the optimizer with a number, or leave {who} out.");
        }
    }
}
