namespace Nabla;

/// <summary>What an optimizer sees of a step, the same for all weights: scalars as symbolic tensors.</summary>
/// <param name="LearningRate">The learning rate: a float64 scalar, given anew at every step.</param>
/// <param name="Number">The number of this step, from 1: a float64 scalar. With accumulated gradients, the number of this update.</param>
/// <param name="Shared">What is remembered of the whole training, in the order of <see cref="Optimizer.SharedSlots"/>: float64 scalars.</param>
/// <example><code>
/// Func&lt;OptimizerStep, Tensor&gt; rate = step =&gt; step.LearningRate / step.Number.Sqrt();
/// </code></example>
public sealed record OptimizerStep(Tensor LearningRate, Tensor Number, IReadOnlyList<Tensor> Shared);
