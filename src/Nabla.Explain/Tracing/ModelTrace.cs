using Nabla.Explain;

namespace Nabla;

/// <summary>Opens a training step of a model: every value, gradient and update, by the lectures' names.</summary>
/// <example><code>
/// Trace trace = model.Explain(x, y, rows: [0]);
/// Console.WriteLine($"J = {trace.Result.Values[0]}; W^[1] has {trace["W^[1]"].Gradient!.Count} gradients");
/// </code></example>
public static class ModelTrace
{
    // A few samples are read; a thousand are not.
    internal const int DefaultRows = 32;

    // The interpreter does some ten million products a second, and a step is gone through a few times.
    internal const long LargestWork = 50_000_000;

    // Weights, and as many gradients, in all rows of a table together.
    private const long LargestTable = 5_000_000;

    extension(Model model)
    {
        /// <summary>
        /// Replays the next training step on some samples in double, from the weights, the optimizer's memory and the random numbers as they are now, and
        /// writes down everything. The model is not changed by it.
        /// </summary>
        /// <param name="x">The samples along the first axis.</param>
        /// <param name="y">The labels, one a sample.</param>
        /// <param name="rows">Which samples make the batch; null takes the first 32.</param>
        /// <param name="training">Whether layers act as in training: dropout drops. Without, nothing is updated.</param>
        /// <param name="sampleWeight">What each sample counts.</param>
        /// <param name="classWeight">What each class counts.</param>
        /// <param name="options">What the record shall hold; an optimizer given here makes its first step in the place of the model's own.</param>
        /// <exception cref="InvalidOperationException">The model is not compiled, or has no loss.</exception>
        /// <exception cref="TrainingDataException">Data that do not fit the model.</exception>
        /// <exception cref="ArgumentException">Rows that are not there, or more work than a record can show.</exception>
        public Trace Explain(
            NDArray x,
            NDArray y,
            IReadOnlyList<int>? rows = null,
            bool training = true,
            NDArray? sampleWeight = null,
            IReadOnlyDictionary<int, double>? classWeight = null,
            TraceOptions? options = null) =>
            model.Explain((Arrays)x, y, rows, training, sampleWeight, classWeight, options);

        /// <summary>The same for models of several inputs or outputs.</summary>
        /// <param name="x">The samples of each input.</param>
        /// <param name="y">The labels of each output.</param>
        /// <param name="rows">Which samples make the batch; null takes the first 32.</param>
        /// <param name="training">Whether layers act as in training: dropout drops. Without, nothing is updated.</param>
        /// <param name="sampleWeight">What each sample counts.</param>
        /// <param name="classWeight">What each class counts.</param>
        /// <param name="options">What the record shall hold; an optimizer given here makes its first step in the place of the model's own.</param>
        public Trace Explain(
            Arrays x,
            Arrays y,
            IReadOnlyList<int>? rows = null,
            bool training = true,
            NDArray? sampleWeight = null,
            IReadOnlyDictionary<int, double>? classWeight = null,
            TraceOptions? options = null)
        {
            (Compilation compilation, TrainingData all, int[] chosen) = Checked(model, nameof(Explain), x, y, rows, sampleWeight, classWeight, steps: 1);
            List<string> notes = [];
            if (rows is null && chosen.Length < all.Count)
            {
                notes.Add($"The first {chosen.Length} of {all.Count:N0} samples: say rows to choose others.");
            }

            return new ModelReplay(model, compilation, Take(all, chosen), training).Explain(chosen, options ?? new TraceOptions(), notes);
        }

