namespace Nabla;

/// <summary>Samples, labels and weights that were checked against a model, in the types that its plans take.</summary>
/// <param name="X">For each input uint8, or the input's type.</param>
/// <param name="Y">For each output int32 class numbers, or numbers of the model's type.</param>
/// <param name="W">For each output what each sample counts, in the model's type; null where all count 1.</param>
internal sealed record TrainingData(IReadOnlyList<NDArray> X, IReadOnlyList<NDArray> Y, IReadOnlyList<NDArray?> W)
{
    /// <summary>The number of samples.</summary>
    public int Count => X[0].Dims[0].Size;

    /// <summary>All arrays in the order in which plans take them: samples, labels, then the weights that there are.</summary>
    public IReadOnlyList<NDArray> All { get; } = [.. X, .. Y, .. W.OfType<NDArray>()];

    /// <summary>What a step is recorded for.</summary>
    public DataTypes Types { get; } = new([.. X.Select(a => a.Type)], [.. Y.Select(a => a.Type)], [.. W.Select(a => a?.Type)]);

    /// <summary>Some of the samples, sharing memory: <c>data[..100]</c>.</summary>
    public TrainingData Slice(int start, int length)
    {
        int end = start + length;
        return new([.. X.Select(a => a[start..end])], [.. Y.Select(a => a[start..end])], [.. W.Select(a => a?[start..end])]);
    }
}

/// <summary>The types of <see cref="TrainingData"/>.</summary>
/// <param name="X">Of each input.</param>
/// <param name="Y">Of each output's labels.</param>
/// <param name="W">Of each output's weights; null where all samples count 1.</param>
internal sealed record DataTypes(IReadOnlyList<TensorType> X, IReadOnlyList<TensorType> Y, IReadOnlyList<TensorType?> W)
{
    /// <summary>The same types for a number of samples, the axis named so that a step can be resized.</summary>
    public DataTypes Batch(int size)
    {
        return new([.. X.Select(Sized)], [.. Y.Select(Sized)], [.. W.Select(w => w is null ? null : Sized(w))]);

        TensorType Sized(TensorType type) => type with { Dims = type.Dims.With(0, new Dim(size, StepGraphs.Batch)) };
    }

    /// <summary>Whether both are the same, the number of samples with them.</summary>
    public bool Equals(DataTypes? other) => other is not null && X.SequenceEqual(other.X) && Y.SequenceEqual(other.Y) && W.SequenceEqual(other.W);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(X.Count, Y.Count, X[0]);
}
