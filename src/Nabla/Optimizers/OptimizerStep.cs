namespace Nabla;

/// <summary>What an optimizer sees of a step: scalars as symbolic tensors.</summary>
/// <param name="LearningRate">The learning rate: a float64 scalar, given anew at every step.</param>
/// <param name="Number">The number of this step, from 1: a float64 scalar.</param>
public sealed record OptimizerStep(Tensor LearningRate, Tensor Number);
