namespace Nabla;

/// <summary>What an optimizer sees of one weight in a step, as symbolic tensors.</summary>
/// <param name="Weight">The weight: its name and type.</param>
/// <param name="Value">Its value before the step, after weight decay.</param>
/// <param name="Gradient">The loss' derivative with respect to it, clipped.</param>
/// <param name="Slots">What was remembered of it before the step, in the order of <see cref="Optimizer.Slots"/>.</param>
/// <param name="Rate">The step's rate, as a scalar of the weight's element type.</param>
/// <param name="Step">The step's scalars.</param>
/// <example><code>
/// Func&lt;WeightStep, Tensor&gt; descent = w =&gt; w.Value - w.Gradient * w.Rate;
/// </code></example>
public sealed record WeightStep(Variable Weight, Tensor Value, Tensor Gradient, IReadOnlyList<Tensor> Slots, Tensor Rate, OptimizerStep Step)
{
    /// <summary>A scalar of the step in the weight's element type.</summary>
    public Tensor Own(Tensor scalar) => scalar.Cast(Value.DType);
}
