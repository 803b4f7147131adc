namespace Nabla;

/// <summary>The sums of an epoch: the loss of each batch times its samples, their number, and what each metric gathers. Plans add to them in place.</summary>
internal sealed class Accumulators
{
    private readonly List<(string Key, Metric Metric, Variable[] State)> _metrics = [];
    private readonly Variable _lossTotal = Zero("loss/total", Dims.Scalar);
    private readonly Variable _samples = Zero("loss/samples", Dims.Scalar);

    /// <summary>Sums for a loss and metrics.</summary>
    /// <param name="metrics">Metrics with their keys.</param>
    /// <param name="yTrue">The labels' type, by which <c>"accuracy"</c> chooses.</param>
    /// <param name="yPred">The output's type.</param>
    public Accumulators(IReadOnlyList<(string Key, Metric Metric)> metrics, TensorType yTrue, TensorType yPred)
    {
        foreach ((string key, Metric metric) in metrics)
        {
            Metric resolved = metric.Resolve(yTrue, yPred);
            _metrics.Add((key, resolved, [.. resolved.StateDims(yTrue, yPred).Select((d, i) => Zero($"{key}/{i}", d))]));
        }
    }

    /// <summary>All sums, in a fixed order.</summary>
    public IReadOnlyList<Variable> All => [_lossTotal, _samples, .. _metrics.SelectMany(m => m.State)];

    /// <summary>The mean loss so far.</summary>
    public double Loss => _lossTotal.Buffer.AsSpan<double>()[0] / _samples.Buffer.AsSpan<double>()[0];

    /// <summary>Records the sums after another batch, in the order of <see cref="All"/>.</summary>
    public IReadOnlyList<Tensor> Update(CallContext context, Tensor loss, Tensor yTrue, Tensor yPred)
    {
        // The number of samples as a node, not a constant: the last batch is smaller.
        Tensor samples = loss.Builder.Apply(new AxisSize([0]), yPred).Cast(DType.Float64);
        List<Tensor> updated = [context[_lossTotal] + loss.Cast(DType.Float64) * samples, context[_samples] + samples];
        foreach ((_, Metric metric, Variable[] state) in _metrics)
        {
            updated.AddRange(metric.Update(yTrue, yPred, null, [.. state.Select(s => context[s])]));
        }

        return updated;
    }

    /// <summary>Back to zero, for the next epoch.</summary>
    public void Reset()
    {
        foreach (Variable sum in All)
        {
            sum.Buffer.AsSpan<double>().Clear();
        }
    }

    /// <summary>The loss and the metrics' values, in the order in which they were asked for.</summary>
    public IEnumerable<KeyValuePair<string, double>> Results() =>
        [new("loss", Loss), .. _metrics.Select(m => new KeyValuePair<string, double>(m.Key, m.Metric.Scalar([.. m.State.Select(s => s.Value)])))];

    private static Variable Zero(string name, Dims dims) => new(name, NDArray.Zeros(DType.Float64, dims), trainable: false);
}
