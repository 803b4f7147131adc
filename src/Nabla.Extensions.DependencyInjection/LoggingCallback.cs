using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Nabla;

/// <summary>Writes the course of a training to an application's log: when it begins, each epoch with its numbers, when it ends.</summary>
/// <param name="logger">Where to write; epochs are information.</param>
/// <example><code>
/// model.Fit(x, y, verbose: 0, callbacks: [new LoggingCallback(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance)]);
/// </code></example>
public sealed partial class LoggingCallback(ILogger logger) : Callback
{
    private readonly ILogger _logger = logger ?? throw new ArgumentNullException(nameof(logger));

    /// <inheritdoc/>
    public override void OnTrainBegin() => Began(Model.Name, Parameters.Epochs);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double> logs)
    {
        if (_logger.IsEnabled(LogLevel.Information))
        {
            string values = Text(logs);
            Epoch(Model.Name, epoch + 1, Parameters.Epochs, values);
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(IReadOnlyDictionary<string, double> logs)
    {
        if (_logger.IsEnabled(LogLevel.Information))
        {
            string values = Text(logs);
            Ended(Model.Name, values);
        }
    }

    private static string Text(IEnumerable<KeyValuePair<string, double>> logs) =>
        string.Join(", ", logs.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key} {l.Value:G5}")));

    [LoggerMessage(Level = LogLevel.Information, Message = "Training of {Model} begins: {Epochs} epochs")]
    private partial void Began(string model, int epochs);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Model}: epoch {Epoch} of {Epochs}: {Values}")]
    private partial void Epoch(string model, int epoch, int epochs, string values);

    [LoggerMessage(Level = LogLevel.Information, Message = "Training of {Model} has ended: {Values}")]
    private partial void Ended(string model, string values);
}
