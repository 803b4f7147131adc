namespace Nabla;

/// <summary>
/// What a model answers, and in which words or units: the classes by name, or a number as output x scale + mean. Numbers are learned in a unit
/// of their own (standardised, or divided by their mean) and given back in the original one.
/// </summary>
/// <example><code>
/// SchemaTarget species = SchemaTarget.OfClasses("species", ["setosa", "versicolor", "virginica"]);
/// SchemaTarget price = SchemaTarget.Measure("price", TargetKind.NonNegative, [100, 300]);
/// Console.WriteLine($"{species.Output.Units} {price.Scale}");     // 3 200
/// </code></example>
public sealed class SchemaTarget
{
    private SchemaTarget(string name, TargetKind kind, IReadOnlyList<string>? classes, double mean, double scale)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("SchemaTarget: expected a name, received none.", nameof(name));
        }

        (Name, Kind, Classes, Mean, Scale) = (name, kind, classes, mean, scale);
        if (classes is not null && (classes.Count < 2 || classes.Distinct(StringComparer.Ordinal).Count() != classes.Count))
        {
            throw new ArgumentException($"SchemaTarget '{name}': expected two classes or more, each once, received {(classes.Count < 2 ? $"{classes.Count}" : "one twice")}.", nameof(classes));
        }

        if (!double.IsFinite(mean) || !double.IsFinite(scale) || scale <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(scale), $"SchemaTarget '{name}': expected a finite mean and a finite scale above 0, received {LogText.Exact(mean)} and {LogText.Exact(scale)}.");
        }
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>What kind of thing it is.</summary>
    public TargetKind Kind { get; }

    /// <summary>The classes in the order of their numbers; null for a number.</summary>
    public IReadOnlyList<string>? Classes { get; }

    /// <summary>What is added to an output of a number: 0 for those never below 0.</summary>
    public double Mean { get; }

    /// <summary>What an output of a number is multiplied with first.</summary>
    public double Scale { get; }

    /// <summary>The output layer and the loss that fit.</summary>
    public OutputChoice Output => ChoosingTable.For(Kind, Classes?.Count ?? 2);

    /// <summary>A target of classes: binary for two, else one of several.</summary>
    /// <exception cref="ArgumentException">There are fewer than two classes, or one comes twice.</exception>
    public static SchemaTarget OfClasses(string name, IEnumerable<string> classes)
    {
        string[] held = [.. classes];
        return new(name, held.Length == 2 ? TargetKind.Binary : TargetKind.Classes, held, 0, 1);
    }

    /// <summary>A target that is a number, in units of its own.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind"><see cref="TargetKind.Real"/> or <see cref="TargetKind.NonNegative"/>.</param>
    /// <param name="mean">What is added to an output.</param>
    /// <param name="scale">What an output is multiplied with first.</param>
    /// <exception cref="ArgumentException">The kind has classes, or mean or scale cannot be used.</exception>
    public static SchemaTarget OfNumber(string name, TargetKind kind, double mean, double scale) => kind is TargetKind.Real or TargetKind.NonNegative
        ? new(name, kind, null, mean, scale)
        : throw new ArgumentException($"SchemaTarget '{name}': expected the kind Real or NonNegative for a number, received {kind}. Classes are made with OfClasses.", nameof(kind));

    /// <summary>A target that is a number, in the units that its values give: standardised, or divided by their mean where they are never below 0.</summary>
    /// <exception cref="ArgumentException">The values are all the same, or one is below 0 although the kind says none is.</exception>
    public static SchemaTarget Measure(string name, TargetKind kind, IReadOnlyCollection<double> values)
    {
        SchemaColumn measured = SchemaColumn.Measure(name, values);
        if (values.All(v => v == values.First()))
        {
            throw new ArgumentException($"SchemaTarget '{name}': expected values that differ, received {LogText.Exact(values.First())} only. There is nothing to learn.", nameof(values));
        }

        if (kind != TargetKind.NonNegative)
        {
            return OfNumber(name, kind, measured.Mean, 1 / measured.Scale);
        }

        return values.Min() >= 0
            ? OfNumber(name, kind, 0, measured.Mean)
            : throw new ArgumentException($"SchemaTarget '{name}': expected values that are never below 0, received {LogText.Exact(values.Min())}. Choose Real.", nameof(values));
    }

    /// <summary>What a model's outputs for one row mean.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="outputStep">What makes probabilities of them: <c>softmax</c>, <c>sigmoid</c> or <c>none</c>.</param>
    /// <exception cref="ArgumentException">Their number does not fit.</exception>
    public Prediction Decode(ReadOnlySpan<double> outputs, string outputStep)
    {
        int expected = Classes?.Count ?? 1;
        bool one = Classes is { Count: 2 } && outputs.Length == 1;
        if (outputs.Length != expected && !one)
        {
            throw new ArgumentException($"SchemaTarget '{Name}': expected {expected} outputs, received {outputs.Length}. Was the model trained for another target?", nameof(outputs));
        }

        if (Classes is null)
        {
            return new Prediction(this, outputs[0] * Scale + Mean);
        }

        double[] values = outputStep switch
        {
            "softmax" => Softmax(outputs),
            "sigmoid" => Array.ConvertAll(outputs.ToArray(), z => 1 / (1 + Math.Exp(-z))),
            _ => outputs.ToArray(),
        };
        return new Prediction(this, one ? [1 - values[0], values[0]] : values);
    }

    private static double[] Softmax(ReadOnlySpan<double> logits)
    {
        double largest = System.Numerics.Tensors.TensorPrimitives.Max(logits);
        double[] values = Array.ConvertAll(logits.ToArray(), z => Math.Exp(z - largest));
        double sum = values.Sum();
        return Array.ConvertAll(values, v => v / sum);
    }
}
