// Intersection over union: of the places that are a class or are taken for it, the share that are both.
namespace Nabla;

/// <summary>
/// Intersection over union, TP / (TP + FP + FN), averaged over chosen classes that occur. Sample weights are cut to whole numbers, as in Keras.
/// </summary>
/// <example><code>
/// IoU iou = new(numClasses: 3, targetClassIds: [1, 2]);
/// iou.UpdateState(new[] { 0, 1, 2 }, new[] { 0, 2, 2 });
/// </code></example>
public class IoU : ConfusionMatrixMetric
{
    /// <summary>A metric.</summary>
    /// <param name="numClasses">How many classes there are.</param>
    /// <param name="targetClassIds">The classes that are averaged over.</param>
    /// <param name="name">The key in histories and results.</param>
    /// <param name="ignoreClass">A label whose samples do not count.</param>
    /// <param name="sparseYTrue">Whether labels are class numbers; else the largest along the axis is taken.</param>
    /// <param name="sparseYPred">Whether outputs are class numbers; else the largest along the axis is taken.</param>
    /// <param name="axis">The axis of the classes.</param>
    public IoU(int numClasses, IReadOnlyList<int> targetClassIds, string name = "io_u", int? ignoreClass = null, bool sparseYTrue = true, bool sparseYPred = true, int axis = -1)
        : this(nameof(IoU), numClasses, targetClassIds, name, ignoreClass, sparseYTrue, sparseYPred, axis)
    {
    }

    private protected IoU(string className, int numClasses, IReadOnlyList<int> targetClassIds, string name, int? ignoreClass, bool sparseYTrue, bool sparseYPred, int axis)
        : base(className, numClasses, name)
    {
        ArgumentNullException.ThrowIfNull(targetClassIds);
        TargetClassIds = targetClassIds.Count > 0 && targetClassIds.All(id => id >= 0 && id < numClasses)
            ? [.. targetClassIds]
            : throw new ArgumentOutOfRangeException(nameof(targetClassIds), $"{className}: expected targetClassIds from 0 to {numClasses - 1}, received [{string.Join(", ", targetClassIds)}].");
        (IgnoreClass, SparseYTrue, SparseYPred, Axis) = (ignoreClass, sparseYTrue, sparseYPred, axis);
    }

    /// <summary>The classes that are averaged over.</summary>
    public IReadOnlyList<int> TargetClassIds { get; }

    /// <summary>The label whose samples do not count.</summary>
    public int? IgnoreClass { get; }

    /// <summary>Whether labels are class numbers.</summary>
    public bool SparseYTrue { get; }

    /// <summary>Whether outputs are class numbers.</summary>
    public bool SparseYPred { get; }

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    public override bool? MoreIsBetter => true;

    // Keras 3.15 counts samples in whole numbers here: a weight of 1.7 counts 1, one of 0.3 nothing. Values follow what it does.
    private protected override Tensor Counted(Tensor weight) => weight.Floor();

    /// <inheritdoc/>
    protected internal override NDArray Result(IReadOnlyList<NDArray> state)
    {
        // The epsilon and the least union are Keras'.
        const double Epsilon = 1e-7;
        double[,] matrix = state[0].ToArray2D<double>();
        double sum = 0;
        int valid = 0;
        foreach (int id in TargetClassIds)
        {
            double union = -matrix[id, id];
            for (int other = 0; other < NumClasses; other++)
            {
                union += matrix[id, other] + matrix[other, id];
            }

            sum += matrix[id, id] / (union + Epsilon);
            valid += union > 1e-9 ? 1 : 0;
        }

        return sum / (valid + Epsilon);
    }

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("num_classes", NumClasses);
        config.Numbers("target_class_ids", TargetClassIds.Select(i => (double)i));
        config.Integer("ignore_class", IgnoreClass);
        config.Boolean("sparse_y_true", SparseYTrue);
        config.Boolean("sparse_y_pred", SparseYPred);
        config.Integer("axis", Axis);
    }

    internal static IoU Read(ConfigReader c) => new(
        c.RequiredInteger("num_classes"),
        c.Integers("target_class_ids") ?? throw c.Error("expected 'target_class_ids', but it is missing."),
        c.Text("name", "io_u"),
        c.Integer("ignore_class", null),
        c.Boolean("sparse_y_true", true),
        c.Boolean("sparse_y_pred", true),
        c.Integer("axis", -1)!.Value);

    private protected override int? IgnoredClass => IgnoreClass;

    private protected override (Tensor Actual, Tensor Predicted) Classes(Tensor yTrue, Tensor yPred) =>
        (SparseYTrue ? yTrue : Largest(yTrue), SparseYPred ? yPred : Largest(yPred));

    private Tensor Largest(Tensor x) => x.Dims.Rank >= 2 && x.Dims[x.Dims.Axis(Axis, ClassName)].Size == NumClasses
        ? x.ArgMax(Axis)
        : throw new ShapeException($"{ClassName} '{Name}': expected {NumClasses} classes along axis {Axis}, received {x.Type}.");
}

