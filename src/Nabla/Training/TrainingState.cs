namespace Nabla;

/// <summary>Where a model's training stands, beside its weights and the optimizer's memory: enough to go on as if nothing had happened.</summary>
internal sealed class TrainingState
{
    private int _isFitting;

    /// <summary>The key of shuffling and dropout.</summary>
    public int Seed { get; set; }

    /// <summary>Epochs trained over the model's whole life: each has its own order of samples.</summary>
    public long Epochs { get; set; }

    /// <summary>Whether this caller may fit now; if so, it must say when it is done.</summary>
    public bool TryBegin() => Interlocked.Exchange(ref _isFitting, 1) == 0;

    /// <summary>Says that the fit is done.</summary>
    public void End() => Volatile.Write(ref _isFitting, 0);
}
