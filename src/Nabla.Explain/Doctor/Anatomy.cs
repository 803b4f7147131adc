namespace Nabla.Explain;

/// <summary>Finds the parts of a recorded forward pass that rules look at: products with kernels, and activations that can get stuck.</summary>
internal sealed class Anatomy
{
    private readonly Dictionary<Node, Variable> _variables;
    private readonly HashSet<Node> _learned = [];

    /// <summary>Looks through what some outputs need.</summary>
    public Anatomy(Model model, CallContext context, IReadOnlyList<Node> outputs)
    {
        _variables = context.Used.Zip(context.Leaves).ToDictionary(p => p.Second, p => p.First);
        Node[] nodes = [.. TopologicalOrder.Of([.. outputs])];
        ILookup<Node, Node> users = nodes.SelectMany(n => n.Inputs.Select(i => (Input: i, User: n))).ToLookup(p => p.Input, p => p.User);
        HashSet<Variable> trainable = [.. model.TrainableWeights];
        foreach (Node node in nodes)
        {
            if ((_variables.TryGetValue(node, out Variable? variable) && trainable.Contains(variable)) || node.Inputs.Any(_learned.Contains))
            {
                _learned.Add(node);
            }
        }

        Node[] products = [.. nodes.Where(n => n.Op is MatMul { TransposeRight: false } && Weights(n.Inputs[1]) is { } kernel && trainable.Contains(kernel))];
        HashSet<Node> followed = Before(products);
        Products =
        [
            .. products.Select(p => new RecordedProduct(
                Weights(p.Inputs[1])!, BiasOf(p, users), p.Inputs[0], MatrixOf(p), p, !_learned.Contains(p.Inputs[0]), followed.Contains(p))),
        ];
        Flow = [.. nodes.Select(n => (Weights: WeightsOf(n), Node: n)).Where(f => f.Weights is not null && trainable.Contains(f.Weights)).Select(f => (LayerOf(f.Weights!), f.Node))];
        Gates = [.. nodes.Select(n => GateOf(n, outputs, nodes)).OfType<RecordedGate>()];
    }

    public IReadOnlyList<RecordedProduct> Products { get; }

    public IReadOnlyList<RecordedGate> Gates { get; }

    /// <summary>What layers compute with weights. Gains and biases are no layers of their own: one number a unit can multiply nothing away that its product did not.</summary>
    public IReadOnlyList<(string Layer, Node Node)> Flow { get; }

    private Variable? WeightsOf(Node node) => node.Op switch
    {
        MatMul => Weights(node.Inputs[1]) ?? Weights(node.Inputs[0]),
        Gather => Weights(node.Inputs[0]),
        _ => null,
    };

    // A kernel of more axes is turned and flattened before the product.
    private Variable? Weights(Node node)
    {
        while (node.Op is Ops.Cast or Ops.Broadcast or Ops.Reshape or Transpose)
        {
            node = node.Inputs[0];
        }

        return _variables.GetValueOrDefault(node) is { Type.Dims.Rank: >= 2 } kernel ? kernel : null;
    }

    private static string LayerOf(Variable weights) => weights.Name[..Math.Max(0, weights.Name.LastIndexOf('/'))];

    // As it is before it is repeated for every sample.
    private static Node MatrixOf(Node product)
    {
        Node matrix = product.Inputs[1];
        while (matrix.Op is Ops.Broadcast)
        {
            matrix = matrix.Inputs[0];
        }

        return matrix;
    }

    // A bias is a variable that is spread over the samples and added; sums over several axes get their axes back before.
    private Variable? BiasOf(Node product, ILookup<Node, Node> users)
    {
        while (users[product].ToArray() is [{ Op: Ops.Reshape or Transpose } turned])
        {
            product = turned;
        }

        return users[product]
            .Where(u => u.Op is Ops.Add)
            .SelectMany(u => u.Inputs.Where(i => i != product))
            .Select(i => _variables.GetValueOrDefault(Plain(i)))
            .FirstOrDefault(v => v is not null);
    }

    private static Node Plain(Node node)
    {
        while (node.Op is Ops.Cast or Ops.Broadcast or Ops.Reshape)
        {
            node = node.Inputs[0];
        }

        return node;
    }

    private static HashSet<Node> Before(IReadOnlyList<Node> nodes)
    {
        HashSet<Node> before = [];
        Stack<Node> open = new(nodes.SelectMany(n => n.Inputs));
        while (open.TryPop(out Node? node))
        {
            if (before.Add(node))
            {
                foreach (Node input in node.Inputs)
                {
                    open.Push(input);
                }
            }
        }

        return before;
    }

    // Only where the activation stands for itself: a sigmoid inside a gelu or silu may well be far out.
    private RecordedGate? GateOf(Node node, IReadOnlyList<Node> outputs, Node[] nodes)
    {
        (GateKind Kind, Node Z, string Layer)? found = node.Op switch
        {
            Sigmoid when !IsInside(node.Scope) => (GateKind.Sigmoid, node.Inputs[0], node.Scope.Path),
            Tanh when !IsInside(node.Scope) => (GateKind.Tanh, node.Inputs[0], node.Scope.Path),
            Select when node.Scope.Name == "relu" && Plain(node.Inputs[1]).Op is Constant && node.Inputs[2].Op is not Constant =>
                (GateKind.Relu, node.Inputs[2], node.Scope.Parent!.Path),
            Select when node.Scope.Name == "relu6" && Plain(node.Inputs[1]).Op is Constant && node.Inputs[2].Op is Select =>
                (GateKind.Relu, node.Inputs[2].Inputs[2], node.Scope.Parent!.Path),
            _ => null,
        };
        if (found is not { } gate || gate.Z.TensorType.Dims.Rank < 2)
        {
            return null;
        }

        int output = outputs.ToList().FindIndex(o => Plain(o) == node);
        return new RecordedGate(gate.Layer, gate.Kind, gate.Z, node, output < 0 ? null : output, IsBypassed(gate.Z, node, nodes));
    }

    // A sum of what the activation leads to and of something that leads to the activation: a residual block.
    private static bool IsBypassed(Node z, Node a, Node[] nodes)
    {
        HashSet<Node> before = Before([z]);
        HashSet<Node> after = [a];
        foreach (Node node in nodes)
        {
            if (node.Inputs.Any(after.Contains))
            {
                if (node.Op is Ops.Add && node.Inputs.Any(i => !after.Contains(i) && i.Op is not Leaf && before.Contains(i)))
                {
                    return true;
                }

                after.Add(node);
            }
        }

        return false;
    }

    private static bool IsInside(Scope scope) => scope.Name is "silu" or "gelu" or "mish" or "glu" or "log_sigmoid" or "tanh_shrink";
}
