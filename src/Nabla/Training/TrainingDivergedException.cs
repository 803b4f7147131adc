namespace Nabla;

/// <summary>A loss or a gradients' norm that is NaN or infinite (the step that gave it was not applied), or weights that a step has made so.</summary>
/// <example><code>
/// try
/// {
///     model.Fit(x, y, verbose: 0);
/// }
/// catch (TrainingDivergedException e)
/// {
///     Console.WriteLine($"epoch {e.Epoch}, step {e.Step}");
/// }
/// </code></example>
public sealed class TrainingDivergedException : ArithmeticException
{
    /// <summary>An error without a message.</summary>
    public TrainingDivergedException()
    {
    }

    /// <summary>An error with its message.</summary>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and cause.</summary>
    public TrainingDivergedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>The step in the epoch, from 1.</summary>
    public int Step { get; init; }

    /// <summary>The course of the epochs that were finished before; null where no <c>Fit</c> was under way.</summary>
    public History? History { get; init; }
}
