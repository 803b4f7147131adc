namespace Nabla;

/// <summary>The checked arguments of a <see cref="Model.Fit"/>.</summary>
internal sealed record FitOptions
{
    public FitOptions(
        Model model,
        int batchSize,
        int epochs,
        int? verbose,
        double validationSplit,
        bool shuffle,
        int initialEpoch,
        int validationBatchSize,
        int validationFrequency,
        int? seed,
        int threads)
    {
        string who = $"{model.ClassName} '{model.Name}': Fit";
        Require(batchSize >= 1, nameof(batchSize), batchSize, $"{who} expected a batchSize of 1 or more, such as 32.");
        Require(validationBatchSize >= 1, nameof(validationBatchSize), validationBatchSize, $"{who} expected a validationBatchSize of 1 or more, such as 32.");
        Require(epochs >= 0, nameof(epochs), epochs, $"{who} expected 0 or more epochs.");
        Require(initialEpoch >= 0, nameof(initialEpoch), initialEpoch, $"{who} expected an initialEpoch of 0 or more: epochs are counted from 0.");
        Require(verbose is null or (>= 0 and <= 2), nameof(verbose), verbose, $"{who} expected verbose to be 0 (silent), 1 (a bar) or 2 (a line an epoch).");
        Require(validationSplit is >= 0 and < 1, nameof(validationSplit), validationSplit, $"{who} expected a validationSplit from 0 to below 1, such as 0.2.");
        Require(validationFrequency >= 1, nameof(validationFrequency), validationFrequency, $"{who} expected a validationFrequency of 1 or more epochs.");
        Require(threads >= 1, nameof(threads), threads, $"{who} expected 1 or more threads.");
        (BatchSize, Epochs, ValidationSplit, Shuffle) = (batchSize, epochs, validationSplit, shuffle);
        (InitialEpoch, ValidationBatchSize, ValidationFrequency) = (initialEpoch, validationBatchSize, validationFrequency);
        (Seed, Threads) = (seed, threads);
        Verbose = verbose ?? (Console.IsOutputRedirected ? 2 : 1);
    }

    public int BatchSize { get; }

    public int Epochs { get; }

    public int Verbose { get; }

    public double ValidationSplit { get; }

    public bool Shuffle { get; }

    public int InitialEpoch { get; }

    public int ValidationBatchSize { get; }

    public int ValidationFrequency { get; }

    public int? Seed { get; }

    public int Threads { get; }

    private static void Require(bool holds, string argument, object? value, string message)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(argument, value, message);
        }
    }
}
