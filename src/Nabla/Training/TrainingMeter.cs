using System.Diagnostics.Metrics;

namespace Nabla;

/// <summary>
/// What a training says to <c>System.Diagnostics.Metrics</c>: the meter <c>Nabla</c>, with the model's name as a tag. Costs nothing while nobody
/// listens: <c>dotnet-counters monitor --counters Nabla</c>.
/// </summary>
internal static class TrainingMeter
{
    private static readonly Meter Meter = new("Nabla");
    private static readonly Counter<long> Steps = Meter.CreateCounter<long>("nabla.training.steps", "{step}", "Training steps made.");
    private static readonly Counter<long> Samples = Meter.CreateCounter<long>("nabla.training.samples", "{sample}", "Samples learned from.");
    private static readonly Counter<long> Epochs = Meter.CreateCounter<long>("nabla.training.epochs", "{epoch}", "Epochs finished.");
    private static readonly Histogram<double> Loss = Meter.CreateHistogram<double>("nabla.training.loss", null, "The loss of each batch.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("nabla.training.step.duration", "s", "The time of each step.");

    /// <summary>Whether somebody listens to steps.</summary>
    public static bool IsWatched => Steps.Enabled || Samples.Enabled || Loss.Enabled || Duration.Enabled;

    /// <summary>A step was made.</summary>
    public static void Step(string model, double loss, int samples, TimeSpan time)
    {
        KeyValuePair<string, object?> tag = new("model", model);
        Steps.Add(1, tag);
        Samples.Add(samples, tag);
        Loss.Record(loss, tag);
        Duration.Record(time.TotalSeconds, tag);
    }

    /// <summary>An epoch was finished.</summary>
    public static void Epoch(string model) => Epochs.Add(1, new KeyValuePair<string, object?>("model", model));
}
