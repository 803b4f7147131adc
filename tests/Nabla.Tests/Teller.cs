namespace Nabla.Tests;

/// <summary>A progress receiver that is told at once, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class Teller(Action<TrainingProgress> told) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => told(value);
}