        /// <summary>
        /// Makes some training steps on the same samples in double, from where the model stands, and keeps every weight, gradient and loss. Layers act as in
        /// training. The model is not changed by it.
        /// </summary>
        /// <param name="x">The samples along the first axis.</param>
        /// <param name="y">The labels, one a sample.</param>
        /// <param name="steps">How many steps, 1 or more.</param>
        /// <param name="rows">Which samples make the batch of every step; null takes the first 32.</param>
        /// <param name="sampleWeight">What each sample counts.</param>
        /// <param name="options">Whose <see cref="TraceOptions.Optimizer"/> may take the place of the model's own.</param>
        /// <exception cref="InvalidOperationException">The model is not compiled, or has no loss.</exception>
        /// <exception cref="TrainingDataException">Data that do not fit the model.</exception>
        /// <returns>The first step, opened, and a row after each; it has no page, which is what the <see cref="GlassBox"/> of a training makes.</returns>
        /// <exception cref="ArgumentException">No steps, rows that are not there, more work than a table can show, or a model with a TrainStep of its own.</exception>
        public Iterations ExplainIterations(Arrays x, Arrays y, int steps, IReadOnlyList<int>? rows = null, NDArray? sampleWeight = null, TraceOptions? options = null)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
            (Compilation compilation, TrainingData all, int[] chosen) = Checked(model, nameof(ExplainIterations), x, y, rows, sampleWeight, null, steps);
            TrainingData batch = Take(all, chosen);
            Trace start = new ModelReplay(model, compilation, batch, training: true).Explain(chosen, options ?? new TraceOptions(), []);
            return new ModelReplay(model, compilation, batch, training: true).Iterate(start, steps, options?.Optimizer);
        }
    }

    // What the user gave, checked before anything is recorded.
    private static (Compilation Compilation, TrainingData All, int[] Chosen) Checked(
        Model model, string method, Arrays x, Arrays y, IReadOnlyList<int>? rows, NDArray? sampleWeight, IReadOnlyDictionary<int, double>? classWeight, int steps)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        string who = $"{model.ClassName} '{model.Name}': {method}";
        Compilation compilation = model.RequireCompiled(method);
        TrainingData all = DataCheck.Run(model, method, x, y, sampleWeight, classWeight);
        int[] chosen = Chosen(who, rows, all.Count);
        long weights = Math.Max(1, model.CountParams());
        if (chosen.Length * weights > LargestWork)
        {
            long most = LargestWork / weights;
            throw new ArgumentException($"{who} expected a batch and model that a person can look through (samples times weights up to {LargestWork:N0}), received {chosen.Length} samples and {weights:N0} weights. {(most > 0 ? $"Give at most {most} rows" : "Explain a smaller model of the same shape")}.", nameof(rows));
        }

        long longest = Math.Min(LargestWork / (chosen.Length * weights), LargestTable / weights);
        return steps <= Math.Max(1, longest)
            ? (compilation, all, chosen)
            : throw new ArgumentException($"{who} expected up to {Math.Max(1, longest):N0} steps on {chosen.Length} samples with {weights:N0} weights, received {steps:N0}. Film a longer training with the callback new GlassBox(\"run.glass\").", nameof(steps));
    }

    private static int[] Chosen(string who, IReadOnlyList<int>? rows, int count)
    {
        if (rows is null)
        {
            return [.. Enumerable.Range(0, Math.Min(count, DefaultRows))];
        }

        return rows.Count == 0
            ? throw new ArgumentException($"{who} expected one or more rows, received none. Say rows: [0] for the first sample.", nameof(rows))
            : rows.FirstOrDefault(r => r < 0 || r >= count, -1) is var row && rows.Any(r => r < 0 || r >= count)
                ? throw new ArgumentException($"{who} expected rows from 0 to {count - 1}, received {row}. Rows count from 0.", nameof(rows))
                : [.. rows];
    }

    // One sample after the other: rows may come in any order, and twice.
    private static TrainingData Take(TrainingData all, int[] rows)
    {
        TrainingData[] single = [.. rows.Select(r => all.Slice(r, 1))];
        return new TrainingData(
            [.. all.X.Select((_, i) => NDArray.Concat([.. single.Select(s => s.X[i])]))],
            [.. all.Y.Select((_, i) => NDArray.Concat([.. single.Select(s => s.Y[i])]))],
            [.. all.W.Select((w, i) => w is null ? null : NDArray.Concat([.. single.Select(s => s.W[i]!)]))]);
    }
}
