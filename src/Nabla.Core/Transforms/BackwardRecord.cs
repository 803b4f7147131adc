namespace Nabla;

/// <summary>What a backward pass did: each contribution with the use of a value that it came through. The pass that trains writes it, so an explanation cannot differ from it.</summary>
internal sealed class BackwardRecord
{
    /// <summary>One path of the pass.</summary>
    /// <param name="User">The node whose rule was asked.</param>
    /// <param name="Input">Through which of its inputs.</param>
    /// <param name="Value">The cotangent that the rule returned for it.</param>
    public readonly record struct Contribution(Node User, int Input, Tensor Value);

    /// <summary>All paths, in the order in which they were added up.</summary>
    public List<Contribution> Contributions { get; } = [];

    /// <summary>How many nodes' rules were asked.</summary>
    public int RuleApplications { get; private set; }

    /// <summary>Another node's rule was asked.</summary>
    public void CountRule() => RuleApplications++;
}
