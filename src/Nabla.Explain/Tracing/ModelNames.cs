namespace Nabla.Explain;

/// <summary>
/// The lectures' names for the values of a model: layer l with a kernel has W^[l], b^[l], z^[l], a^[l]; what goes in is x; y, L and J as on the slides.
/// Everything else is called by its layer.
/// </summary>
internal sealed class ModelNames(Model model)
{
    private readonly Dictionary<Node, string> _nodes = [];
    private readonly HashSet<string> _taken = ["J", "seed", "step", "learning_rate"];
    private readonly Dictionary<Layer, int> _numbers = [];
    private readonly Dictionary<Node, string> _paths = [];
    private readonly List<Func<Func<Node, int>, TraceLayer?>> _layers = [];

    /// <summary>The names, once said.</summary>
    public IReadOnlyDictionary<Node, string> Nodes => _nodes;

    /// <summary>The name of an input.</summary>
    public string Input(int place) => Free(model.InputNames.Count == 1 ? "x" : model.InputNames[place]);

    /// <summary>The name of an output's labels.</summary>
    public string Label(int place) => Free(model.OutputNames.Count == 1 ? "y" : $"y_{model.OutputNames[place]}");

    /// <summary>The name of what samples count.</summary>
    public string SampleWeight(int place) => Free(model.OutputNames.Count == 1 ? "sample_weight" : $"sample_weight_{model.OutputNames[place]}");

    /// <summary>The path of a weight in the model.</summary>
    public string PathOf(Node leaf) => _paths.GetValueOrDefault(leaf, ((Leaf)leaf.Op).Label);

    /// <summary>The layers, given the places of nodes; -1 for one that the cost does not need.</summary>
    public IReadOnlyList<TraceLayer> Layers(Func<Node, int> placeOf) => [.. _layers.Select(l => l(placeOf)).OfType<TraceLayer>()];

    /// <summary>Names what was recorded.</summary>
    public void Say(CallContext context, StepContext step, Tensor result, OptimizerState state)
    {
        LayerVisit[] visits = [.. context.Visits!.Where(v => v.Layer is not Model)];
        for (int i = 0; i < visits.Length; i++)
        {
            LayerVisit visit = visits[i];
            Variable? kernel = visit.Layer.OwnWeights.FirstOrDefault(w => Last(w.Name) == "kernel");
            int number = kernel is null ? 0 : Number(visit.Layer);
            if (number > 0)
            {
                bool isSum = visit.Weighted is { } z && (z.Node != visit.Outputs[0].Node || IsBeforeActivation(visits, i) || IsLogits(step, z));
                if (isSum)
                {
                    Name(visit.Weighted!.Node, $"z^[{number}]");
                }

                Name(visit.Outputs[0].Node, $"a^[{number}]");
            }
            else
            {
                int behind = visit.Layer is ActivationLayer or Softmax or ReLU or ELU or LeakyReLU or PReLU && SourceOf(visits, i) is { } source ? _numbers.GetValueOrDefault(source.Layer) : 0;
                for (int o = 0; o < visit.Outputs.Count; o++)
                {
                    Name(visit.Outputs[o].Node, behind > 0 ? $"a^[{behind}]" : visit.Outputs.Count == 1 ? visit.Layer.Name : $"{visit.Layer.Name}_{o}");
                }
            }

            Keep(visit, number, context);
        }

        for (int i = 0; i < step.OutputValues.Count; i++)
        {
            string suffix = step.OutputValues.Count == 1 ? "" : $"_{model.OutputNames[i]}";
            if (step.OutputValues[i] is { Dims.Rank: > 0 } values)
            {
                Name(values.Node, "L" + suffix);
            }

            if (suffix.Length > 0 && step.OutputLosses[i] is { } loss && loss != result)
            {
                Name(loss.Node, "J" + suffix);
            }
        }

        _nodes[result.Node] = "J";
        NameWeights(context, state);
    }

