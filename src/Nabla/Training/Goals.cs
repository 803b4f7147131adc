namespace Nabla;

/// <summary>What compiling asks of one output.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="Loss">What is made small; null for nothing.</param>
/// <param name="Weight">What the loss counts in the sum.</param>
/// <param name="Metrics">What is watched, with the keys in results.</param>
/// <param name="WeightedMetrics">What is watched with each sample counting by its weight.</param>
internal sealed record Goal(
    string Name, Loss? Loss, double Weight, IReadOnlyList<(string Key, Metric Metric)> Metrics, IReadOnlyList<(string Key, Metric Metric)> WeightedMetrics)
{
    /// <summary>All metrics, with whether weights count.</summary>
    public IEnumerable<(string Key, Metric Metric, bool Weighted)> All =>
        Metrics.Select(m => (m.Key, m.Metric, false)).Concat(WeightedMetrics.Select(m => (m.Key, m.Metric, true)));
}

/// <summary>What compiling was given, before the model's outputs are known.</summary>
/// <param name="Losses">Every loss that was given.</param>
/// <param name="Metrics">Every metric that was given.</param>
/// <param name="For">The goals, once there are outputs.</param>
internal sealed record Goals(IReadOnlyList<Loss> Losses, IReadOnlyList<Metric> Metrics, Func<IReadOnlyList<string>, IReadOnlyList<Goal>> For)
{
    /// <summary>The same for every output.</summary>
    public static Goals ForAll(Loss? loss, IReadOnlyList<Metric> metrics, IReadOnlyList<Metric> weighted) =>
        new(loss is null ? [] : [loss], [.. metrics, .. weighted], outputs => Make(outputs, _ => loss, _ => 1, _ => metrics, _ => weighted));

    /// <summary>A loss, a weight and metrics an output, in order.</summary>
    public static Goals InOrder(
        IReadOnlyList<Loss?> losses, IReadOnlyList<double>? weights, IReadOnlyList<IReadOnlyList<Metric>>? metrics, IReadOnlyList<IReadOnlyList<Metric>>? weighted = null) => new(
        [.. losses.OfType<Loss>()],
        [.. metrics?.SelectMany(m => m) ?? [], .. weighted?.SelectMany(m => m) ?? []],
        outputs =>
        {
            Expect(losses.Count, "losses");
            Expect(weights?.Count ?? outputs.Count, "lossWeights");
            Expect(metrics?.Count ?? outputs.Count, "lists of metrics");
            Expect(weighted?.Count ?? outputs.Count, "lists of weighted metrics");
            return Make(outputs, i => losses[i], i => weights?[i] ?? 1, i => metrics?[i] ?? [], i => weighted?[i] ?? []);

            void Expect(int count, string what)
            {
                if (count != outputs.Count)
                {
                    throw new ArgumentException($"Compile: expected as many {what} as outputs, {outputs.Count} ({string.Join(", ", outputs)}), received {count}.");
                }
            }
        });

    /// <summary>Losses, weights and metrics by the names of outputs.</summary>
    public static Goals ByName(
        IReadOnlyDictionary<string, Loss> losses, IReadOnlyDictionary<string, double>? weights, IReadOnlyDictionary<string, IReadOnlyList<Metric>>? metrics) => new(
        [.. losses.Values],
        [.. metrics?.Values.SelectMany(m => m) ?? []],
        outputs =>
        {
            foreach (string name in losses.Keys.Concat(weights?.Keys ?? []).Concat(metrics?.Keys ?? []).Where(n => !outputs.Contains(n)))
            {
                throw DidYouMean.Unknown("Compile: output", name, outputs);
            }

            return Make(
                outputs,
                i => losses.GetValueOrDefault(outputs[i]),
                i => weights is not null && weights.TryGetValue(outputs[i], out double weight) ? weight : 1,
                i => metrics?.GetValueOrDefault(outputs[i]) ?? [],
                _ => []);
        });

    // Of several outputs each key begins with the output's name. Two metrics of one key: the second becomes key_1, as in Keras.
    private static Goal[] Make(
        IReadOnlyList<string> outputs, Func<int, Loss?> loss, Func<int, double> weight, Func<int, IReadOnlyList<Metric>> metrics, Func<int, IReadOnlyList<Metric>> weighted)
    {
        HashSet<string> taken = ["loss"];
        return [.. outputs.Select((name, i) => new Goal(name, loss(i), weight(i), Keyed(name, metrics(i)), Keyed(name, weighted(i))))];

        (string, Metric)[] Keyed(string output, IReadOnlyList<Metric> given) =>
        [
            .. given.Select(metric =>
            {
                ArgumentNullException.ThrowIfNull(metric);
                string name = outputs.Count == 1 ? metric.Name : $"{output}_{metric.Name}";
                string key = name;
                for (int n = 1; !taken.Add(key); n++)
                {
                    key = $"{name}_{n}";
                }

                return (key, metric);
            }),
        ];
    }
}
