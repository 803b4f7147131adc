namespace Nabla.Explain;

/// <summary>
/// The samples of a batch, one by one: the gradient of each sample's loss inside its batch, by the pass that trains with all other samples' cotangents 0. So
/// it is right with batch normalization and dropout too, where a sample alone would be another computation, and the mean over the samples is the batch's.
/// </summary>
/// <param name="losses">The losses of single samples, by output.</param>
/// <param name="outputs">What the model answered.</param>
/// <param name="parameters">With respect to what.</param>
/// <param name="values">The values of the batch.</param>
/// <param name="gradients">Its gradients.</param>
internal sealed class SampleGradients(
    IReadOnlyList<Tensor> losses, IReadOnlyList<Tensor> outputs, IReadOnlyList<Node> parameters, IReadOnlyDictionary<Node, Value<double>> values, IReadOnlyDictionary<Node, Tensor> gradients)
{
    public IReadOnlyList<TraceExample> Write(IReadOnlyList<int> rows, bool withGradients)
    {
        GraphBuilder builder = losses[0].Builder;
        Tensor[] seeds = [.. losses.Select((l, i) => builder.Input($"sample{i}", l.Type))];
        Node[] used = [.. parameters.Where(values.ContainsKey)];
        System.Collections.Immutable.ImmutableArray<Tensor?> found = Differentiate.Pullback([.. losses.Select(l => l.Node)], [.. seeds], used);
        Dictionary<Node, Tensor> byParameter = [];
        for (int i = 0; i < used.Length; i++)
        {
            if (found[i] is { } gradient)
            {
                byParameter[used[i]] = gradient;
            }
        }

        Graph graph = new("samples", seeds.Select(s => s.Node).Concat(Leaves(byParameter.Values, seeds)), byParameter.Values.Distinct().Select((t, i) => new GraphOutput($"g{i}", t.Node)));
        List<TraceExample> samples = [];
        for (int i = 0; i < rows.Count; i++)
        {
            // What the batch's cost listens to in each loss; times the number of samples, so that the cost is the mean of the samples' losses.
            double[][] cotangents = [.. losses.Select(l => Share(values[gradients[l.Node].Node].Floats, i, rows.Count))];
            double loss = losses.Zip(cotangents, (l, c) => values[l.Node].Floats.Zip(c, (a, b) => b == 0 ? 0 : a * b).Sum()).Sum();
            samples.Add(new TraceExample(
                i,
                loss,
                [.. outputs.SelectMany(o => Part(values[o.Node].Floats, i, rows.Count))],
                withGradients && byParameter.Count > 0 ? Gradients(graph, byParameter, seeds, cotangents) : []));
        }

        return samples;
    }

    private IReadOnlyList<IReadOnlyList<double>> Gradients(Graph graph, Dictionary<Node, Tensor> byParameter, Tensor[] seeds, double[][] cotangents)
    {
        // The forward pass is known: only what lies behind the cotangents is computed.
        Dictionary<Node, Value<double>> known = graph.Nodes.Where(values.ContainsKey).ToDictionary(n => n, n => values[n]);
        Value<double>[] given = [.. graph.Inputs.Select(n => known.GetValueOrDefault(n) ?? Value<double>.OfFloats(n.TensorType, cotangents[Array.FindIndex(seeds, s => s.Node == n)]))];
        Dictionary<Node, Value<double>> all = new Interpreter<double>(DoubleNumbers.Smooth).Trace(graph, [.. given], known);
        return [.. parameters.Where(values.ContainsKey).Select(p => byParameter.TryGetValue(p, out Tensor? g) ? all[g.Node].Floats : new double[p.TensorType.Dims.Count])];
    }

    private static IEnumerable<Node> Leaves(IEnumerable<Tensor> of, Tensor[] seeds) =>
        TopologicalOrder.Of([.. of.Select(t => t.Node)]).Where(n => n.Op is Leaf && !seeds.Any(s => s.Node == n));

    private static double[] Share(double[] slopes, int row, int rows)
    {
        int size = slopes.Length / rows;
        var share = new double[slopes.Length];
        for (int i = row * size; i < (row + 1) * size; i++)
        {
            share[i] = slopes[i] * rows;
        }

        return share;
    }

    private static double[] Part(double[] all, int row, int rows) => all[(row * (all.Length / rows))..((row + 1) * (all.Length / rows))];
}
