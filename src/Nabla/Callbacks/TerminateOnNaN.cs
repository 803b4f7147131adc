namespace Nabla;

/// <summary>
/// Ends the training when a loss is NaN or infinite, instead of throwing: the weights are those of the last good step, and the history shows it.
/// </summary>
/// <param name="raiseError">Whether to throw <see cref="TrainingDivergedException"/> all the same.</param>
/// <example><code>
/// model.Fit(x, y, verbose: 0, callbacks: [new TerminateOnNaN()]);
/// </code></example>
public sealed class TerminateOnNaN(bool raiseError = false) : Callback
{
    internal override bool Catches(int batch)
    {
        if (raiseError)
        {
            return false;
        }

        Console.WriteLine($"Batch {batch}: Invalid loss, terminating training");
        return true;
    }
}