    private void NameWeights(CallContext context, OptimizerState state)
    {
        Dictionary<Variable, int> layers = [];
        foreach ((Layer layer, int number) in _numbers)
        {
            foreach (Variable weight in layer.OwnWeights)
            {
                layers.TryAdd(weight, number);
            }
        }

        Dictionary<Variable, string> paths = model.WeightPaths.ToDictionary(p => p.Variable, p => p.Path);
        foreach (Variable weight in context.Used.Concat(state.Weights).Distinct().ToArray())
        {
            Node leaf = context.Leaf(weight).Node;
            int number = layers.GetValueOrDefault(weight);
            string path = _paths[leaf] = paths.GetValueOrDefault(weight, weight.Name);
            _nodes[leaf] = Free((number, Last(weight.Name)) switch
            {
                ( > 0, "kernel") => $"W^[{number}]",
                ( > 0, "bias") => $"b^[{number}]",
                _ => path,
            });

            // A weight that the step brings to another value first, as SpectralNormalization does: W^[1]'.
            if (weight.Trainable && context.Updates.TryGetValue(weight, out Tensor? projected))
            {
                Name(projected.Node, _nodes[leaf]);
            }
        }
    }

    private void Keep(LayerVisit visit, int number, CallContext context)
    {
        _layers.Add(placeOf =>
        {
            int output = placeOf(visit.Outputs[0].Node);
            int input = placeOf(Uncast(visit.Inputs[0].Node, placeOf));
            if (output < 0 || input < 0)
            {
                return null;
            }

            int z = visit.Weighted is { } sum ? placeOf(sum.Node) : -1;
            return new TraceLayer(
                visit.Layer.Name,
                visit.Layer.ClassName,
                number,
                Model.ActivationOf(visit.Layer) is { } activation ? activation.Name ?? "custom" : "",
                input,
                [.. visit.Layer.OwnWeights.Select(w => placeOf(context.Leaf(w).Node)).Where(p => p >= 0)],
                z < 0 ? null : z,
                output);
        });
    }

    private int Number(Layer layer)
    {
        if (!_numbers.TryGetValue(layer, out int number))
        {
            _numbers[layer] = number = _numbers.Count + 1;
        }

        return number;
    }

    // A layer without an activation of its own whose sum goes into an activation layer: the layer's z, and the activation's a.
    private static bool IsBeforeActivation(LayerVisit[] visits, int at) =>
        visits.Where((v, i) => i > at && v.Inputs.Any(t => t.Node == visits[at].Outputs[0].Node)).ToArray() is [{ Layer: ActivationLayer or Softmax or ReLU or ELU or LeakyReLU or PReLU }];

    private static LayerVisit? SourceOf(LayerVisit[] visits, int at) =>
        visits.Take(at).LastOrDefault(v => v.Weighted is { } z && z.Node == visits[at].Inputs[0].Node && v.Outputs[0].Node == z.Node);

    // What a loss takes as logits are z of the last layer: the slides' a is made of them by softmax or sigmoid inside the loss.
    private bool IsLogits(StepContext step, Tensor z)
    {
        int place = step.Outputs.ToList().FindIndex(o => o.Node == z.Node);
        return place >= 0 && model.Compilation!.Goals[place].Loss?.TakesLogits == true;
    }

    private static Node Uncast(Node node, Func<Node, int> placeOf)
    {
        while (placeOf(node) < 0 && node.Inputs.Length > 0)
        {
            node = node.Inputs[0];
        }

        return node;
    }

    private void Name(Node node, string name)
    {
        if (!_nodes.ContainsKey(node))
        {
            _nodes[node] = Free(name);
        }
    }

    // A layer that is called twice: the second a^[1] is a^[1]'.
    private string Free(string name)
    {
        while (!_taken.Add(name))
        {
            name += "'";
        }

        return name;
    }

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];
}