/// <summary>
/// Intersection over union of the answers no (class 0) and yes (class 1), averaged over those asked for; an output of at least the threshold is a yes.
/// </summary>
/// <param name="targetClassIds">0, 1 or both; both where it is null.</param>
/// <param name="threshold">What an output must reach to be a yes.</param>
/// <param name="name">The key in histories and results.</param>
/// <example><code>
/// model.Compile("adam", "binary_crossentropy", metrics: [new BinaryIoU(targetClassIds: [1])]);
/// </code></example>
public sealed class BinaryIoU(IReadOnlyList<int>? targetClassIds = null, double threshold = 0.5, string name = "binary_io_u")
    : IoU(nameof(BinaryIoU), 2, targetClassIds ?? [0, 1], name, null, true, true, -1)
{
    /// <summary>What an output must reach to be a yes.</summary>
    public double Threshold { get; } = threshold;

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Numbers("target_class_ids", TargetClassIds.Select(i => (double)i));
        config.Number("threshold", Threshold);
    }

    internal static new BinaryIoU Read(ConfigReader c) => new(c.Integers("target_class_ids"), c.Number("threshold", 0.5), c.Text("name", "binary_io_u"));

    private protected override (Tensor Actual, Tensor Predicted) Classes(Tensor yTrue, Tensor yPred)
    {
        yPred = yPred.DType.IsFloat ? yPred : yPred.Cast(DType.Float64);
        return (yTrue, yPred.AtLeast(Threshold));
    }
}

/// <summary>Intersection over union, averaged over all classes that occur.</summary>
/// <param name="numClasses">How many classes there are.</param>
/// <param name="name">The key in histories and results.</param>
/// <param name="ignoreClass">A label whose samples do not count.</param>
/// <param name="sparseYTrue">Whether labels are class numbers.</param>
/// <param name="sparseYPred">Whether outputs are class numbers.</param>
/// <param name="axis">The axis of the classes.</param>
/// <example><code>
/// MeanIoU iou = new(numClasses: 2);
/// iou.UpdateState(new[] { 0, 0, 1, 1 }, new[] { 0, 1, 0, 1 }); // a third
/// </code></example>
public sealed class MeanIoU(int numClasses, string name = "mean_io_u", int? ignoreClass = null, bool sparseYTrue = true, bool sparseYPred = true, int axis = -1)
    : IoU(nameof(MeanIoU), numClasses, [.. Enumerable.Range(0, Math.Max(numClasses, 0))], name, ignoreClass, sparseYTrue, sparseYPred, axis)
{
    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("num_classes", NumClasses);
        config.Integer("ignore_class", IgnoreClass);
        config.Boolean("sparse_y_true", SparseYTrue);
        config.Boolean("sparse_y_pred", SparseYPred);
        config.Integer("axis", Axis);
    }

    internal static new MeanIoU Read(ConfigReader c) => new(
        c.RequiredInteger("num_classes"),
        c.Text("name", "mean_io_u"),
        c.Integer("ignore_class", null),
        c.Boolean("sparse_y_true", true),
        c.Boolean("sparse_y_pred", true),
        c.Integer("axis", -1)!.Value);
}

/// <summary>Intersection over union of chosen classes, for one-hot labels, and outputs that are one-hot or probabilities.</summary>
/// <param name="numClasses">How many classes there are.</param>
/// <param name="targetClassIds">The classes that are averaged over.</param>
/// <param name="name">The key in histories and results.</param>
/// <param name="ignoreClass">A label whose samples do not count.</param>
/// <param name="sparseYPred">Whether outputs are class numbers.</param>
/// <param name="axis">The axis of the classes.</param>
/// <example><code>
/// model.Compile("adam", "categorical_crossentropy", metrics: [new OneHotIoU(numClasses: 3, targetClassIds: [0, 2])]);
/// </code></example>
public sealed class OneHotIoU(int numClasses, IReadOnlyList<int> targetClassIds, string name = "one_hot_io_u", int? ignoreClass = null, bool sparseYPred = false, int axis = -1)
    : IoU(nameof(OneHotIoU), numClasses, targetClassIds, name, ignoreClass, false, sparseYPred, axis)
{
    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("num_classes", NumClasses);
        config.Numbers("target_class_ids", TargetClassIds.Select(i => (double)i));
        config.Integer("ignore_class", IgnoreClass);
        config.Boolean("sparse_y_pred", SparseYPred);
        config.Integer("axis", Axis);
    }

    internal static new OneHotIoU Read(ConfigReader c) => new(
        c.RequiredInteger("num_classes"),
        c.Integers("target_class_ids") ?? throw c.Error("expected 'target_class_ids', but it is missing."),
        c.Text("name", "one_hot_io_u"),
        c.Integer("ignore_class", null),
        c.Boolean("sparse_y_pred", false),
        c.Integer("axis", -1)!.Value);
}

/// <summary>Intersection over union of all classes that occur, for one-hot labels, and outputs that are one-hot or probabilities.</summary>
/// <param name="numClasses">How many classes there are.</param>
/// <param name="name">The key in histories and results.</param>
/// <param name="ignoreClass">A label whose samples do not count.</param>
/// <param name="sparseYPred">Whether outputs are class numbers.</param>
/// <param name="axis">The axis of the classes.</param>
/// <example><code>
/// model.Compile("adam", "categorical_crossentropy", metrics: [new OneHotMeanIoU(numClasses: 3)]);
/// </code></example>
public sealed class OneHotMeanIoU(int numClasses, string name = "one_hot_mean_io_u", int? ignoreClass = null, bool sparseYPred = false, int axis = -1)
    : IoU(nameof(OneHotMeanIoU), numClasses, [.. Enumerable.Range(0, Math.Max(numClasses, 0))], name, ignoreClass, false, sparseYPred, axis)
{
    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config)
    {
        config.Integer("num_classes", NumClasses);
        config.Integer("ignore_class", IgnoreClass);
        config.Boolean("sparse_y_pred", SparseYPred);
        config.Integer("axis", Axis);
    }

    internal static new OneHotMeanIoU Read(ConfigReader c) => new(
        c.RequiredInteger("num_classes"),
        c.Text("name", "one_hot_mean_io_u"),
        c.Integer("ignore_class", null),
        c.Boolean("sparse_y_pred", false),
        c.Integer("axis", -1)!.Value);
}
