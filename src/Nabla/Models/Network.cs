namespace Nabla;

/// <summary>The calls of layers between a model's inputs and outputs, in an order in which they can be made.</summary>
/// <remarks>
/// Layers stand in Keras' order, which decides the order of weights: those farthest from the outputs first; of equals the one met first on the
/// way back from the outputs.
/// </remarks>
internal sealed class Network
{
    private Network(LayerTensors inputs, LayerTensors outputs, IReadOnlyList<LayerCall> calls, IReadOnlyList<Layer> layers)
    {
        Inputs = inputs;
        Outputs = outputs;
        Calls = calls;
        Layers = layers;
        DataChecks =
        [
            .. calls.Where(c => c.Layer.ChecksData)
                .SelectMany(c => c.Inputs.Select((tensor, place) => (Input: inputs.ToList().IndexOf(tensor), c.Layer, Place: place)))
                .Where(c => c.Input >= 0),
        ];
        InputNames = inputs.Names ?? [.. inputs.Select((t, i) => (t as Input)?.Name ?? $"{t.Layer!.Name}_{i}")];
        OutputNames = outputs.Names ?? Unique([.. outputs.Select(t => t.Layer?.Name ?? ((Input)t).Name)]);
    }

    public LayerTensors Inputs { get; }

    public LayerTensors Outputs { get; }

    /// <summary>Every use of a layer, producers before consumers.</summary>
    public IReadOnlyList<LayerCall> Calls { get; }

    /// <summary>Every layer once, in Keras' order; inputs are not among them.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>Layers that look at the data of an input: which input, and which of the layer's own inputs it is.</summary>
    public IReadOnlyList<(int Input, Layer Layer, int Place)> DataChecks { get; }

    public IReadOnlyList<string> InputNames { get; }

    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>The calls that lead from inputs to outputs.</summary>
    /// <exception cref="ArgumentException">An output does not come from the inputs alone.</exception>
    public static Network Between(LayerTensors inputs, LayerTensors outputs, string who)
    {
        if (inputs.Count == 0 || outputs.Count == 0)
        {
            throw new ArgumentException($"{who}: expected one or more inputs and outputs, received {inputs.Count} inputs and {outputs.Count} outputs.");
        }

        if (inputs.Distinct().Count() < inputs.Count)
        {
            throw new ArgumentException($"{who}: expected every input once, received one of them twice.");
        }

        HashSet<LayerTensor> given = [.. inputs];
        List<LayerCall> calls = [];
        Dictionary<Layer, int> met = [];
        Collect(outputs, given, calls, met, who);
        Dictionary<LayerCall, int> depths = [];
        Dictionary<Layer, int> layerDepths = [];
        foreach (LayerCall call in calls.AsEnumerable().Reverse())
        {
            int depth = Math.Max(depths.GetValueOrDefault(call), layerDepths.GetValueOrDefault(call.Layer));
            (depths[call], layerDepths[call.Layer]) = (depth, depth);
            foreach (LayerCall source in call.Inputs.Where(t => !given.Contains(t)).Select(t => t.Source!))
            {
                depths[source] = Math.Max(depth + 1, depths.GetValueOrDefault(source));
            }
        }

        Layer[] layers = [.. met.Keys.OrderByDescending(l => layerDepths[l]).ThenBy(l => met[l])];
        string? twin = layers.GroupBy(l => l.Name).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twin is null
            ? new Network(inputs, outputs, calls, layers)
            : throw new ArgumentException($"{who}: expected layers with names of their own, received '{twin}' for two layers. Give one of them another name.");
    }

    /// <summary>Records all calls.</summary>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, CallContext context)
    {
        Dictionary<LayerTensor, Tensor> values = [];
        for (int i = 0; i < inputs.Count; i++)
        {
            values.Add(Inputs[i], inputs[i]);
        }

        foreach (LayerCall call in Calls)
        {
            IReadOnlyList<Tensor> outputs = call.Layer.Apply([.. call.Inputs.Select(t => values[t])], context);
            for (int i = 0; i < outputs.Count; i++)
            {
                values[call.Outputs[i]] = outputs[i];
            }
        }

        return [.. Outputs.Select(t => values[t])];
    }

    // Depth first from the outputs, with a stack of its own: a network may be deeper than a thread's stack.
    private static void Collect(LayerTensors outputs, HashSet<LayerTensor> given, List<LayerCall> calls, Dictionary<Layer, int> met, string who)
    {
        HashSet<LayerCall> done = [];
        foreach (LayerTensor output in outputs)
        {
            Stack<(LayerCall Call, int Next)> path = [];
            Enter(output, path);
            while (path.TryPop(out (LayerCall Call, int Next) top))
            {
                if (top.Next == top.Call.Inputs.Count)
                {
                    done.Add(top.Call);
                    calls.Add(top.Call);
                    continue;
                }

                path.Push((top.Call, top.Next + 1));
                Enter(top.Call.Inputs[top.Next], path);
            }
        }

        void Enter(LayerTensor tensor, Stack<(LayerCall, int)> path)
        {
            if (given.Contains(tensor))
            {
                return;
            }

            if (tensor.Source is not { } call)
            {
                throw new ArgumentException($"{who}: expected outputs that come from the given inputs alone, received one that needs '{tensor}' as well. Add it to the inputs.");
            }

            if (!done.Contains(call))
            {
                met.TryAdd(call.Layer, met.Count);
                path.Push((call, 0));
            }
        }
    }

    // Two outputs of one layer: the second is called name_1.
    private static string[] Unique(string[] names)
    {
        HashSet<string> taken = [];
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            for (int n = 1; !taken.Add(names[i]); n++)
            {
                names[i] = $"{name}_{n}";
            }
        }

        return names;
    }
}
