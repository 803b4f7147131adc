namespace Nabla;

/// <summary>What whoever uses a model must know beside its weights. Kept in its file.</summary>
/// <example><code>
/// model.Metadata = new ModelMetadata { Columns = ["width", "height"], Classes = ["setosa", "versicolor", "virginica"] };
/// </code></example>
public sealed record ModelMetadata
{
    /// <summary>How rows of a person's data become the input, and what the answers mean. Where it is given it says all the lists below.</summary>
    public Schema? Schema { get; init; }

    /// <summary>The names of the input's columns, in order.</summary>
    public IReadOnlyList<string>? Columns { get => Schema?.FeatureNames ?? field; init; }

    /// <summary>What each column is multiplied with before it enters the model; one number for all, or one a column.</summary>
    public IReadOnlyList<double>? Scale { get => Schema is null ? field : [.. Schema.Columns.SelectMany(c => Enumerable.Repeat(c.Scale, c.Width))]; init; }

    /// <summary>What is added to each column then; one number for all, or one a column.</summary>
    public IReadOnlyList<double>? Offset { get => Schema is null ? field : [.. Schema.Columns.SelectMany(c => Enumerable.Repeat(-c.Mean * c.Scale, c.Width))]; init; }

    /// <summary>The names of the classes, in the order of the outputs.</summary>
    public IReadOnlyList<string>? Classes { get => Schema is null ? field : Schema.Target.Classes; init; }

    /// <summary>What makes probabilities of the outputs: <c>softmax</c>, <c>sigmoid</c> or <c>none</c>; null takes what the loss says.</summary>
    public string? OutputStep { get; init; }
}
