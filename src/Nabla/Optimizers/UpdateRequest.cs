namespace Nabla;

/// <summary>What an optimizer is asked to record.</summary>
/// <param name="State">What it remembers.</param>
/// <param name="Read">A variable as a symbolic tensor.</param>
/// <param name="LearningRate">The learning rate where it is a number: a float64 scalar.</param>
/// <param name="Changing">The places in the state of the weights that change.</param>
/// <param name="Gradients">Their gradients.</param>
/// <param name="Good">Where this is false, everything keeps its value; null for always.</param>
internal sealed record UpdateRequest(
    OptimizerState State, Func<Variable, Tensor> Read, Tensor LearningRate, IReadOnlyList<int> Changing, IReadOnlyList<Tensor> Gradients, Tensor? Good)
{
    /// <summary>A request for all weights of a state.</summary>
    public static UpdateRequest All(OptimizerState state, Func<Variable, Tensor> read, Tensor learningRate, IReadOnlyList<Tensor> gradients, Tensor? good) =>
        new(state, read, learningRate, [.. Enumerable.Range(0, state.Weights.Count)], gradients, good);
}
