namespace Nabla.Explain;

/// <summary>How a training went: what each epoch measured, and some steps looked at closely.</summary>
internal sealed class Course
{
    /// <summary>The loss of each epoch.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>The validation loss of each epoch that measured it.</summary>
    public List<double> ValidationLosses { get; } = [];

    /// <summary>Steps made.</summary>
    public long Steps { get; set; }

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; set; }

    /// <summary>The length of a step's change beside the length of the weights, for the steps that were looked at.</summary>
    public List<double> RelativeUpdates { get; } = [];

    /// <summary>How long a step is beside the weights: the middle one of twelve successive steps, where they were longest.</summary>
    public double StepLength => RelativeUpdates.Chunk(StepWatch.Steps).Select(w => Figures.Median(w)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();

    /// <summary>The cosine of the angle between a step's change and that of the step before.</summary>
    public List<double> Turns { get; } = [];

    /// <summary>Whether a loss or a weight stopped being finite.</summary>
    public bool Diverged { get; set; }
}
