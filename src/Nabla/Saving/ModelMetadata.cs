namespace Nabla;

/// <summary>What whoever uses a model must know beside its weights. Kept in its file.</summary>
public sealed record ModelMetadata
{
    /// <summary>The names of the input's columns, in order.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What each column is multiplied with before it enters the model; one number for all, or one a column.</summary>
    public IReadOnlyList<double>? Scale { get; init; }

    /// <summary>What is added to each column then; one number for all, or one a column.</summary>
    public IReadOnlyList<double>? Offset { get; init; }

    /// <summary>The names of the classes, in the order of the outputs.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>What makes probabilities of the outputs: <c>softmax</c>, <c>sigmoid</c> or <c>none</c>; null takes what the loss says.</summary>
    public string? OutputStep { get; init; }
}
