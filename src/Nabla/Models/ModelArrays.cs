namespace Nabla;

/// <summary>Fitting models of several inputs or outputs with arguments instead of <see cref="FitOptions"/>.</summary>
/// <example><code>
/// Input left = new(4), right = new(4);
/// Model pair = new([left, right], new Dense(1).Call(new Concatenate().Call([left, right])));
/// pair.Compile("adam", "mse");
/// pair.Fit([x, x], y, epochs: 5, verbose: 0);
/// </code></example>
public static class ModelArrays
{
    extension(Model model)
    {
        /// <summary>Learns from several arrays: <c>model.Fit([a, b], y, epochs: 5)</c>. What else can be said is in <see cref="FitOptions"/>.</summary>
        /// <param name="x">The samples of each input along the first axis, in order or by name.</param>
        /// <param name="y">The labels of each output.</param>
        /// <param name="batchSize">Samples a step.</param>
        /// <param name="epochs">The epoch to stop at, counted from 0.</param>
        /// <param name="verbose">0: silent; 1: a progress bar; 2: a line an epoch; null: a bar, or lines where the console is redirected.</param>
        /// <param name="validationSplit">The share of samples, from the end and before shuffling, that is held out.</param>
        /// <param name="validationData">Samples and labels to evaluate after each epoch; goes before the split.</param>
        /// <param name="shuffle">Whether each epoch takes the samples in another order.</param>
        /// <param name="classWeight">What each class counts in the loss; for models of one output.</param>
        /// <param name="sampleWeight">What each sample counts in the loss.</param>
        /// <param name="callbacks">Who watches the training and may step in, in order.</param>
        /// <param name="cancellationToken">Ends the training after the current step.</param>
        public History Fit(
            Arrays x,
            Arrays y,
            int batchSize = 32,
            int epochs = 1,
            int? verbose = null,
            double validationSplit = 0,
            (Arrays X, Arrays Y)? validationData = null,
            bool shuffle = true,
            IReadOnlyDictionary<int, double>? classWeight = null,
            NDArray? sampleWeight = null,
            IReadOnlyList<Callback>? callbacks = null,
            CancellationToken cancellationToken = default) => model.Fit(
            x,
            y,
            new FitOptions
            {
                BatchSize = batchSize,
                Epochs = epochs,
                Verbose = verbose,
                ValidationSplit = validationSplit,
                ValidationData = validationData is { } validation ? new ValidationData(validation.X, validation.Y) : null,
                Shuffle = shuffle,
                ClassWeight = classWeight,
                SampleWeight = sampleWeight,
                Callbacks = callbacks ?? [],
            },
            cancellationToken);
    }
}
