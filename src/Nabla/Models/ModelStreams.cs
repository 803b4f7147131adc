namespace Nabla;

/// <summary>Fitting and measuring over streams of batches, on the caller's thread or beside it.</summary>
/// <example><code>
/// IEnumerable&lt;(NDArray X, NDArray Y)&gt; batches = Enumerable.Repeat((x, y), 10);
/// model.Fit(batches, new FitOptions { Epochs = 2, StepsPerEpoch = 5, Verbose = 0 });
/// </code></example>
public static class ModelStreams
{
    extension(Model model)
    {
        /// <summary>
        /// Learns from a stream of batches. Without <see cref="FitOptions.StepsPerEpoch"/> each epoch takes the sequence from its start to its end;
        /// with it the sequence, which may be endless, goes on from epoch to epoch.
        /// </summary>
        /// <param name="batches">Batches, of any sizes; each is checked like arrays.</param>
        /// <param name="options">How; Keras' defaults where null.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        /// <exception cref="TrainingDataException">A batch that does not fit, or a stream that ends too early.</exception>
        public History Fit(IEnumerable<Batch> batches, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            new FitLoop(model, options ?? new FitOptions()).Run(BatchReader.Of(batches), cancellationToken);

        /// <summary>Learns from a stream of samples and labels.</summary>
        /// <param name="batches">Batches, of any sizes.</param>
        /// <param name="options">How; Keras' defaults where null.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        public History Fit(IEnumerable<(NDArray X, NDArray Y)> batches, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            model.Fit(Plain(batches), options, cancellationToken);

        /// <summary>Learns from a stream of samples, labels and weights.</summary>
        /// <param name="batches">Batches, of any sizes.</param>
        /// <param name="options">How; Keras' defaults where null.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        public History Fit(IEnumerable<(NDArray X, NDArray Y, NDArray SampleWeight)> batches, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            model.Fit((batches ?? throw new ArgumentNullException(nameof(batches))).Select(b => (Batch)b), options, cancellationToken);

        /// <summary>Learns from a stream whose batches are waited for.</summary>
        /// <param name="batches">Batches, of any sizes.</param>
        /// <param name="options">How; Keras' defaults where null.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        public History Fit(IAsyncEnumerable<Batch> batches, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            model.FitAsync(batches, options, cancellationToken).GetAwaiter().GetResult();

        /// <summary>Learns on a thread of its own; the caller's is free. Cancelling returns the history so far, as in Fit.</summary>
        /// <param name="x">The samples of each input along the first axis.</param>
        /// <param name="y">The labels of each output.</param>
        /// <param name="options">How; Keras' defaults where null.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        public Task<History> FitAsync(Arrays x, Arrays y, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            Beside(() => model.Fit(x, y, options, cancellationToken));

        /// <summary>Learns from a stream of batches on a thread of its own.</summary>
        /// <param name="batches">Batches, of any sizes.</param>
        /// <param name="options">How; Keras' defaults where null.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        public Task<History> FitAsync(IEnumerable<Batch> batches, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            Beside(() => model.Fit(batches, options, cancellationToken));

        /// <summary>Learns from a stream whose batches are waited for, on a thread of its own.</summary>
        /// <param name="batches">Batches, of any sizes.</param>
        /// <param name="options">How; Keras' defaults where null.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        public Task<History> FitAsync(IAsyncEnumerable<Batch> batches, FitOptions? options = null, CancellationToken cancellationToken = default) =>
            Beside(() => new FitLoop(model, options ?? new FitOptions()).Run(BatchReader.Of(batches, cancellationToken), cancellationToken));

        /// <summary>The loss and metrics over a stream of batches, with the weights as they are.</summary>
        /// <param name="batches">Batches, of any sizes.</param>
        /// <param name="steps">How many to take; null for all.</param>
        /// <param name="threads">Threads for this call; the model's by default.</param>
        /// <param name="callbacks">Who watches.</param>
        /// <exception cref="TrainingDataException">A batch that does not fit, or a stream that ends too early.</exception>
        public EvaluationResult Evaluate(IEnumerable<Batch> batches, int? steps = null, int? threads = null, IReadOnlyList<Callback>? callbacks = null)
        {
            ArgumentNullException.ThrowIfNull(batches);
            Compilation compilation = model.RequireCompiled(nameof(Model.Evaluate));
            model.RequireBuilt(nameof(Model.Evaluate));
            CallbackList list = new(model, callbacks, new FitParameters(0, 1, steps, []));
            return new Validation.OfStream(model, compilation, batches, new FitOptions(), steps, threads ?? model.Threads, nameof(Model.Evaluate)).Run(list);
        }
    }

    private static IEnumerable<Batch> Plain(IEnumerable<(NDArray X, NDArray Y)> batches) =>
        (batches ?? throw new ArgumentNullException(nameof(batches))).Select(b => (Batch)b);

    private static Task<History> Beside(Func<History> fit) =>
        Task.Factory.StartNew(fit, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
