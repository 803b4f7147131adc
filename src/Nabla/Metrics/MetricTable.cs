using System.Collections.Concurrent;

namespace Nabla;

/// <summary>The metrics by Keras' names: the closed list from which strings and files choose, and what users register.</summary>
internal static class MetricTable
{
    private static readonly ConcurrentDictionary<string, Func<Tensor, Tensor, Tensor>> Functions = [];
    private static readonly ConcurrentDictionary<string, Func<ConfigReader, Metric>> Own = [];

    // How a file makes a metric, and how a name does; one that cannot be made without arguments has no second.
    private static readonly Dictionary<string, (Func<ConfigReader, Metric> Read, Func<string, Metric>? Make)> Classes = new()
    {
        ["Accuracy"] = (Accuracy.Read, n => new Accuracy(n)),
        ["BinaryAccuracy"] = (BinaryAccuracy.Read, n => new BinaryAccuracy(n)),
        ["CategoricalAccuracy"] = (CategoricalAccuracy.Read, n => new CategoricalAccuracy(n)),
        ["SparseCategoricalAccuracy"] = (SparseCategoricalAccuracy.Read, n => new SparseCategoricalAccuracy(n)),
        ["TopKCategoricalAccuracy"] = (TopKCategoricalAccuracy.Read, n => new TopKCategoricalAccuracy(name: n)),
        ["SparseTopKCategoricalAccuracy"] = (SparseTopKCategoricalAccuracy.Read, n => new SparseTopKCategoricalAccuracy(name: n)),
        ["TruePositives"] = (TruePositives.Read, n => new TruePositives(name: n)),
        ["TrueNegatives"] = (TrueNegatives.Read, n => new TrueNegatives(name: n)),
        ["FalsePositives"] = (FalsePositives.Read, n => new FalsePositives(name: n)),
        ["FalseNegatives"] = (FalseNegatives.Read, n => new FalseNegatives(name: n)),
        ["Precision"] = (Precision.Read, n => new Precision(name: n)),
        ["Recall"] = (Recall.Read, n => new Recall(name: n)),
        ["AUC"] = (AUC.Read, n => new AUC(name: n)),
        ["SensitivityAtSpecificity"] = (SensitivityAtSpecificity.Read, null),
        ["SpecificityAtSensitivity"] = (SpecificityAtSensitivity.Read, null),
        ["PrecisionAtRecall"] = (PrecisionAtRecall.Read, null),
        ["RecallAtPrecision"] = (RecallAtPrecision.Read, null),
        ["F1Score"] = (F1Score.Read, n => new F1Score(name: n)),
        ["FBetaScore"] = (FBetaScore.Read, n => new FBetaScore(name: n)),
        ["RootMeanSquaredError"] = (RootMeanSquaredError.Read, n => new RootMeanSquaredError(n)),
        ["R2Score"] = (R2Score.Read, n => new R2Score(name: n)),
        ["PearsonCorrelation"] = (PearsonCorrelation.Read, n => new PearsonCorrelation(n)),
        ["ConcordanceCorrelation"] = (ConcordanceCorrelation.Read, n => new ConcordanceCorrelation(n)),
        ["IoU"] = (IoU.Read, null),
        ["BinaryIoU"] = (BinaryIoU.Read, n => new BinaryIoU(name: n)),
        ["MeanIoU"] = (MeanIoU.Read, null),
        ["OneHotIoU"] = (OneHotIoU.Read, null),
        ["OneHotMeanIoU"] = (OneHotMeanIoU.Read, null),
        ["ConfusionMatrix"] = (ConfusionMatrix.Read, null),
        ["Mean"] = (Mean.Read, n => new Mean(n)),
        ["Sum"] = (Sum.Read, n => new Sum(n)),
    };

    /// <summary>By the class names that files hold; every loss may be watched, too.</summary>
    public static IReadOnlyDictionary<string, Func<ConfigReader, Metric>> ByClass => new Registered<Metric>(BuiltIn, Own);

    /// <summary>The built-in ones of these.</summary>
    public static Dictionary<string, Func<ConfigReader, Metric>> BuiltIn { get; } = Files();

    private static Dictionary<string, Func<string, Metric>> ByName { get; } = Names();

    /// <summary>The metric of a name.</summary>
    public static Metric Find(string? name)
    {
        if (ByName.TryGetValue(name ?? "", out Func<string, Metric>? make))
        {
            return make(name!);
        }

        if (Functions.TryGetValue(name ?? "", out Func<Tensor, Tensor, Tensor>? values))
        {
            return new CustomMetric(name!, values);
        }

        if (LossTable.Find(name) is { } loss)
        {
            return new LossMetric(name!, loss, byName: true);
        }

        throw DidYouMean.Unknown("Metric", name, ByName.Keys.Concat(LossTable.Names), "A Metric object is taken as well, and a function by Metric.From or Metric.Register.");
    }

    public static bool IsRegistered(string name) => Functions.ContainsKey(name);

    public static void Register(string name, Func<Tensor, Tensor, Tensor> values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(values);
        Functions[Free(name)] = values;
    }

    public static void Register(string className, Func<ConfigReader, Metric> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(className);
        ArgumentNullException.ThrowIfNull(read);
        Own[Free(className)] = read;
    }

    private static string Free(string name) => !ByName.ContainsKey(name) && !BuiltIn.ContainsKey(name)
        ? name
        : throw new ArgumentException($"Metric.Register: expected a name of your own, received '{name}', which is a built-in metric. Choose another name.");

    private static Dictionary<string, Func<ConfigReader, Metric>> Files()
    {
        Dictionary<string, Func<ConfigReader, Metric>> files = Classes.ToDictionary(c => c.Key, c => Whole(c.Value.Read));
        foreach ((string name, Func<ConfigReader, Loss> read) in LossTable.BuiltIn)
        {
            files.TryAdd(name == "LogCosh" ? "LogCoshError" : name, Whole(c => (Metric)read(c)));
        }

        return files;

        // Every metric's file says a dtype, so that no reader has to; ours are float64 always.
        static Func<ConfigReader, Metric> Whole(Func<ConfigReader, Metric> read) => c =>
        {
            c.Ignore("dtype");
            return read(c);
        };
    }

    private static Dictionary<string, Func<string, Metric>> Names()
    {
        Dictionary<string, Func<string, Metric>> names = new() { ["accuracy"] = n => new AccuracyByName(n), ["acc"] = n => new AccuracyByName(n) };
        names["LogCoshError"] = names["log_cosh_error"] = n => new LossMetric(n, new LogCosh(), byName: true);
        foreach ((string className, (_, Func<string, Metric>? make)) in Classes)
        {
            Func<string, Metric> given = make ?? (_ => throw new ArgumentException($"Metric: '{className}' cannot be made from its name alone. Say new {className}(...) with its arguments."));
            names.TryAdd(AutoName.SnakeCase(className), given);
            names.TryAdd(className, given);
        }

        return names;
    }
}
