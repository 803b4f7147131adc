namespace Nabla;

/// <summary>
/// Something that watches a training and may step in: derive from it, override the hooks you need, and give it to Fit, Evaluate or Predict.
/// Epochs and batches are counted from 0 in hooks.
/// </summary>
/// <remarks>
/// Hooks run on the training's own thread, in the order in which the callbacks were given; then the history is written, then the progress line.
/// The logs of a batch hook are read when you ask: a hook that asks nothing costs nothing.
/// </remarks>
/// <example><code>
/// model.Fit(x, y, verbose: 0, callbacks: [new LambdaCallback(onEpochEnd: (epoch, logs) => Console.WriteLine($"{epoch}: {logs["loss"]}"))]);
/// </code></example>
public abstract class Callback
{
    private Model? _model;

    /// <summary>The model that is trained, tested or asked.</summary>
    /// <exception cref="InvalidOperationException">Outside hooks: the callback was not given to anything yet.</exception>
    public Model Model => _model ?? throw new InvalidOperationException($"{Name}: expected to be given to Fit, Evaluate or Predict first: there is no model yet.");

    /// <summary>What the training was asked for.</summary>
    public FitParameters Parameters { get; private set; } = new(0, 0, null, []);

    /// <summary>The class' name, for messages and saved state.</summary>
    internal string Name => GetType().Name;

    /// <summary>Before the first step of a training.</summary>
    public virtual void OnTrainBegin()
    {
    }

    /// <summary>After a training, however it ended, unless an exception did.</summary>
    /// <param name="logs">What the last epoch measured; empty where there was none.</param>
    public virtual void OnTrainEnd(IReadOnlyDictionary<string, double> logs)
    {
    }

    /// <summary>Before an epoch.</summary>
    public virtual void OnEpochBegin(int epoch)
    {
    }

    /// <summary>After an epoch and its validation.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="logs">Loss and metrics, those of validation with <c>val_</c> in front. What you add goes to the history.</param>
    public virtual void OnEpochEnd(int epoch, IDictionary<string, double> logs)
    {
    }

    /// <summary>Before a training step.</summary>
    public virtual void OnTrainBatchBegin(int batch)
    {
    }

    /// <summary>After a training step.</summary>
    /// <param name="batch">From 0 in each epoch.</param>
    /// <param name="logs">Loss and metrics of the epoch so far.</param>
    public virtual void OnTrainBatchEnd(int batch, IReadOnlyDictionary<string, double> logs)
    {
    }

    /// <summary>Before an evaluation; that of a training's validation data too.</summary>
    public virtual void OnTestBegin()
    {
    }

    /// <summary>After an evaluation.</summary>
    /// <param name="logs">Loss and metrics.</param>
    public virtual void OnTestEnd(IReadOnlyDictionary<string, double> logs)
    {
    }

    /// <summary>Before a step of evaluation.</summary>
    public virtual void OnTestBatchBegin(int batch)
    {
    }

    /// <summary>After a step of evaluation.</summary>
    /// <param name="batch">From 0.</param>
    /// <param name="logs">Loss and metrics so far.</param>
    public virtual void OnTestBatchEnd(int batch, IReadOnlyDictionary<string, double> logs)
    {
    }

    /// <summary>Before predictions.</summary>
    public virtual void OnPredictBegin()
    {
    }

    /// <summary>After predictions.</summary>
    public virtual void OnPredictEnd()
    {
    }

    /// <summary>Before a batch of predictions.</summary>
    public virtual void OnPredictBatchBegin(int batch)
    {
    }

    /// <summary>After a batch of predictions.</summary>
    /// <param name="batch">From 0.</param>
    /// <param name="outputs">What the model gave for it.</param>
    public virtual void OnPredictBatchEnd(int batch, IReadOnlyList<NDArray> outputs)
    {
    }

    /// <summary>Leaves what the callback remembers, so that a training that is interrupted goes on as if it had not been.</summary>
    /// <param name="state">Arrays by names of your own.</param>
    protected internal virtual void WriteState(IDictionary<string, NDArray> state)
    {
    }

    /// <summary>Takes back what <see cref="WriteState"/> left; called after <see cref="OnTrainBegin"/> where a training goes on.</summary>
    protected internal virtual void ReadState(IReadOnlyDictionary<string, NDArray> state)
    {
    }

    /// <summary>Says whom the callback serves.</summary>
    internal void Attach(Model model, FitParameters parameters) => (_model, Parameters) = (model, parameters);

    /// <summary>Refuses a monitored key that cannot come.</summary>
    internal virtual void CheckKeys(IReadOnlyList<string> keys)
    {
    }

    /// <summary>After everything else that a batch calls for: what is kept here is where the training stands.</summary>
    internal virtual void KeepBatch(int epoch, int batch, IReadOnlyDictionary<string, double> logs)
    {
    }

    /// <summary>After everything else that an epoch calls for.</summary>
    internal virtual void KeepEpoch(int epoch, IReadOnlyDictionary<string, double> logs)
    {
    }

    /// <summary>When a training is cancelled, before anybody changes weights at its end.</summary>
    internal virtual void KeepCancelled()
    {
    }

    /// <summary>After a training that ran to its end.</summary>
    internal virtual void Finished()
    {
    }

    /// <summary>Whether a loss that is not finite ends the training without an exception.</summary>
    internal virtual bool Catches(int batch) => false;

    /// <summary>When an epoch's last step has made weights that are not finite; the training ends with an exception.</summary>
    internal virtual void WeightsBroke(int batch)
    {
    }

    /// <summary>A number as state.</summary>
    private protected static NDArray Stored(double value) => value;

    /// <summary>A number from state.</summary>
    private protected static double Stored(IReadOnlyDictionary<string, NDArray> state, string key, double fallback) =>
        state.TryGetValue(key, out NDArray? value) && value.Count == 1 ? value.AsType(DType.Float64).AsSpan<double>()[0] : fallback;
}

/// <summary>What a training was asked for; callbacks read it.</summary>
/// <param name="Verbose">0 silent, 1 a bar, 2 a line an epoch.</param>
/// <param name="Epochs">The epoch at which it stops.</param>
/// <param name="Steps">Steps an epoch; null where nobody knows yet.</param>
/// <param name="Keys">The keys that logs will have, as far as they are known.</param>
/// <example><code>
/// FitParameters asked = new LambdaCallback().Parameters;
/// </code></example>
public sealed record FitParameters(int Verbose, int Epochs, int? Steps, IReadOnlyList<string> Keys);
