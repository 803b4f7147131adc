namespace Nabla;

/// <summary>Something that an optimizer remembers: of a weight, or of the whole training.</summary>
/// <param name="Name">Unique among the slots of a weight; part of the variable's name.</param>
/// <param name="Initial">The value of every element before the first step.</param>
/// <example><code>
/// OptimizerSlot accumulator = new("accumulator", Initial: 0.1);
/// OptimizerSlot rows = new("row") { Dims = [784] };
/// </code></example>
public sealed record OptimizerSlot(string Name, double Initial = 0)
{
    /// <summary>Its dims; null for the weight's own.</summary>
    public Dims? Dims { get; init; }

    /// <summary>Slots stand in files weight by weight, and those of a later group after all of an earlier one: Keras' order.</summary>
    public int Group { get; init; }
}
