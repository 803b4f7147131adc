namespace Nabla.Explain;

/// <summary>What the doctor's rules look at: the facts of the common rules, and what was measured.</summary>
/// <param name="Model">The model.</param>
/// <param name="Compilation">What compiling was given; null before.</param>
internal sealed record Examination(Model Model, Compilation? Compilation) : ModelFacts(Model, Compilation)
{
    /// <summary>The data; null where none are at hand.</summary>
    public DataFacts? Data { get; init; }

    /// <summary>What fitting refuses about the data, a sentence or two each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The samples that measurements are made with, and their rows among all; null where there are none.</summary>
    public ProbeSet? Probe { get; init; }

    /// <summary>What the step's graph gave for the probe, in order of time; with all layers in the first and the last.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>The course of the training; null where none was watched.</summary>
    public Course? Course { get; init; }

    /// <summary>Steps that were tried without changing the model; null where none were.</summary>
    public Trial? Trial { get; init; }

    /// <summary>Where the first number that is not finite came up; null where all are.</summary>
    public Birth? Birth { get; init; }

    /// <summary>Which of some units give 0 for every sample, their largest sums, and how many samples were looked at.</summary>
    public Func<GateNumbers, IReadOnlyList<int>, (int[] Dead, double[] Largest, int Rows)> Confirm { get; init; } = (_, _) => ([], [], 0);

    /// <summary>Where training stands now.</summary>
    public Measurement? Last => Measurements.Count > 0 ? Measurements[^1] : null;

    /// <summary>Whether the weights are as they were drawn: nothing has been learned yet.</summary>
    public bool WasTrained => Course is { Losses.Count: > 0 };
}
