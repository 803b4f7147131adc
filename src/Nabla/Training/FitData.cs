namespace Nabla;

/// <summary>What a fit is given, checked and cut into training and validation.</summary>
internal static class FitData
{
    /// <summary>The samples to learn from, and those that are held out where a share of them was asked for.</summary>
    public static (TrainingData Training, TrainingData? Held) Split(Model model, FitOptions options, Arrays x, Arrays y)
    {
        TrainingData data = DataCheck.Run(model, nameof(Model.Fit), x, y, options.SampleWeight, options.ClassWeight);
        if (options.ValidationSplit == 0 || options.ValidationData is not null || options.ValidationBatches is not null)
        {
            return (data, null);
        }

        // The last samples, as in Keras: cut before shuffling and never shuffled.
        int kept = (int)Math.Floor(data.Count * (1 - options.ValidationSplit));
        if (kept == 0 || kept == data.Count)
        {
            throw new TrainingDataException($"{model.ClassName} '{model.Name}': Fit expected samples on both sides of the validationSplit of {LogText.Value(options.ValidationSplit)}, received {data.Count} samples, of which {kept} would train. Give more samples or another split.");
        }

        // Classes count in learning alone: what is held out is measured as Evaluate would.
        TrainingData plain = options.ClassWeight is null ? data : DataCheck.Run(model, nameof(Model.Fit), x, y, options.SampleWeight);
        return (data[..kept], plain[kept..]);
    }

    /// <summary>Refuses what only arrays can have.</summary>
    public static void CheckStream(Model model, FitOptions options)
    {
        string who = $"{model.ClassName} '{model.Name}': Fit";
        if (options.ValidationSplit > 0)
        {
            throw new ArgumentException($"{who} expected validationData or validationBatches beside a stream, received a validationSplit of {LogText.Value(options.ValidationSplit)}: a stream has no last samples to hold out.");
        }

        if (options.SampleWeight is not null)
        {
            throw new ArgumentException($"{who} expected the weights of a stream's samples in its batches, received a sampleWeight beside it. Give batches (x, y, sampleWeight).");
        }
    }
}
