namespace Nabla;

/// <summary>The weights that training changes, what the optimizer remembers of each, and the number of steps made.</summary>
internal sealed class OptimizerState
{
    private readonly IReadOnlyList<(int Group, Variable Variable)> _slots;

    public OptimizerState(Optimizer optimizer, IReadOnlyList<Variable> weights)
    {
        Weights = weights;
        Inner = optimizer is LossScaleOptimizer scaling ? new OptimizerState(scaling.InnerOptimizer, weights) : null;
        Iteration = Inner?.Iteration ?? new Variable($"{optimizer.Name}/iteration", NDArray.Zeros(DType.Int64, Dims.Scalar), trainable: false);
        Averages = optimizer.UseEma ? [.. weights.Select(w => Make(optimizer, w, new OptimizerSlot("average")))] : [];
        Accumulators = optimizer.GradientAccumulationSteps is null ? [] : [.. weights.Select(w => Make(optimizer, w, new OptimizerSlot("gradient_accumulator")))];
        Shared = [.. optimizer.SharedSlots.Select(s => new Variable($"{optimizer.Name}/{s.Name}", NDArray.Full(s.Initial, Dims.Scalar), trainable: false))];
        List<Variable[]> slots = [];
        List<(int, Variable)> grouped = [];
        foreach (Variable weight in Inner is null ? weights : [])
        {
            IReadOnlyList<OptimizerSlot> specs = optimizer.Slots(weight);
            slots.Add([.. specs.Select(s => Make(optimizer, weight, s))]);
            grouped.AddRange(specs.Select(s => s.Group).Zip(slots[^1]));
        }

        Slots = slots;
        _slots = grouped;
    }

    /// <summary>The weights, in the model's order.</summary>
    public IReadOnlyList<Variable> Weights { get; }

    /// <summary>Steps made since compiling; where gradients are accumulated, batches seen.</summary>
    public Variable Iteration { get; }

    /// <summary>The moving average of each weight; none where the optimizer keeps none.</summary>
    public IReadOnlyList<Variable> Averages { get; }

    /// <summary>The sum of each weight's gradients since the last update; none where every batch makes one.</summary>
    public IReadOnlyList<Variable> Accumulators { get; }

    /// <summary>For each weight what is remembered of it.</summary>
    public IReadOnlyList<Variable[]> Slots { get; }

    /// <summary>What is remembered of the whole training.</summary>
    public IReadOnlyList<Variable> Shared { get; }

    /// <summary>What the optimizer inside remembers, where one scales another's loss.</summary>
    public OptimizerState? Inner { get; }

    /// <summary>Everything remembered, in the order in which it is saved.</summary>
    public IEnumerable<Variable> All => Inner is not null
        ? [.. Shared, .. Inner.All]
        :
        [
            Iteration,
            .. Weights.SelectMany((_, i) => new[] { Averages.ElementAtOrDefault(i), Accumulators.ElementAtOrDefault(i) }.OfType<Variable>()),
            .. _slots.OrderBy(s => s.Group).Select(s => s.Variable),
            .. Shared,
        ];

    /// <summary>The places of variables among the weights.</summary>
    /// <exception cref="InvalidOperationException">One is not among them.</exception>
    public IReadOnlyList<int> Require(IReadOnlyList<Variable> variables, Optimizer optimizer)
    {
        Dictionary<Variable, int> places = new(Weights.Select((w, i) => KeyValuePair.Create(w, i)), ReferenceEqualityComparer.Instance);
        string[] unknown = [.. variables.Where(v => !places.ContainsKey(v)).Select(v => $"'{v.Name}'")];
        return unknown.Length == 0
            ? [.. variables.Select(v => places[v])]
            : throw new InvalidOperationException($"{optimizer.ClassName} '{optimizer.Name}': expected the variables that it was built with ({Some([.. Weights.Select(w => $"'{w.Name}'")])}), received {Some(unknown)} too. Make an optimizer of its own for other variables.");
    }

    private static string Some(string[] names) => names.Length <= 8 ? string.Join(", ", names) : $"{string.Join(", ", names[..8])} and {names.Length - 8} more";

    // Taken when first needed: a model can be read from a file, and compared with it, before memory is.
    private static Variable Make(Optimizer optimizer, Variable weight, OptimizerSlot slot)
    {
        Variable made = new($"{optimizer.Name}/{weight.Name}/{slot.Name}", new TensorType(weight.Type.DType, slot.Dims ?? weight.Type.Dims), trainable: false);
        if (slot.Initial != 0)
        {
            made.StartFrom(() => made.Type.DType == DType.Float32 ? NDArray.Full((float)slot.Initial, made.Type.Dims) : NDArray.Full(slot.Initial, made.Type.Dims));
        }

        return made;
    }
}
