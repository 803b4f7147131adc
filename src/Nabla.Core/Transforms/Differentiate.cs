using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// Reverse mode as a pass from graph to graph: walks the nodes once backwards, asks each op's rule, and adds up what arrives.
/// The gradients are nodes of the same builder, so the pass can run on its own result (second order).
/// </summary>
/// <remarks>Cost: one rule application for each node between the output and the requested inputs, about N + P work for N nodes and P parameters.</remarks>
/// <example><code>
/// Tensor loss = input.Square().Sum();
/// Tensor gradient = Differentiate.Gradients(loss, input)[0];   // nodes of the same graph: they can be differentiated again
/// </code></example>
public static class Differentiate
{
    /// <summary>The gradients of a scalar with respect to some nodes of its graph; zeros where it does not depend on one.</summary>
    /// <param name="output">A scalar of a floating type.</param>
    /// <param name="withRespectTo">Floating nodes, usually inputs and parameters.</param>
    /// <exception cref="ShapeException"><paramref name="output"/> is not a floating scalar, or a requested node is not floating.</exception>
    public static ImmutableArray<Tensor> Gradients(Tensor output, params ReadOnlySpan<Tensor> withRespectTo)
    {
        if (output.Dims.Rank != 0 || !output.DType.IsFloat)
        {
            throw new ShapeException($"Differentiate: expected a scalar of a floating type to differentiate, received {output.Type}. Reduce it with Sum or Mean, or give a cotangent with VectorJacobian.");
        }

        return VectorJacobian(output, output.Builder.Constant(1, output.DType), withRespectTo);
    }

    /// <summary>The product of a cotangent with the Jacobian of <paramref name="output"/> (VJP), for each requested node.</summary>
    /// <param name="output">A floating tensor.</param>
    /// <param name="cotangent">Of the output's type.</param>
    /// <param name="withRespectTo">Floating nodes.</param>
    public static ImmutableArray<Tensor> VectorJacobian(Tensor output, Tensor cotangent, params ReadOnlySpan<Tensor> withRespectTo)
    {
        var wanted = new Node[withRespectTo.Length];
        for (int i = 0; i < wanted.Length; i++)
        {
            if (!withRespectTo[i].DType.IsFloat)
            {
                throw new ShapeException($"Differentiate: expected to differentiate with respect to a floating tensor, received {withRespectTo[i]}. Whole numbers and booleans have no derivative.");
            }

            wanted[i] = withRespectTo[i].Node;
        }

        ImmutableArray<Tensor?> found = Pullback([output.Node], [cotangent], wanted);
        var gradients = ImmutableArray.CreateBuilder<Tensor>(wanted.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            gradients.Add(found[i] ?? output.Builder.Constant(0, withRespectTo[i].DType).BroadcastTo(withRespectTo[i].Dims));
        }

        return gradients.MoveToImmutable();
    }

    /// <summary>
    /// The pass itself. <paramref name="cotangents"/> go with <paramref name="outputs"/>, null where none arrives;
    /// the result goes with <paramref name="wanted"/>, null where the outputs do not depend on one.
    /// </summary>
    /// <param name="outputs">What is differentiated.</param>
    /// <param name="cotangents">One for each output.</param>
    /// <param name="wanted">With respect to what.</param>
    /// <param name="record">Receives what the pass does on the way, for explaining it.</param>
    internal static ImmutableArray<Tensor?> Pullback(
        ReadOnlySpan<Node> outputs, ImmutableArray<Tensor?> cotangents, ReadOnlySpan<Node> wanted, BackwardRecord? record = null)
    {
        ImmutableArray<Node> order = TopologicalOrder.Of(outputs);
        HashSet<Node> active = Dependents(order, wanted);

        // Contributions by node and tuple part, in the order in which they arrive: the sum's order is fixed.
        Dictionary<Node, List<Tensor>[]> arrived = [];
        for (int i = 0; i < outputs.Length; i++)
        {
            if (cotangents[i] is { } seed)
            {
                Expect(outputs[i], seed, "the given cotangent");
                Slots(arrived, outputs[i])[0].Add(seed);
            }
        }

        Dictionary<Node, Tensor> sums = [];
        for (int i = order.Length - 1; i >= 0; i--)
        {
            Node node = order[i];
            if (!active.Contains(node) || !arrived.Remove(node, out List<Tensor>[]? parts))
            {
                continue;
            }

            using IDisposable _ = node.Builder.Enter(BackwardOf(node.Scope), node.Source);
            ImmutableArray<Tensor?> sum = [.. parts.Select(Sum)];
            if (sum is [{ } only])
            {
                sums[node] = only;
            }

            if (node.Op is Project part)
            {
                Slots(arrived, node.Inputs[0])[part.Index].Add(sum[0]!);
                continue;
            }

            if (!node.Inputs.Any(active.Contains))
            {
                continue;
            }

            record?.CountRule();
            ImmutableArray<Tensor?> contributions = node.Op.Vjp(new VjpContext(node, sum, k => active.Contains(node.Inputs[k])));
            for (int k = 0; k < node.Inputs.Length; k++)
            {
                if (contributions[k] is { } contribution && active.Contains(node.Inputs[k]))
                {
                    Expect(node.Inputs[k], contribution, $"the rule of '{node.Op.Name}' for input {k + 1}");
                    Slots(arrived, node.Inputs[k])[0].Add(contribution);
                    record?.Contributions.Add(new BackwardRecord.Contribution(node, k, contribution));
                }
            }
        }

        var result = ImmutableArray.CreateBuilder<Tensor?>(wanted.Length);
        foreach (Node node in wanted)
        {
            result.Add(sums.GetValueOrDefault(node));
        }

        return result.MoveToImmutable();
    }

    // The nodes through which the outputs depend on what is wanted, and the wanted ones.
    private static HashSet<Node> Dependents(ImmutableArray<Node> order, ReadOnlySpan<Node> wanted)
    {
        HashSet<Node> active = [.. wanted];
        foreach (Node node in order)
        {
            foreach (Node input in node.Inputs)
            {
                if (active.Contains(input))
                {
                    active.Add(node);
                    break;
                }
            }
        }

        return active;
    }

    private static Tensor? Sum(List<Tensor> contributions)
    {
        Tensor? sum = null;
        foreach (Tensor contribution in contributions)
        {
            sum = sum is null ? contribution : sum.Builder.Apply(new Add(), sum, contribution);
        }

        return sum;
    }

    private static List<Tensor>[] Slots(Dictionary<Node, List<Tensor>[]> arrived, Node node)
    {
        if (!arrived.TryGetValue(node, out List<Tensor>[]? slots))
        {
            int parts = node.Type is TupleType tuple ? tuple.Items.Length : 1;
            slots = [.. Enumerable.Range(0, parts).Select(_ => new List<Tensor>())];
            arrived.Add(node, slots);
        }

        return slots;
    }

    private static Scope BackwardOf(Scope scope) => scope.Name == "backward" ? scope : scope.Child("backward");

    private static void Expect(Node node, Tensor cotangent, string who)
    {
        if (!node.TensorType.Matches(cotangent.Type))
        {
            throw new ShapeException($"Differentiate: expected {who} to have the type {node.Type} of its node, received {cotangent.Type} at {node}.");
        }
    }
}
