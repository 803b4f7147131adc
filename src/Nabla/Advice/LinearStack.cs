namespace Nabla;

/// <summary>
/// Linear layers one after the other are one linear layer: (x·W1 + b1)·W2 + b2 = x·(W1·W2) + (b1·W2 + b2). Nothing is learned that a single one could not.
/// </summary>
internal sealed class LinearStack() : AdviceRule("linear-stack", "L26")
{
    // A matrix of up to so many values is shown whole.
    private const int Shown = 16;

    public override IEnumerable<Advice> Check(ModelFacts facts)
    {
        if (facts.Model.Network is not { } network)
        {
            yield break;
        }

        foreach (IReadOnlyList<Dense> stack in Stacks(network))
        {
            (NDArray w, NDArray b) = Collapse(stack);
            Dense last = stack[^1];
            string names = string.Join(", ", stack.Select(d => $"'{d.Name}'"));
            string equal = last.Activation.Name switch
            {
                "linear" when ReferenceEquals(facts.Model.OutputLayer, last) && stack.Count == network.Layers.Count => $"; the whole model is {Regression(facts)}",
                "sigmoid" when ReferenceEquals(facts.Model.OutputLayer, last) => "; with the sigmoid it is logistic regression",
                _ => "",
            };
            string values = w.Count + b.Count <= Shown ? $": w = {Line(w)}, b = {Line(b)}" : $" with a kernel of {w.Dims} in place of {string.Join(" and ", stack.Select(d => d.Weights[0].Type.Dims))}";
            yield return Finding(
                $"Dense layers {names} have no activation between them: together they are one linear layer{values}{equal}.",
                "Give the hidden ones activation: \"relu\".",
                ("layers", names),
                ("w", Line(w)),
                ("b", Line(b)));
        }
    }

    // A loss that takes logits has the sigmoid or the softmax in itself.
    private static string Regression(ModelFacts facts) => facts.Outputs[0].Loss switch
    {
        BinaryCrossentropy { FromLogits: true } => "logistic regression",
        SparseCategoricalCrossentropy { FromLogits: true } or CategoricalCrossentropy { FromLogits: true } => "softmax regression",
        _ => "linear regression",
    };

    /// <summary>The kernel and the bias of the one layer that a stack comes down to, in double.</summary>
    public static (NDArray Kernel, NDArray Bias) Collapse(IReadOnlyList<Dense> stack)
    {
        (NDArray w, NDArray b) = Parts(stack[0]);
        foreach (Dense next in stack.Skip(1))
        {
            (NDArray kernel, NDArray bias) = Parts(next);
            (w, b) = (w.MatMul(kernel), (b.MatMul(kernel) + bias));
        }

        return (w, b.Reshape(-1));
    }

    // Runs of Dense layers, each but the last linear and read by the next alone.
    private static IEnumerable<IReadOnlyList<Dense>> Stacks(Network network)
    {
        HashSet<LayerTensor> outputs = [.. network.Outputs];
        ILookup<LayerTensor, LayerCall> readers = network.Calls.SelectMany(c => c.Inputs.Select(i => (Input: i, Call: c))).ToLookup(p => p.Input, p => p.Call);
        HashSet<LayerCall> taken = [];
        foreach (LayerCall call in network.Calls)
        {
            List<Dense> stack = [];
            LayerCall? at = call;
            while (at is { Layer: Dense dense } && taken.Add(at))
            {
                stack.Add(dense);
                LayerTensor given = at.Outputs[0];
                at = dense.Activation.Name == "linear" && !outputs.Contains(given) && readers[given].Count() == 1 ? readers[given].Single() : null;
            }

            if (stack.Count > 1)
            {
                yield return stack;
            }
        }
    }

    private static (NDArray Kernel, NDArray Bias) Parts(Dense dense)
    {
        NDArray kernel = dense.Weights[0].Value.AsType(DType.Float64);
        NDArray bias = dense.UseBias ? dense.Weights[1].Value.AsType(DType.Float64) : NDArray.Zeros(DType.Float64, [kernel.Dims[1].Size]);
        return (kernel, bias.Reshape(1, -1));
    }

    private static string Line(NDArray values) => values.Rank == 1
        ? $"[{string.Join(", ", values.ToArray<double>().Select(LogText.Value))}]"
        : $"[{string.Join(", ", Enumerable.Range(0, values.Dims[0].Size).Select(i => Line(values[i])))}]";
}
