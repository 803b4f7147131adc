namespace Nabla;

/// <summary>A step as it was recorded.</summary>
/// <param name="Changes">New values of weights and of what is remembered.</param>
/// <param name="Norm">The length of all gradients together, where they are clipped by it: if it is not finite, nothing changes.</param>
internal sealed record RecordedUpdate(IReadOnlyList<(Variable Variable, Tensor Value)> Changes, Tensor? Norm = null);
