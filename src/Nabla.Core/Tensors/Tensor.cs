namespace Nabla;

/// <summary>placeholder</summary>
public sealed class Tensor;
