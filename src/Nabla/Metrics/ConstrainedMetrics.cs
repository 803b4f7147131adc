// The best of one share among the thresholds at which another is good enough.
namespace Nabla;

/// <summary>The best of one share among the thresholds at which another is at least a given value; 0 where there is none.</summary>
/// <example><code>
/// ConstrainedMetric best = new PrecisionAtRecall(recall: 0.9);
/// </code></example>
public abstract class ConstrainedMetric : ThresholdMetric
{
    private readonly string _argument;
    private readonly int _numThresholds;
    private readonly int? _classId;

    private protected ConstrainedMetric(string className, string argument, double least, int numThresholds, int? classId, string name)
        : base(name, Even(className, numThresholds), classId: classId)
    {
        Least = least is >= 0 and <= 1 ? least : throw new ArgumentOutOfRangeException(argument, least, $"{className}: expected a {argument} from 0 to 1, such as 0.9.");
        (_argument, _numThresholds, _classId) = (argument, numThresholds, classId);
    }

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <summary>The least value of the share that is given.</summary>
    public double Least { get; }

    /// <inheritdoc/>
    protected internal override NDArray Result(IReadOnlyList<NDArray> state)
    {
        double best = 0;
        foreach (ThresholdCounts counts in ThresholdCounts.Of(state))
        {
            best = Given(counts) >= Least ? Math.Max(best, Value(counts)) : best;
        }

        return best;
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Number(_argument, Least);
        config.Integer("num_thresholds", _numThresholds);
        config.Integer("class_id", _classId);
    }

    /// <summary>The share that must be good enough.</summary>
    private protected abstract double Given(ThresholdCounts counts);
}

/// <summary>The best sensitivity TP / (TP + FN) among the thresholds with at least a given specificity TN / (TN + FP).</summary>
/// <param name="specificity">From 0 to 1.</param>
/// <param name="numThresholds">How many thresholds from 0 to 1 are tried.</param>
/// <param name="classId">Only this class' outputs and labels are looked at.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "binary_crossentropy", metrics: [new SensitivityAtSpecificity(specificity: 0.9)]);
/// </code></example>
public sealed class SensitivityAtSpecificity(double specificity, int numThresholds = 200, int? classId = null, string name = "sensitivity_at_specificity")
    : ConstrainedMetric(nameof(SensitivityAtSpecificity), "specificity", specificity, numThresholds, classId, name)
{
    internal static SensitivityAtSpecificity Read(ConfigReader c) =>
        new(c.RequiredNumber("specificity"), c.Integer("num_thresholds", 200)!.Value, c.Integer("class_id", null), c.Text("name", "sensitivity_at_specificity"));

    private protected override double Given(ThresholdCounts counts) => counts.Specificity;

    private protected override double Value(ThresholdCounts counts) => counts.Recall;
}

/// <summary>The best specificity TN / (TN + FP) among the thresholds with at least a given sensitivity TP / (TP + FN).</summary>
/// <param name="sensitivity">From 0 to 1.</param>
/// <param name="numThresholds">How many thresholds from 0 to 1 are tried.</param>
/// <param name="classId">Only this class' outputs and labels are looked at.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "binary_crossentropy", metrics: [new SpecificityAtSensitivity(sensitivity: 0.9)]);
/// </code></example>
public sealed class SpecificityAtSensitivity(double sensitivity, int numThresholds = 200, int? classId = null, string name = "specificity_at_sensitivity")
    : ConstrainedMetric(nameof(SpecificityAtSensitivity), "sensitivity", sensitivity, numThresholds, classId, name)
{
    internal static SpecificityAtSensitivity Read(ConfigReader c) =>
        new(c.RequiredNumber("sensitivity"), c.Integer("num_thresholds", 200)!.Value, c.Integer("class_id", null), c.Text("name", "specificity_at_sensitivity"));

    private protected override double Given(ThresholdCounts counts) => counts.Recall;

    private protected override double Value(ThresholdCounts counts) => counts.Specificity;
}

/// <summary>The best precision among the thresholds with at least a given recall.</summary>
/// <param name="recall">From 0 to 1.</param>
/// <param name="numThresholds">How many thresholds from 0 to 1 are tried.</param>
/// <param name="classId">Only this class' outputs and labels are looked at.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "binary_crossentropy", metrics: [new PrecisionAtRecall(recall: 0.9)]);
/// </code></example>
public sealed class PrecisionAtRecall(double recall, int numThresholds = 200, int? classId = null, string name = "precision_at_recall")
    : ConstrainedMetric(nameof(PrecisionAtRecall), "recall", recall, numThresholds, classId, name)
{
    internal static PrecisionAtRecall Read(ConfigReader c) =>
        new(c.RequiredNumber("recall"), c.Integer("num_thresholds", 200)!.Value, c.Integer("class_id", null), c.Text("name", "precision_at_recall"));

    private protected override double Given(ThresholdCounts counts) => counts.Recall;

    private protected override double Value(ThresholdCounts counts) => counts.Precision;
}

/// <summary>The best recall among the thresholds with at least a given precision; 0 where it is never reached.</summary>
/// <param name="precision">From 0 to 1.</param>
/// <param name="numThresholds">How many thresholds from 0 to 1 are tried.</param>
/// <param name="classId">Only this class' outputs and labels are looked at.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "binary_crossentropy", metrics: [new RecallAtPrecision(precision: 0.9)]);
/// </code></example>
public sealed class RecallAtPrecision(double precision, int numThresholds = 200, int? classId = null, string name = "recall_at_precision")
    : ConstrainedMetric(nameof(RecallAtPrecision), "precision", precision, numThresholds, classId, name)
{
    internal static RecallAtPrecision Read(ConfigReader c) =>
        new(c.RequiredNumber("precision"), c.Integer("num_thresholds", 200)!.Value, c.Integer("class_id", null), c.Text("name", "recall_at_precision"));

    private protected override double Given(ThresholdCounts counts) => counts.Precision;

    private protected override double Value(ThresholdCounts counts) => counts.Recall;
}
