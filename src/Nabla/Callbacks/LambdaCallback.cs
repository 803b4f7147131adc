namespace Nabla;

/// <summary>
/// Hooks as functions.
/// </summary>
/// <param name="onEpochBegin">Before an epoch.</param>
/// <param name="onEpochEnd">After an epoch: its number and its logs, to which you may add.</param>
/// <param name="onTrainBegin">Before the first step.</param>
/// <param name="onTrainEnd">After the last epoch.</param>
/// <param name="onTrainBatchBegin">Before a step.</param>
/// <param name="onTrainBatchEnd">After a step: its number and the logs so far, read when you ask.</param>
/// <example><code>
/// LambdaCallback stop = new(onEpochEnd: (epoch, logs) => model.StopTraining = logs["loss"] &lt; 0.01);
/// </code></example>
public sealed class LambdaCallback(
    Action<int>? onEpochBegin = null,
    Action<int, IDictionary<string, double>>? onEpochEnd = null,
    Action? onTrainBegin = null,
    Action<IReadOnlyDictionary<string, double>>? onTrainEnd = null,
    Action<int>? onTrainBatchBegin = null,
    Action<int, IReadOnlyDictionary<string, double>>? onTrainBatchEnd = null) : Callback
{
    /// <inheritdoc/>
    public override void OnTrainBegin() => onTrainBegin?.Invoke();

    /// <inheritdoc/>
    public override void OnTrainEnd(IReadOnlyDictionary<string, double> logs) => onTrainEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => onEpochBegin?.Invoke(epoch);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double> logs) => onEpochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch) => onTrainBatchBegin?.Invoke(batch);

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, IReadOnlyDictionary<string, double> logs) => onTrainBatchEnd?.Invoke(batch, logs);
}
