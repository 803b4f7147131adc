namespace Nabla;

/// <summary>Where a model's training stands, beside its weights and the optimizer's memory: enough to go on as if nothing had happened.</summary>
internal sealed class TrainingState
{
    /// <summary>The key of shuffling and dropout.</summary>
    public int Seed { get; set; }

    /// <summary>Epochs trained over the model's whole life: each has its own order of samples.</summary>
    public long Epochs { get; set; }
}
