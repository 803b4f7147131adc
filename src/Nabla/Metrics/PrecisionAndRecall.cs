// The shares of right answers among the answers yes, and among the questions whose answer is yes.
namespace Nabla;

/// <summary>The share of right ones among the answers yes: TP / (TP + FP); 0 where there is none.</summary>
/// <param name="thresholds">What an output must exceed to be a yes: a half where none is given, 0 for logits. Several give an array.</param>
/// <param name="topK">The k largest outputs of a row are its yeses; a threshold is then needed no more.</param>
/// <param name="classId">Only this class' outputs and labels are looked at.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "binary_crossentropy", metrics: [new Precision()]);
/// </code></example>
public sealed class Precision(IReadOnlyList<double>? thresholds = null, int? topK = null, int? classId = null, string name = "precision")
    : ThresholdMetric(name, Checked(nameof(Precision), thresholds, topK is null ? 0.5 : -1e10), topK, classId)
{
    private readonly IReadOnlyList<double>? _given = thresholds;
    private readonly int? _topK = topK;
    private readonly int? _classId = classId;

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        if (_given is null)
        {
            config.Null("thresholds");
        }
        else
        {
            config.NumberOrNumbers("thresholds", _given);
        }

        config.Integer("top_k", _topK);
        config.Integer("class_id", _classId);
    }

    internal static Precision Read(ConfigReader c) => new(
        c.Has("thresholds") ? c.NumberOrNumbers("thresholds", 0.5) : null,
        c.Integer("top_k", null),
        c.Integer("class_id", null),
        c.Text("name", "precision"));

    private protected override double Value(ThresholdCounts counts) => counts.Precision;
}

/// <summary>The share of the questions with the answer yes that are answered so: TP / (TP + FN); 0 where there is none.</summary>
/// <param name="thresholds">What an output must exceed to be a yes: a half where none is given, 0 for logits. Several give an array.</param>
/// <param name="topK">The k largest outputs of a row are its yeses; a threshold is then needed no more.</param>
/// <param name="classId">Only this class' outputs and labels are looked at.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "binary_crossentropy", metrics: [new Recall()]);
/// </code></example>
public sealed class Recall(IReadOnlyList<double>? thresholds = null, int? topK = null, int? classId = null, string name = "recall")
    : ThresholdMetric(name, Checked(nameof(Recall), thresholds, topK is null ? 0.5 : -1e10), topK, classId)
{
    private readonly IReadOnlyList<double>? _given = thresholds;
    private readonly int? _topK = topK;
    private readonly int? _classId = classId;

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        if (_given is null)
        {
            config.Null("thresholds");
        }
        else
        {
            config.NumberOrNumbers("thresholds", _given);
        }

        config.Integer("top_k", _topK);
        config.Integer("class_id", _classId);
    }

    internal static Recall Read(ConfigReader c) => new(
        c.Has("thresholds") ? c.NumberOrNumbers("thresholds", 0.5) : null,
        c.Integer("top_k", null),
        c.Integer("class_id", null),
        c.Text("name", "recall"));

    private protected override double Value(ThresholdCounts counts) => counts.Recall;
}
