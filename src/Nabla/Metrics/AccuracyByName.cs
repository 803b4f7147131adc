namespace Nabla;

/// <summary>The name <c>"accuracy"</c>, which becomes one of the three by Keras' rule once labels and output are known.</summary>
internal sealed class AccuracyByName(string name) : Metric(name)
{
    public override string ClassName => "accuracy";

    public override bool? MoreIsBetter => true;

    internal override string? SavedName => Name;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Dims> StateDims(TensorType yTrue, TensorType yPred) => Resolve(yTrue, yPred).StateDims(yTrue, yPred);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight, IReadOnlyList<Tensor> state) =>
        Resolve(yTrue.Type, yPred.Type).Update(yTrue, yPred, sampleWeight, state);

    /// <inheritdoc/>
    protected internal override NDArray Result(IReadOnlyList<NDArray> state) => new SparseCategoricalAccuracy().Result(state);

    internal override Metric Resolve(TensorType yTrue, TensorType yPred) =>
        yPred.Dims[-1].Size == 1 ? new BinaryAccuracy(Name)
        : yTrue.Dims.Rank < yPred.Dims.Rank || yTrue.Dims[-1].Size == 1 ? new SparseCategoricalAccuracy(Name)
        : new CategoricalAccuracy(Name);
}
