namespace Nabla;

/// <summary>
/// The sums of an epoch: the loss of each batch times its samples, of several outputs each one's loss too, the number of samples, and what each
/// metric gathers. Plans add to them in place.
/// </summary>
internal sealed class Accumulators
{
    private readonly List<(int Output, string Key, Metric Metric, bool Weighted, Variable[] State)> _metrics = [];
    private readonly List<(int Output, string Key, Variable Total)> _losses = [];
    private readonly Variable _lossTotal = Zero("loss/total", Dims.Scalar);
    private readonly Variable _samples = Zero("loss/samples", Dims.Scalar);
    private readonly IReadOnlyList<Goal> _goals;

    /// <summary>Sums for goals.</summary>
    /// <param name="goals">What is asked of each output.</param>
    /// <param name="yTrue">The labels' types, by which <c>"accuracy"</c> chooses.</param>
    /// <param name="yPred">The outputs' types.</param>
    public Accumulators(IReadOnlyList<Goal> goals, IReadOnlyList<TensorType> yTrue, IReadOnlyList<TensorType> yPred)
    {
        _goals = goals;
        for (int i = 0; i < goals.Count; i++)
        {
            if (goals.Count > 1 && goals[i].Loss is not null)
            {
                _losses.Add((i, $"{goals[i].Name}_loss", Zero($"{goals[i].Name}_loss/total", Dims.Scalar)));
            }

            foreach ((string key, Metric metric, bool weighted) in goals[i].All)
            {
                Metric resolved = metric.Resolve(yTrue[i], yPred[i]);
                _metrics.Add((i, key, resolved, weighted, [.. resolved.StateDims(yTrue[i], yPred[i]).Select((d, n) => Zero($"{key}/{n}", d))]));
            }
        }
    }

    /// <summary>All sums, in a fixed order.</summary>
    public IReadOnlyList<Variable> All => [_lossTotal, _samples, .. _losses.Select(l => l.Total), .. _metrics.SelectMany(m => m.State)];

    /// <summary>Records the sums after another batch, in the order of <see cref="All"/>.</summary>
    public IReadOnlyList<Tensor> Update(StepContext step, Tensor loss)
    {
        CallContext context = step.Call;
        if (step.Outputs.Count != _goals.Count)
        {
            throw new InvalidOperationException($"StepContext: expected a step that says the model's {_goals.Count} outputs, received {step.Outputs.Count}. Call step.Forward(step.X), or set step.Outputs.");
        }

        // The number of samples as a node, not a constant: the last batch is smaller.
        Tensor samples = loss.Builder.Apply(new AxisSize([0]), step.Outputs[0]).Cast(DType.Float64);
        List<Tensor> updated = [context[_lossTotal] + loss.Cast(DType.Float64) * samples, context[_samples] + samples];
        updated.AddRange(_losses.Select(l => context[l.Total] + step.OutputLosses[l.Output]!.Cast(DType.Float64) * samples));
        foreach ((int output, _, Metric metric, bool weighted, Variable[] state) in _metrics)
        {
            Tensor? weight = weighted ? Masked(step.SampleWeights[output], context.MaskOf(step.Outputs[output])) : null;
            updated.AddRange(metric.Update(FromZero(step.Y[output], _goals[output].Loss), step.Outputs[output], weight, [.. state.Select(s => context[s])]));
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

    /// <summary>The keys of <see cref="Results"/>.</summary>
    public IReadOnlyList<string> Keys => ["loss", .. _losses.Select(l => l.Key), .. _metrics.Select(m => m.Key)];

    /// <summary>The loss and the metrics' values, in the order in which they were asked for.</summary>
    public IEnumerable<KeyValuePair<string, double>> Results() =>
    [
        new("loss", Mean(_lossTotal)),
        .. _losses.Select(l => new KeyValuePair<string, double>(l.Key, Mean(l.Total))),
        .. _metrics.Select(m => new KeyValuePair<string, double>(m.Key, m.Metric.Scalar([.. m.State.Select(s => s.Value)]))),
    ];

    // As Keras' metrics: a mask counts where there are weights.
    private static Tensor? Masked(Tensor? weight, Tensor? mask)
    {
        if (weight is null || mask is null)
        {
            return weight;
        }

        while (weight.Dims.Rank < mask.Dims.Rank)
        {
            weight = weight.ExpandDims(-1);
        }

        return weight * mask.Cast(weight.DType);
    }

    private double Mean(Variable total) => total.Buffer.AsSpan<double>()[0] / _samples.Buffer.AsSpan<double>()[0];

    // Metrics compare with places in the output, which count from 0.
    private static Tensor FromZero(Tensor labels, Loss? loss) => loss is null or { LabelBase: 0 } ? labels : labels - loss.LabelBase;

    private static Variable Zero(string name, Dims dims) => new(name, NDArray.Zeros(DType.Float64, dims), trainable: false);
}
