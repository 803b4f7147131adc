namespace Nabla;

/// <summary>The weights that training changes, what the optimizer remembers of each, and the number of steps made.</summary>
internal sealed class OptimizerState
{
    public OptimizerState(Optimizer optimizer, IReadOnlyList<Variable> weights)
    {
        Weights = weights;
        Iteration = new Variable($"{optimizer.Name}/iteration", NDArray.Zeros(DType.Int64, Dims.Scalar), trainable: false);
        Slots =
        [
            .. weights.Select(w => optimizer.Slots
                .Select(slot => new Variable($"{optimizer.Name}/{w.Name}/{slot}", NDArray.Zeros(w.Type.DType, w.Type.Dims), trainable: false)).ToArray()),
        ];
    }

    /// <summary>The weights, in the model's order.</summary>
    public IReadOnlyList<Variable> Weights { get; }

    /// <summary>Steps made since compiling.</summary>
    public Variable Iteration { get; }

    /// <summary>For each weight what is remembered of it.</summary>
    public IReadOnlyList<Variable[]> Slots { get; }

    /// <summary>Everything remembered, in the order in which it is saved.</summary>
    public IEnumerable<Variable> All => [Iteration, .. Slots.SelectMany(s => s)];
}
