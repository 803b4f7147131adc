namespace Nabla;

/// <summary>What is measured after an epoch: arrays, or a stream of batches.</summary>
internal abstract class Validation
{
    /// <summary>Loss and metrics with the weights as they are.</summary>
    public abstract EvaluationResult Run(CallbackList callbacks);

    /// <summary>Of arrays.</summary>
    public sealed class OfArrays(Compilation compilation, TrainingData data, int batchSize, int? steps, int threads) : Validation
    {
        public TrainingData Data => data;

        public override EvaluationResult Run(CallbackList callbacks) => compilation.Evaluate(data, batchSize, threads, steps, callbacks);
    }

    /// <summary>Of a stream, taken from its start each time.</summary>
    public sealed class OfStream(Model model, Compilation compilation, IEnumerable<Batch> batches, FitOptions options, int? steps, int threads, string method) : Validation
    {
        public override EvaluationResult Run(CallbackList callbacks) => compilation.Evaluate(Data(), threads, callbacks);

        private IEnumerable<TrainingData> Data()
        {
            string who = $"{model.ClassName} '{model.Name}': {method}";
            int number = 0;
            foreach (Batch batch in steps is { } some ? batches.Take(some) : batches)
            {
                if (number == options.EndlessAfter)
                {
                    throw new TrainingDataException($"{who} expected a stream of validation that ends, received {number} batches and no end. Say how many steps to take.");
                }

                number++;
                yield return DataCheck.Run(model, method, batch.X, batch.Y, batch.SampleWeight);
            }

            if (number == 0 || number < steps)
            {
                throw new TrainingDataException($"{who} expected {(steps is { } expected ? $"{expected} batches" : "at least one batch")} of validation, received a stream that ends after {number}. Ask for fewer steps, or give a sequence that can be gone through again each time.");
            }
        }
    }
}
