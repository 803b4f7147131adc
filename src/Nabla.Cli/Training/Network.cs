using Nabla.Cli.Input;
using Nabla.Cli.Rendering;
using Nabla.Data;

namespace Nabla.Cli.Training;

/// <summary>Makes the network for a kind of data. It takes samples as they are in the file: scaling is its first layer.</summary>
internal static class Network
{
    private static readonly int[] HiddenUnits = [25, 15];

    /// <summary>A compiled model for classes (cross-entropy from logits) or quantities (mean squared error).</summary>
    /// <param name="source">The data.</param>
    /// <param name="parts">The data's division: columns are measured on the training part.</param>
    /// <param name="settings">Units, activation, optimizer, seed.</param>
    /// <exception cref="UsageException">The last layer does not fit the labels.</exception>
    public static Sequential Create(DataSource source, DataSplit parts, TrainSettings settings)
    {
        if (source.Schema is { } schema)
        {
            return ForTable(source, schema, settings);
        }

        int outputs = source.Labels.IsClasses ? source.Labels.ClassNames.Count : parts.YTrain.Dims[1].Size;
        IReadOnlyList<int> units = settings.Layers ?? [.. HiddenUnits, outputs];
        if (units[^1] != outputs)
        {
            throw new UsageException(LastLayer(source, units, outputs));
        }

        Dims sample = parts.XTrain.Dims[1..];
        List<Layer> layers = [new InputLayer(sample), Scaling(source, parts.XTrain)];
        if (sample.Rank > 1)
        {
            // Pictures are scaled by one number; columns have numbers of their own, so they must be one axis first.
            layers.Insert(source.Image is null ? 1 : 2, new Flatten());
        }

        layers.AddRange(units.Select((count, i) => new Dense(count, i < units.Count - 1 ? settings.Activation : Activation.Linear)));
        Sequential model = new(layers, name: Identifier(source.Name), seed: settings.Seed);
        Loss loss = source.Labels.IsClasses ? new SparseCategoricalCrossentropy(fromLogits: true) : new MeanSquaredError();
        model.Compile(settings.NewOptimizer(), loss, source.Labels.IsClasses ? ["accuracy"] : [], verbose: 0);
        return model;
    }

    /// <summary>What the model's file says beside its weights.</summary>
    public static ModelMetadata Metadata(DataSource source) => source.Schema is { } schema ? new() { Schema = schema, OutputStep = schema.Target.Output.OutputStep } : new()
    {
        Columns = source.FeatureNames.Count > 0 ? source.FeatureNames : null,
        Classes = source.Labels.IsClasses ? source.Labels.ClassNames : null,
        OutputStep = source.Labels.IsClasses ? "softmax" : "none",
    };

    // The lecture's choosing table decides on the last layer and the loss; the schema has scaled the columns.
    private static Sequential ForTable(DataSource source, Schema schema, TrainSettings settings)
    {
        OutputChoice output = schema.Target.Output;
        IReadOnlyList<int> units = settings.Layers ?? [.. HiddenUnits, output.Units];
        if (units[^1] != output.Units)
        {
            throw new UsageException($"--layers: expected {Text.Many(output.Units, "unit")} in the last layer, for {schema.Target.Name} is {output.Reason}; received {units[^1]}. Type --layers {string.Join(',', units.SkipLast(1).Append(output.Units))}.");
        }

        // A relu that starts below 0 for every row would never learn: it starts near 1, which is the target's mean in its unit.
        Initializer bias = schema.Target.Kind == TargetKind.NonNegative ? new Ones() : new Zeros();
        IEnumerable<Layer> layers =
        [
            new InputLayer(schema.Width),
            .. units.SkipLast(1).Select(count => new Dense(count, settings.Activation)),
            new Dense(output.Units, output.Activation, biasInitializer: bias),
        ];
        Sequential model = new(layers, name: Identifier(source.Name), seed: settings.Seed);
        model.Compile(settings.NewOptimizer(), output.Loss, schema.Target.Kind switch
        {
            TargetKind.Binary => [new BinaryAccuracy("accuracy", threshold: 0)],
            TargetKind.Classes => ["accuracy"],
            _ => [],
        }, verbose: 0);
        return model;
    }

    private static Rescaling Scaling(DataSource source, NDArray x)
    {
        if (source.Image is { } image)
        {
            return new Rescaling(1.0 / image.MaxValue);
        }

        Standardization columns = Standardization.Measure(source.Name, x);
        return new Rescaling(columns.Scale, columns.Offset);
    }

    private static string LastLayer(DataSource source, IReadOnlyList<int> units, int outputs)
    {
        string why = source.Labels.IsClasses ? $"one for each class of {source.Name}" : $"one for each label column of {source.Name}";
        string first = string.Join(',', units.Append(outputs));
        string second = string.Join(',', units.SkipLast(1).Append(outputs));
        return $"--layers: expected {outputs} unit{(outputs == 1 ? "" : "s")} in the last layer, {why}; received {units[^1]}. Type --layers {first}, or --layers {second}.";
    }

    // A layer's name stands in the names of its weights, where '/' separates.
    private static string Identifier(string name) => name.Replace('/', '_');
}
