namespace Nabla;

/// <summary>
/// How a loss makes one number of the values of a batch: <c>"sum"</c> or <c>Reduction.Sum</c>. The default is the mean over all values.
/// </summary>
/// <example><code>
/// double total = new MeanSquaredError(Reduction.Sum).Call(y, model.Predict(x)).Item&lt;float&gt;();
/// </code></example>
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

            weight = weight is null ? mask : AlignedTo(values, weight) * mask;
        }

        if (weight is not null)
        {
            weight = AlignedTo(values, weight);
            values *= weight;
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

    // A weight a sample against one value a sample may carry a last axis of 1. Against several values a sample it counts for each of them; Keras would
    // put it beside the last axis instead, which is an error or, where the sizes happen to agree, nonsense.
    private static Tensor AlignedTo(Tensor values, Tensor weight)
    {
        Dims own = weight.Dims;
        Dims dims = values.Dims;
        if (own.Rank == dims.Rank + 1 && own[-1].Size == 1)
        {
            return weight.Reshape(own[..^1]);
        }

        if (own.Rank == 0 || dims.Rank == 0)
        {
            return weight;
        }

        for (int axis = 0; axis < own.Rank; axis++)
        {
            if (axis >= dims.Rank || (own[axis].Size != dims[axis].Size && own[axis].Size != 1))
            {
                throw new ShapeException($"sampleWeight: expected a weight a sample, or one for each of the loss' values of dims {dims}, received {weight.Type}. Reshape the weights.");
            }
        }

        Dims padded = own;
        while (padded.Rank < dims.Rank)
        {
            padded = padded.Insert(padded.Rank, 1);
        }

        return own.Rank == dims.Rank ? weight : weight.Reshape(padded).BroadcastTo(dims);
    }

    // A node, not a constant: the number of values changes with the size of the batch.
    private static Tensor Count(Tensor values) => values.Builder.Apply(new AxisSize(Axes.Range(values.Dims.Rank)), values);
}
