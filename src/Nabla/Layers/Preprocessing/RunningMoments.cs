namespace Nabla;

/// <summary>Mean and biased variance over batches, in float64, by Chan, Golub and LeVeque's rule for joining two parts (1979).</summary>
/// <param name="kept">The axes that are not summed over, rising.</param>
internal sealed class RunningMoments(Axes kept)
{
    private double[] _mean = [];
    private double[] _squares = [];
    private Dims _dims;

    /// <summary>How many values each mean has seen.</summary>
    public long Count { get; private set; }

    /// <summary>The mean at each place of the kept axes.</summary>
    public NDArray Mean => NDArray.Create<double>(_mean, _dims);

    /// <summary>The variance at each place of the kept axes.</summary>
    public NDArray Variance => NDArray.Create<double>([.. _squares.Select(s => s / Count)], _dims);

    /// <summary>Takes in a batch.</summary>
    public void Add(NDArray batch)
    {
        Dims dims = batch.Dims;
        int[] strides = dims.Strides();
        _dims = [.. kept.Select(a => new Dim(dims[a].Size))];
        int[] keptStrides = _dims.Strides();
        double[] values = batch.AsType(DType.Float64).ToArray<double>();
        int places = _dims.Count;
        if (_mean.Length != places)
        {
            (_mean, _squares) = (new double[places], new double[places]);
        }

        long count = places == 0 ? 0 : values.Length / places;
        if (count == 0)
        {
            return;
        }

        // Two passes: the mean first, so that a large one does not swallow the variance.
        var mean = new double[places];
        var squares = new double[places];
        for (int i = 0; i < values.Length; i++)
        {
            mean[Place(i)] += values[i] / count;
        }

        for (int i = 0; i < values.Length; i++)
        {
            double distance = values[i] - mean[Place(i)];
            squares[Place(i)] += distance * distance;
        }

        for (int p = 0; p < places; p++)
        {
            double difference = mean[p] - _mean[p];
            _mean[p] += difference * count / (Count + count);
            _squares[p] += squares[p] + (difference * difference * Count * count / (Count + count));
        }

        Count += count;

        int Place(int i)
        {
            int place = 0;
            for (int k = 0; k < kept.Count; k++)
            {
                place += i / strides[kept[k]] % dims[kept[k]].Size * keptStrides[k];
            }

            return place;
        }
    }
}
