namespace Nabla;

/// <summary>Samples and labels to evaluate after each epoch.</summary>
/// <param name="X">The samples of each input.</param>
/// <param name="Y">The labels of each output.</param>
/// <param name="SampleWeight">What each sample counts.</param>
/// <example><code>
/// model.Fit(x, y, new FitOptions { Epochs = 2, Verbose = 0, ValidationData = new ValidationData(x, y) });
/// </code></example>
public sealed record ValidationData(Arrays X, Arrays Y, NDArray? SampleWeight = null);

/// <summary>How a model is fitted; Keras' names and defaults.</summary>
/// <example><code>
/// History history = model.Fit(x, y, new FitOptions { Epochs = 2, BatchSize = 16, Verbose = 0, ValidationSplit = 0.2 });
/// </code></example>
public sealed record FitOptions
{
    /// <summary>Samples a step; the last step of an epoch takes what is left. 32 by default.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The epoch to stop at, counted from 0. 1 by default.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>0: silent; 1: a progress bar; 2: a line an epoch; null, the default: a bar, or lines where the console is redirected.</summary>
    public int? Verbose { get; init; }

    /// <summary>The share of samples, from the end and before shuffling, that is held out. 0 by default.</summary>
    public double ValidationSplit { get; init; }

    /// <summary>Samples and labels to evaluate after each epoch; goes before the split.</summary>
    public ValidationData? ValidationData { get; init; }

    /// <summary>Samples a step of validation; <see cref="BatchSize"/> by default.</summary>
    public int? ValidationBatchSize { get; init; }

    /// <summary>Epochs from one validation to the next. 1 by default.</summary>
    public int ValidationFrequency { get; init; } = 1;

    /// <summary>Whether each epoch takes the samples in another order. True by default.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The epoch to start at. 0 by default.</summary>
    public int InitialEpoch { get; init; }

    /// <summary>What each class counts in the loss; 1 where it is not said.</summary>
    public IReadOnlyDictionary<int, double>? ClassWeight { get; init; }

    /// <summary>What each sample counts in the loss.</summary>
    public NDArray? SampleWeight { get; init; }

    /// <summary>Replaces the model's seed for shuffling and dropout.</summary>
    public int? Seed { get; init; }

    /// <summary>Threads for this call; the model's by default. The result does not depend on it.</summary>
    public int? Threads { get; init; }

    /// <summary>Told after an epoch's first step, then at most every 50 ms, and after each epoch.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Who watches the training and may step in, in order.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>
    /// Steps an epoch. Arrays are gone through as often as needed; a stream goes on from epoch to epoch. Null, the default: all data, or the
    /// stream from its start to its end.
    /// </summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>Batches to evaluate after each epoch, gone through from the start each time; in the place of <see cref="ValidationData"/>.</summary>
    public IEnumerable<Batch>? ValidationBatches { get; init; }

    /// <summary>Steps of each validation; null for all data.</summary>
    public int? ValidationSteps { get; init; }

    /// <summary>
    /// Whether to go on with the training that the model's file, or a cancelled Fit, has left. Null, the default: an epoch that was left in the
    /// middle is finished, where data and batch size are the same and <see cref="Epochs"/> reaches beyond it; a file written between epochs starts
    /// anew at <see cref="InitialEpoch"/>, as in Keras. True: goes on in either case, or says why it cannot. False: never.
    /// </summary>
    public bool? Resume { get; init; }

    /// <summary>Batches of one epoch after which a stream is taken to be endless.</summary>
    internal int EndlessAfter { get; init; } = 10_000_000;

    /// <summary>Refuses what makes no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    internal void Check(Model model)
    {
        string who = $"{model.ClassName} '{model.Name}': Fit";
        Require(BatchSize >= 1, "batchSize", BatchSize, $"{who} expected a batchSize of 1 or more, such as 32.");
        Require(ValidationBatchSize is null or >= 1, "validationBatchSize", ValidationBatchSize, $"{who} expected a validationBatchSize of 1 or more, such as 32.");
        Require(Epochs >= 0, "epochs", Epochs, $"{who} expected 0 or more epochs.");
        Require(InitialEpoch >= 0, "initialEpoch", InitialEpoch, $"{who} expected an initialEpoch of 0 or more: epochs are counted from 0.");
        Require(Verbose is null or (>= 0 and <= 2), "verbose", Verbose, $"{who} expected verbose to be 0 (silent), 1 (a bar) or 2 (a line an epoch).");
        Require(ValidationSplit is >= 0 and < 1, "validationSplit", ValidationSplit, $"{who} expected a validationSplit from 0 to below 1, such as 0.2.");
        Require(ValidationFrequency >= 1, "validationFrequency", ValidationFrequency, $"{who} expected a validationFrequency of 1 or more epochs.");
        Require(StepsPerEpoch is null or >= 1, "stepsPerEpoch", StepsPerEpoch, $"{who} expected stepsPerEpoch of 1 or more, or null for all data.");
        Require(ValidationSteps is null or >= 1, "validationSteps", ValidationSteps, $"{who} expected validationSteps of 1 or more, or null for all data.");
        Require(ValidationBatches is null || ValidationData is null, "validationBatches", "both", $"{who} expected validationData or validationBatches, received both.");
        Require(ValidationSteps is null || ValidationBatches is not null || ValidationData is not null || ValidationSplit > 0, "validationSteps", ValidationSteps, $"{who} expected data to validate on for validationSteps, received none. Give validationData, validationBatches or a validationSplit.");
        Require(Threads is null or >= 1, "threads", Threads, $"{who} expected 1 or more threads.");
    }

    private static void Require(bool holds, string argument, object? value, string message)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(argument, value, message);
        }
    }
}
