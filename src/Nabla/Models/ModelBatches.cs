namespace Nabla;

/// <summary>One batch at a time, for loops of your own; and gradients to look at, or to give to an optimizer.</summary>
/// <example><code>
/// model.TrainOnBatch(x, y);
/// var (loss, gradients) = model.Gradients(x, y);
/// model.Optimizer!.Apply(gradients);
/// </code></example>
public static class ModelBatches
{
    extension(Model model)
    {
        /// <summary>One training step. Returns the loss and metrics of this batch alone, with the weights from before the step.</summary>
        /// <param name="x">The batch's samples.</param>
        /// <param name="y">The labels.</param>
        /// <param name="sampleWeight">What each sample counts.</param>
        /// <param name="classWeight">What each class counts.</param>
        /// <exception cref="TrainingDivergedException">A loss that is not finite; the step was not applied.</exception>
        public EvaluationResult TrainOnBatch(Arrays x, Arrays y, NDArray? sampleWeight = null, IReadOnlyDictionary<int, double>? classWeight = null)
        {
            Compilation compilation = model.RequireCompiled(nameof(TrainOnBatch));
            if (!model.Progress.TryBegin())
            {
                throw new InvalidOperationException($"{model.ClassName} '{model.Name}': TrainOnBatch expected to be the only one, but this model is being fitted already. Wait for that, or train a copy.");
            }

            try
            {
                TrainingData data = DataCheck.Run(model, nameof(TrainOnBatch), x, y, sampleWeight, classWeight);
                BatchPlans plans = compilation.BatchPlans(data, model.Threads);
                compilation.Position = null;
                plans.Sums.Reset();
                double loss = plans.Run(data, compilation.Optimizer.GivenRate, model.Progress.Seed);
                return double.IsFinite(loss) && double.IsFinite(plans.GradientNorm)
                    ? new EvaluationResult(plans.Sums.Results())
                    : throw Divergence.At(model, loss, plans.GradientNorm, 1, 1, 1);
            }
            finally
            {
                model.Progress.End();
            }
        }

        /// <summary>The loss and metrics of one batch.</summary>
        /// <param name="x">The batch's samples.</param>
        /// <param name="y">The labels.</param>
        /// <param name="sampleWeight">What each sample counts.</param>
        public EvaluationResult TestOnBatch(Arrays x, Arrays y, NDArray? sampleWeight = null) =>
            model.Evaluate(x, y, batchSize: Math.Max(1, Size(x)), sampleWeight: sampleWeight);

        /// <summary>The outputs for one batch.</summary>
        /// <param name="x">The batch's samples.</param>
        public NDArray PredictOnBatch(NDArray x) => model.Predict(x, batchSize: Math.Max(1, Size(x)));

        /// <summary>The loss of a batch in training and its gradients: what an optimizer's Apply takes. Weights stay as they are.</summary>
        /// <param name="x">The batch's samples.</param>
        /// <param name="y">The labels.</param>
        /// <param name="sampleWeight">What each sample counts.</param>
        /// <remarks>Where the optimizer scales the loss, the gradients are scaled: its Apply takes the scale off. State that layers update in training, such as moving averages, is updated.</remarks>
        public (double Loss, IReadOnlyList<(NDArray Gradient, Variable Variable)> Gradients) Gradients(Arrays x, Arrays y, NDArray? sampleWeight = null)
        {
            Compilation compilation = model.RequireCompiled(nameof(Gradients));
            TrainingData data = DataCheck.Run(model, nameof(Gradients), x, y, sampleWeight);
            return compilation.GradientPlans(data, model.Threads).Run(data, model.Progress.Seed);
        }

        /// <summary>The loss and metrics on data, told to callbacks as well.</summary>
        /// <param name="x">The samples of each input.</param>
        /// <param name="y">The labels of each output.</param>
        /// <param name="callbacks">Who watches.</param>
        /// <param name="batchSize">Samples a step.</param>
        /// <param name="steps">Steps to take; null for all data.</param>
        /// <param name="sampleWeight">What each sample counts.</param>
        public EvaluationResult Evaluate(Arrays x, Arrays y, IReadOnlyList<Callback> callbacks, int batchSize = 32, int? steps = null, NDArray? sampleWeight = null)
        {
            CheckBatchSize(model, batchSize, nameof(Model.Evaluate));
            Compilation compilation = model.RequireCompiled(nameof(Model.Evaluate));
            model.RequireBuilt(nameof(Model.Evaluate));
            TrainingData data = DataCheck.Run(model, nameof(Model.Evaluate), x, y, sampleWeight);
            CallbackList list = new(model, callbacks, new FitParameters(0, 1, steps ?? (data.Count + batchSize - 1) / batchSize, []));
            return compilation.Evaluate(data, batchSize, model.Threads, steps, list);
        }

        /// <summary>All outputs for all samples, told to callbacks as well.</summary>
        /// <param name="x">The samples of each input.</param>
        /// <param name="callbacks">Who watches.</param>
        /// <param name="batchSize">Samples a step.</param>
        public IReadOnlyList<NDArray> Predict(Arrays x, IReadOnlyList<Callback> callbacks, int batchSize = 32)
        {
            CheckBatchSize(model, batchSize, nameof(Model.Predict));
            model.RequireBuilt(nameof(Model.Predict));
            NDArray[] inputs = DataCheck.Inputs(model, nameof(Model.Predict), x);
            int count = inputs[0].Dims[0].Size;
            int steps = (count + batchSize - 1) / batchSize;
            CallbackList list = new(model, callbacks, new FitParameters(0, 1, steps, []));
            List<NDArray[]> parts = [];
            list.Each(c => c.OnPredictBegin());
            for (int step = 0; step < steps; step++)
            {
                list.Each(c => c.OnPredictBatchBegin(step));
                (int start, int end) = (step * batchSize, Math.Min(count, (step + 1) * batchSize));
                NDArray[] outputs = model.Predictor.Run([.. inputs.Select(a => a[start..end])], batchSize, model.Threads);
                parts.Add(outputs);
                list.Each(c => c.OnPredictBatchEnd(step, outputs));
            }

            list.Each(c => c.OnPredictEnd());
            return [.. model.OutputTypes.Select((_, i) => NDArray.Concat([.. parts.Select(p => p[i])]))];
        }
    }

    private static int Size(Arrays x) => x.Count == 0 || x[0].Rank == 0 ? 1 : x[0].Dims[0].Size;

    private static void CheckBatchSize(Model model, int batchSize, string method)
    {
        if (batchSize < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"{model.ClassName} '{model.Name}': {method} expected a batchSize of 1 or more, such as 32.");
        }
    }
}
