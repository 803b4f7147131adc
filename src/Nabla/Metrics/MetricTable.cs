namespace Nabla;

/// <summary>The metrics by Keras' names: the closed list from which strings and files choose.</summary>
internal static class MetricTable
{
    private static readonly Dictionary<string, Func<string, Metric>> ByName = new()
    {
        ["accuracy"] = n => new AccuracyByName(n),
        ["acc"] = n => new AccuracyByName(n),
        ["sparse_categorical_accuracy"] = n => new SparseCategoricalAccuracy(n),
        ["categorical_accuracy"] = n => new CategoricalAccuracy(n),
        ["binary_accuracy"] = n => new BinaryAccuracy(n),
    };

    /// <summary>By the class names that files hold.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Metric>> ByClass { get; } = new Dictionary<string, Func<ConfigReader, Metric>>
    {
        ["SparseCategoricalAccuracy"] = c => new SparseCategoricalAccuracy(c.Text("name", "sparse_categorical_accuracy")),
        ["CategoricalAccuracy"] = c => new CategoricalAccuracy(c.Text("name", "categorical_accuracy")),
        ["BinaryAccuracy"] = c => new BinaryAccuracy(c.Text("name", "binary_accuracy"), c.Number("threshold", 0.5)),
    };

    /// <summary>The metric of a name; every loss may be watched under its name, too.</summary>
    public static Metric Find(string? name)
    {
        if (ByName.TryGetValue(name ?? "", out Func<string, Metric>? make))
        {
            return make(name!);
        }

        return LossTable.ByName.TryGetValue(name ?? "", out Func<Loss>? loss)
            ? new LossMetric(name!, loss())
            : throw DidYouMean.Unknown("Metric", name, ByName.Keys.Concat(LossTable.ByName.Keys), "A Metric object is taken as well.");
    }
}
