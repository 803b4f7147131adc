namespace Nabla;

/// <summary>Data that cannot be learned from or do not fit the model. Everything found is listed; nothing was changed.</summary>
/// <example><code>
/// try
/// {
///     model.Fit(x, y[..3], verbose: 0);
/// }
/// catch (TrainingDataException e)
/// {
///     Console.WriteLine(string.Join("\n", e.Problems));
/// }
/// </code></example>
public sealed class TrainingDataException : ArgumentException
{
    /// <summary>An error without a message.</summary>
    public TrainingDataException()
    {
    }

    /// <summary>An error with its message.</summary>
    public TrainingDataException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and cause.</summary>
    public TrainingDataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal TrainingDataException(string who, IReadOnlyList<string> problems)
        : base(problems.Count == 1 ? $"{who}: {problems[0]}" : $"{who}: {problems.Count} things do not fit:\n{string.Join("\n", problems.Select(p => "- " + p))}") => Problems = problems;

    /// <summary>What was found, a sentence or two each.</summary>
    public IReadOnlyList<string> Problems { get; } = [];
}
