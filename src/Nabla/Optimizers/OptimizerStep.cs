namespace Nabla;

/// <summary>What an optimizer's rule sees of the step: scalars as symbolic tensors.</summary>
/// <param name="LearningRate">The learning rate: a float64 scalar, given anew at every step.</param>
/// <param name="Number">The number of this step, from 1: a float64 scalar.</param>
public sealed record OptimizerStep(Tensor LearningRate, Tensor Number);

/// <summary>An optimizer's rule for one variable: its new value and what it remembers of it.</summary>
/// <param name="value">The variable before the step.</param>
/// <param name="gradient">The loss' derivative with respect to it.</param>
/// <param name="slots">What the optimizer remembers of it, in the order of <see cref="Optimizer.Slots"/>.</param>
public delegate (Tensor Value, Tensor[] Slots) VariableRule(Tensor value, Tensor gradient, Tensor[] slots);
