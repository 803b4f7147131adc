namespace Nabla;

/// <summary>One call of a layer in a recording, for who explains it.</summary>
/// <param name="Layer">Which.</param>
/// <param name="Inputs">What came in, in the layer's element type.</param>
/// <param name="Outputs">What it gave.</param>
/// <param name="Weighted">The weighted sum that its activation was applied to; null for a layer without.</param>
internal sealed record LayerVisit(Layer Layer, IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor> Outputs, Tensor? Weighted);
