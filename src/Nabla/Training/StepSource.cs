namespace Nabla;

/// <summary>Where training steps come from: the order of batches, and the plans that learn from them.</summary>
internal abstract class StepSource
{
    /// <summary>Steps an epoch; null where nobody knows yet.</summary>
    public abstract int? Steps { get; }

    /// <summary>All samples; null for a stream.</summary>
    public virtual int? Count => null;

    /// <summary>All samples; of a stream the batch at hand.</summary>
    public abstract TrainingData Data { get; }

    /// <summary>The rows of <see cref="Data"/> that the step at hand learns from.</summary>
    public abstract int[] Rows { get; }

    /// <summary>What the steps add to.</summary>
    public abstract Accumulators Sums { get; }

    /// <summary>What must be the same where a training goes on.</summary>
    public abstract string Layout { get; }

    /// <summary>How many batches were taken from a stream that goes on from epoch to epoch.</summary>
    public virtual long Consumed => 0;

    /// <summary>The length of all gradients in the last step; 0 where the optimizer does not clip by it.</summary>
    public abstract double GradientNorm { get; }

    /// <summary>The samples of the last step.</summary>
    public abstract int Samples { get; }

    /// <summary>Prepares an epoch.</summary>
    /// <param name="seed">The training's seed.</param>
    /// <param name="epoch">Counted over the model's life.</param>
    /// <param name="step">Steps of it that were made already.</param>
    /// <param name="consumed">Batches of the stream that were taken already; null where the training has not just begun.</param>
    public abstract void Begin(int seed, long epoch, int step, long? consumed);

    /// <summary>Takes the next batch; false at the end of the epoch.</summary>
    /// <param name="step">The step's number in the epoch, from 0.</param>
    public abstract bool Next(int step);

    /// <summary>Learns from it; returns its loss.</summary>
    /// <param name="learningRate">The learning rate where it is a number.</param>
    public abstract double Run(double learningRate);
}
