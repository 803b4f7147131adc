namespace Nabla;

/// <summary>
/// What is made from the four counts of a yes-or-no question: outputs above a threshold are a yes, labels other than 0 as well. One value for one
/// threshold, an array for several. For outputs of any dims: every element is a question of its own.
/// </summary>
/// <example><code>
/// ThresholdMetric precision = new Precision(thresholds: [0.3, 0.5, 0.7]);
/// precision.UpdateState(new double[] { 0, 1, 1, 0 }, new double[] { 0.4, 0.6, 0.8, 0.2 });
/// </code></example>
public abstract class ThresholdMetric : Metric
{
    private readonly int? _topK;
    private readonly int? _classId;
    private readonly bool _isEven;

    private protected ThresholdMetric(string name, IReadOnlyList<double> thresholds, int? topK = null, int? classId = null)
        : base(name)
    {
        Thresholds = thresholds;
        _topK = topK is { } k ? TopK.Checked(ClassName, k) : null;
        _classId = classId is null or >= 0 ? classId : throw new ArgumentOutOfRangeException(nameof(classId), classId, $"{ClassName}: expected a classId of 0 or more.");
        _isEven = IsEven(thresholds);
    }

    /// <summary>What outputs must exceed, one after the other.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Dims> StateDims(TensorType yTrue, TensorType yPred)
    {
        Dims all = Columns(yPred);
        Dims each = all.Insert(0, Thresholds.Count);
        return [each, each, all, all];
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Tensor> Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight, IReadOnlyList<Tensor> state)
    {
        using IDisposable _ = yPred.Builder.Scope(Name);
        (yTrue, yPred) = MetricLabels.Aligned(ClassName, yTrue, yPred);
        yPred = _topK is { } k ? TopK.Only(yPred, k) : Scores(yPred);
        if (_classId is { } id)
        {
            (yTrue, yPred) = (Class(yTrue, id), Class(yPred, id));
        }

        Dims dims = yPred.Dims;
        Tensor weight = sampleWeight is null ? yPred.Cast(DType.Float64).Like(1) : SampleWeights.Repeated(sampleWeight, dims);
        weight = Weighted(weight);
        Tensor isYes = yTrue.EqualTo(0).Not();
        Tensor yes = Tensor.Select(isYes, weight, weight.Like(0));
        Tensor no = Tensor.Select(isYes, weight.Like(0), weight);

        Tensor above = Above(yPred);
        bool columns = state[2].Dims.Rank == 1;
        return [state[0] + Each(yes), state[1] + Each(no), state[2] + All(yes), state[3] + All(no)];

        Tensor Each(Tensor x) => Tensor.Select(above, x, x.Like(0)).Sum([.. Enumerable.Range(1, columns ? 1 : dims.Rank)]);
        Tensor All(Tensor x) => columns ? x.Sum(0) : x.Sum();
    }

    /// <inheritdoc/>
    protected internal override NDArray Result(IReadOnlyList<NDArray> state)
    {
        ThresholdCounts[] counts = ThresholdCounts.Of(state);
        return counts.Length == 1 ? Value(counts[0]) : counts.Select(Value).ToArray();
    }

    /// <summary>The metric's value at one threshold.</summary>
    private protected abstract double Value(ThresholdCounts counts);

    /// <summary>The dims of counts that are kept apart: none, or one a label.</summary>
    private protected virtual Dims Columns(TensorType yPred) => Dims.Scalar;

    /// <summary>What thresholds are compared with.</summary>
    private protected virtual Tensor Scores(Tensor yPred) => yPred;

    /// <summary>Weights of the elements after those of the labels.</summary>
    private protected virtual Tensor Weighted(Tensor weight) => weight;

    /// <summary>Thresholds as given or a half; all from 0 to 1, as Keras asks.</summary>
    private protected static IReadOnlyList<double> Checked(string who, IReadOnlyList<double>? thresholds, double fallback = 0.5)
    {
        if (thresholds is not { Count: > 0 })
        {
            return [fallback];
        }

        foreach (double threshold in thresholds)
        {
            if (threshold is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(thresholds), threshold, $"{who}: expected thresholds from 0 to 1. For logits give 0, which is a probability of one half.");
            }
        }

        return [.. thresholds];
    }

    /// <summary>Evenly spread from 0 to 1.</summary>
    private protected static IReadOnlyList<double> Even(string who, int count) => count switch
    {
        < 1 => throw new ArgumentOutOfRangeException(nameof(count), count, $"{who}: expected 1 or more for numThresholds."),
        1 => [0.5],
        _ => [.. Enumerable.Range(0, count).Select(i => (double)i / (count - 1))],
    };

    // [thresholds, ..]: evenly spread ones are counted as Keras counts them, by a whole number of steps, which decides for outputs just on a threshold.
    private Tensor Above(Tensor p)
    {
        double[] steps = [.. Thresholds];
        if (_isEven)
        {
            p = p.Clip(0, 1) * (steps.Length - 1);
            bool hasMargin = steps[0] < 0 || steps[^1] > 1;
            steps = [.. Enumerable.Range(0, steps.Length).Select(i => i == 0 && hasMargin ? -1.0 : i)];
        }

        Dims dims = Dims.Of([steps.Length, .. Enumerable.Repeat(1, p.Dims.Rank)]);
        return p.GreaterThan(p.Builder.Literal(steps).Cast(p.DType).Reshape(dims));
    }

    private Tensor Class(Tensor x, int id) => x.Dims.Rank >= 2 && id < x.Dims[-1].Size
        ? x.Take(x.Builder.Constant(id, DType.Int32), axis: -1)
        : throw new ShapeException($"{ClassName} '{Name}': expected outputs with a last axis of classes above classId {id}, received {x.Type}.");

    private static bool IsEven(IReadOnlyList<double> thresholds)
    {
        for (int i = 0; i < thresholds.Count; i++)
        {
            double even = (double)i / (thresholds.Count - 1);
            if (thresholds.Count < 3 || Math.Abs(thresholds[i] - even) > 1e-7 + 1e-5 * even)
            {
                return false;
            }
        }

        return true;
    }
}
