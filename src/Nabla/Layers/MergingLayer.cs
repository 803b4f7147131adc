namespace Nabla;

/// <summary>A layer that makes one output of several inputs.</summary>
/// <example><code>
/// NDArray sums = new Add().Call([x, x]);
/// </code></example>
public abstract class MergingLayer : Layer
{
    /// <summary>A merging layer.</summary>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    protected MergingLayer(string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
    }

    /// <summary>Records the computation.</summary>
    /// <param name="inputs">What comes in, in order; the first axis of each is the batch.</param>
    /// <param name="context">Weights, training or not, random numbers.</param>
    protected abstract Tensor Call(IReadOnlyList<Tensor> inputs, CallContext context);

    /// <inheritdoc/>
    protected sealed override Tensor Call(Tensor input, CallContext context) => Call([input], context);

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<Tensor> CallMany(IReadOnlyList<Tensor> inputs, CallContext context) => [Call(inputs, context)];
}
