namespace Nabla;

/// <summary>
/// How a loss makes one number of the values of a batch: <c>"sum"</c> or <c>Reduction.Sum</c>. The default is the mean over all values.
/// <example><code>
/// double total = new MeanSquaredError(Reduction.Sum).Call(y, model.Predict(x)).Item&lt;float&gt;();
/// </code></example>
/// </summary>
public readonly record struct Reduction
{
    private static readonly string[] Names = ["sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none"];
    private readonly int _index;

    private Reduction(int index) => _index = index;

    /// <summary>The sum, divided by the number of values; sample weights do not enter the divisor.</summary>
    public static Reduction SumOverBatchSize => new(0);

    /// <summary>The sum.</summary>
    public static Reduction Sum => new(1);

    /// <summary>The same as <see cref="SumOverBatchSize"/>.</summary>
    public static Reduction Mean => new(2);

    /// <summary>The weighted sum, divided by the sum of the weights.</summary>
    public static Reduction MeanWithSampleWeight => new(3);

    /// <summary>The values themselves, one a sample: for looking at, not for training.</summary>
    public static Reduction None => new(4);

    /// <summary>The reduction of a name; null means <see cref="None"/>, as in Keras.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message offers the nearest.</exception>
    public static implicit operator Reduction(string? name)
    {
        int index = name is null ? 4 : Array.IndexOf(Names, name);
        return index >= 0 ? new Reduction(index) : throw DidYouMean.Unknown("Reduction", name, Names);
    }

    /// <summary>Keras' name.</summary>
    public override string ToString() => Names[_index];

    /// <summary>Reduces values under optional weights and an optional mask (1 where a value counts), by Keras' rules.</summary>
    internal Tensor Apply(Tensor values, Tensor? sampleWeight, Tensor? mask)
    {
        Tensor? weight = sampleWeight;
        if (mask is not null)
        {
            if (this == SumOverBatchSize || this == Mean)
            {
                // Values that count weigh total / counted, so that the mean is over them alone; where none counts it is 0.
                mask = mask * (Count(values) / mask.Sum().Maximum(1));
            }

            weight = weight is null ? mask : weight * mask;
        }

        if (weight is not null)
        {
            values *= AlignedTo(values, weight);
        }

        if (this == None)
        {
            return values;
        }

        Tensor sum = values.Sum();
        return this == Sum ? sum
            : this == MeanWithSampleWeight && weight is not null ? Ratio(sum, weight.Sum())
            : values.Dims.Rank == 0 ? values
            : weight is null ? values.Mean() : sum / Count(values);
    }

    // Where all weights are 0 nothing is asked for: 0, as in Keras.
    private static Tensor Ratio(Tensor sum, Tensor weight)
    {
        Tensor none = weight.EqualTo(0);
        return Tensor.Select(none, sum.Like(0), sum / Tensor.Select(none, weight.Like(1), weight));
    }

    // A weight a sample against one value a sample may carry a last axis of 1.
    private static Tensor AlignedTo(Tensor values, Tensor weight) =>
        weight.Dims.Rank == values.Dims.Rank + 1 && weight.Dims[-1].Size == 1 ? weight.Reshape(weight.Dims[..^1])
        : weight.Dims.Rank + 1 == values.Dims.Rank && values.Dims[-1].Size == 1 ? weight.Reshape(weight.Dims.Insert(weight.Dims.Rank, 1))
        : weight;

    // A node, not a constant: the number of values changes with the size of the batch.
    private static Tensor Count(Tensor values) => values.Builder.Apply(new AxisSize(Axes.Range(values.Dims.Rank)), values);
}
