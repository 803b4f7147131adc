// The four counts themselves.
namespace Nabla;

/// <summary>How many questions with the answer yes are answered with yes. Under sample weights: the sum of their weights.</summary>
/// <param name="thresholds">What an output must exceed to be a yes; a half where none is given.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "binary_crossentropy", metrics: [new TruePositives(thresholds: [0.3])]);
/// </code></example>
public sealed class TruePositives(IReadOnlyList<double>? thresholds = null, string name = "true_positives")
    : ThresholdMetric(name, Checked(nameof(TruePositives), thresholds))
{
    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.NumberOrNumbers("thresholds", Thresholds);

    internal static TruePositives Read(ConfigReader c) => new(c.NumberOrNumbers("thresholds", 0.5), c.Text("name", "true_positives"));

    private protected override double Value(ThresholdCounts counts) => counts.TruePositives;
}

/// <summary>How many questions with the answer no are answered with no. Under sample weights: the sum of their weights.</summary>
/// <param name="thresholds">What an output must exceed to be a yes; a half where none is given.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "binary_crossentropy", metrics: [new TrueNegatives(thresholds: [0.3])]);
/// </code></example>
public sealed class TrueNegatives(IReadOnlyList<double>? thresholds = null, string name = "true_negatives")
    : ThresholdMetric(name, Checked(nameof(TrueNegatives), thresholds))
{
    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.NumberOrNumbers("thresholds", Thresholds);

    internal static TrueNegatives Read(ConfigReader c) => new(c.NumberOrNumbers("thresholds", 0.5), c.Text("name", "true_negatives"));

    private protected override double Value(ThresholdCounts counts) => counts.TrueNegatives;
}

/// <summary>How many questions with the answer no are answered with yes. Under sample weights: the sum of their weights.</summary>
/// <param name="thresholds">What an output must exceed to be a yes; a half where none is given.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "binary_crossentropy", metrics: [new FalsePositives(thresholds: [0.3])]);
/// </code></example>
public sealed class FalsePositives(IReadOnlyList<double>? thresholds = null, string name = "false_positives")
    : ThresholdMetric(name, Checked(nameof(FalsePositives), thresholds))
{
    /// <inheritdoc/>
    public override bool? MoreIsBetter => false;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.NumberOrNumbers("thresholds", Thresholds);

    internal static FalsePositives Read(ConfigReader c) => new(c.NumberOrNumbers("thresholds", 0.5), c.Text("name", "false_positives"));

    private protected override double Value(ThresholdCounts counts) => counts.FalsePositives;
}

/// <summary>How many questions with the answer yes are answered with no. Under sample weights: the sum of their weights.</summary>
/// <param name="thresholds">What an output must exceed to be a yes; a half where none is given.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "binary_crossentropy", metrics: [new FalseNegatives(thresholds: [0.3])]);
/// </code></example>
public sealed class FalseNegatives(IReadOnlyList<double>? thresholds = null, string name = "false_negatives")
    : ThresholdMetric(name, Checked(nameof(FalseNegatives), thresholds))
{
    /// <inheritdoc/>
    public override bool? MoreIsBetter => false;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.NumberOrNumbers("thresholds", Thresholds);

    internal static FalseNegatives Read(ConfigReader c) => new(c.NumberOrNumbers("thresholds", 0.5), c.Text("name", "false_negatives"));

    private protected override double Value(ThresholdCounts counts) => counts.FalseNegatives;
}
