namespace Nabla;

/// <summary>Sums of values under optional weights of samples, in float64.</summary>
internal static class SampleWeights
{
    /// <summary>The weighted sum of one value a sample, and the sum of the weights. Values of further axes are averaged, by Keras' rule.</summary>
    /// <param name="values">[samples, ..].</param>
    /// <param name="weight">As many first axes as it has are weighted one by one, or null.</param>
    public static (Tensor Sum, Tensor Weight) Totals(Tensor values, Tensor? weight)
    {
        values = values.Cast(DType.Float64);
        if (weight is null)
        {
            return (PerSample(values, 1).Sum(), Count(values, values.Dims.Rank == 0 ? 0 : 1));
        }

        weight = weight.Cast(DType.Float64);
        if (values.Dims.Rank == 0)
        {
            // One value for the whole batch counts for each sample.
            return ((values * weight).Sum(), weight.Sum());
        }

        weight = Column(weight, values.Dims.Rank);
        values = PerSample(values, weight.Dims.Rank);
        Tensor weighted = values * Repeated(weight, values.Dims);
        return (PerSample(weighted, 1).Sum(), PerSample(weight, 1).Sum());
    }

    /// <summary>Weights of samples repeated for the values of each: dims that agree from the first axis on.</summary>
    public static Tensor Repeated(Tensor weight, Dims dims)
    {
        weight = Column(weight.Cast(DType.Float64), dims.Rank);
        Dims own = weight.Dims;
        for (int axis = 0; axis < own.Rank; axis++)
        {
            if (axis >= dims.Rank || (own[axis].Size != dims[axis].Size && own[axis].Size != 1))
            {
                throw new ShapeException($"sampleWeight: expected a weight a sample for values of dims {dims}, received {weight.Type}. Give one number a sample: dims [{(dims.Rank == 0 ? "" : dims[0].Size)}].");
            }
        }

        Dims padded = own;
        while (padded.Rank < dims.Rank)
        {
            padded = padded.Insert(padded.Rank, 1);
        }

        return weight.Reshape(padded).BroadcastTo(dims);
    }

    /// <summary>How many elements the first axes hold, as a node: the number of samples changes with the size of the batch.</summary>
    public static Tensor Count(Tensor values, int axes) => values.Builder.Apply(new AxisSize(Axes.Range(axes)), values).Cast(DType.Float64);

    /// <summary>a / b, and 0 where b is 0.</summary>
    public static double Ratio(double a, double b) => b == 0 ? 0 : a / b;

    // A weight a sample may carry a last axis of 1 that the values do not have.
    private static Tensor Column(Tensor weight, int rank) =>
        weight.Dims.Rank == rank + 1 && weight.Dims[-1].Size == 1 ? weight.Reshape(weight.Dims[..^1]) : weight;

    private static Tensor PerSample(Tensor values, int rank) => values.Dims.Rank <= rank ? values : values.Mean([.. Enumerable.Range(rank, values.Dims.Rank - rank)]);
}
