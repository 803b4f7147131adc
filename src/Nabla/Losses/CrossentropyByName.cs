namespace Nabla;

/// <summary>The name <c>"crossentropy"</c> or <c>"ce"</c>, which becomes one of the three by Keras' rule once labels and output are known.</summary>
internal sealed class CrossentropyByName(string name) : Loss(name)
{
    internal override string? SavedName => Name;

    // The rule of "accuracy".
    internal override Loss Resolve(TensorType yTrue, TensorType yPred) =>
        yPred.Dims[-1].Size == 1 ? new BinaryCrossentropy(name: Name)
        : yTrue.Dims.Rank < yPred.Dims.Rank || yTrue.Dims[-1].Size == 1 ? new SparseCategoricalCrossentropy(name: Name)
        : new CategoricalCrossentropy(name: Name);

    public override Tensor Values(Tensor yTrue, Tensor yPred) => Resolve(yTrue.Type, yPred.Type).Values(yTrue, yPred);
}
