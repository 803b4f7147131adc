using Nabla.Cli.Input;

namespace Nabla.Cli.Training;

/// <summary>What <c>nabla train</c> was asked for.</summary>
internal sealed record TrainSettings
{
    /// <summary>The seed where none is given: a first run shows what the documentation shows.</summary>
    public const int DefaultSeed = 42;

    /// <summary>Samples a step where nothing else is asked for.</summary>
    public const int DefaultBatchSize = 32;

    // With Adam at its usual rate the lecture's network has learned by then, measured on MNIST and the 8x8 digits.
    private const int Steps = 3000;
    private const int FewestEpochs = 8;
    private const int MostEpochs = 100;

    // A person's own rows may be few: quantities take long to be hit, and some dozens of rows make a step or two an epoch.
    private const int MostEpochsOfQuantities = 1000;
    private const int FewestStepsOfTables = 400;

    /// <summary>The words for DATA.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>What was said about a CSV file.</summary>
    public required TableWords Table { get; init; }

    /// <summary>The units of each layer; null takes 25, 15 and one for each class.</summary>
    public IReadOnlyList<int>? Layers { get; init; }

    /// <summary>The activation of all layers but the last.</summary>
    public required Activation Activation { get; init; }

    /// <summary>The optimizer's name.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The size of a step; null takes the optimizer's usual one.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Times over the data; null follows <see cref="EpochRule"/>.</summary>
    public int? Epochs { get; init; }

    /// <summary>Samples a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Decides first weights and the order of samples.</summary>
    public required int Seed { get; init; }

    /// <summary>How many seeds are tried, from <see cref="Seed"/> on.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Whether a report is written beside the model.</summary>
    public bool Report { get; init; }

    /// <summary>Threads that share the work of a step.</summary>
    public required int Threads { get; init; }

    /// <summary>Where the model goes; null takes the data's name.</summary>
    public string? Out { get; init; }

    /// <summary>Where the machine-readable result goes, or null.</summary>
    public string? Json { get; init; }

    /// <summary>Whether a page to draw in goes beside a model of pictures.</summary>
    public bool Page { get; init; } = true;

    /// <summary>How many epochs there are where none are asked for, in words.</summary>
    public static string EpochRule => $"enough for {Steps:N0} steps, from {FewestEpochs} to {MostEpochs} ({MostEpochsOfQuantities} for the quantities of a CSV file)";

    /// <summary>The epochs for a number of training samples.</summary>
    /// <param name="samples">The samples to learn from.</param>
    /// <param name="target">What is predicted, where the samples come from a CSV file.</param>
    public int EpochsFor(int samples, SchemaTarget? target = null)
    {
        int stepsPerEpoch = (samples + BatchSize - 1) / BatchSize;
        int most = target is null ? MostEpochs
            : target.Classes is null ? MostEpochsOfQuantities
            : Math.Max(MostEpochs, (FewestStepsOfTables + stepsPerEpoch - 1) / stepsPerEpoch);
        return Epochs ?? Math.Clamp((Steps + stepsPerEpoch - 1) / stepsPerEpoch, FewestEpochs, most);
    }

    /// <summary>A new optimizer.</summary>
    public Optimizer NewOptimizer()
    {
        Optimizer optimizer = Optimizer;
        optimizer.LearningRate = LearningRate ?? optimizer.LearningRate;
        return optimizer;
    }
}
