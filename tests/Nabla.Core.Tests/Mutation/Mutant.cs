namespace Nabla.Core.Tests.Mutation;

/// <summary>A wrong derivative rule: the graph that the right one returned, changed in one place.</summary>
/// <param name="Name">What was changed.</param>
/// <param name="Backward">The changed graph: inputs and cotangent to gradients.</param>
internal sealed record Mutant(string Name, Graph Backward);

/// <summary>Makes the mutants of a gradient's graph.</summary>
internal static class Mutants
{
    /// <summary>Every mutant of the nodes that derivative rules made, and of the gradients themselves.</summary>
    public static IEnumerable<Mutant> Of(Graph forward, Graph backward)
    {
        // The backward graph holds the forward nodes that it needs; those are not the rule's.
        HashSet<Node> given = [.. forward.Nodes, .. backward.Inputs];
        foreach (Node node in backward.Nodes.Where(n => !given.Contains(n)))
        {
            foreach ((string name, Func<GraphBuilder, Node[], Node> make) in Changes(node))
            {
                if (Rebuild(backward, node, make) is { } graph)
                {
                    yield return new Mutant($"{name} at {node.Op}", graph);
                }
            }
        }

        for (int k = 0; k < backward.Outputs.Length; k++)
        {
            int place = k;
            yield return new Mutant($"gradient {k} negated", Rewired(backward, (_, g) => [.. g.Select((t, i) => i == place ? -t : t)]));
            yield return new Mutant($"gradient {k} doubled", Rewired(backward, (_, g) => [.. g.Select((t, i) => i == place ? t + t : t)]));
            yield return new Mutant($"gradient {k} dropped", Rewired(backward, (b, g) => [.. g.Select((t, i) => i == place ? b.Constant(0, t.DType).BroadcastTo(t.Dims) : t)]));
            for (int other = k + 1; other < backward.Outputs.Length; other++)
            {
                int second = other;
                if (backward.Outputs[k].Node.Type.Equals(backward.Outputs[other].Node.Type))
                {
                    yield return new Mutant($"gradients {k} and {other} swapped", Rewired(backward, (_, g) => [.. g.Select((_, i) => i == place ? g[second] : i == second ? g[place] : g[i])]));
                }
            }
        }
    }

    private static IEnumerable<(string Name, Func<GraphBuilder, Node[], Node> Make)> Changes(Node node)
    {
        if (node.Op is Constant constant)
        {
            // Halves are the shares of ties; adding 1 leaves no number its own neighbour's.
            yield return ("constant + 1", (b, _) => b.Add(constant with { Value = constant.Value + 1 }));
            yield return ("constant negated", (b, _) => b.Add(constant with { Value = constant.Value.Sign == 0 ? 2 : -constant.Value }));
            yield break;
        }

        if (node.Type is not TensorType { DType: var dtype })
        {
            yield break;
        }

        // A repeated constant is changed at the constant: twice 0 would be no change.
        if (node.Op is Broadcast && node.Inputs[0].Op is Constant)
        {
            yield break;
        }

        if (dtype.IsFloat)
        {
            yield return ("sign flipped", (b, x) => b.Add(new Negate(), b.Add(node.Op, x)));
            yield return ("doubled", (b, x) => b.Add(node.Op, x) is var y ? b.Add(new Add(), y, y) : null!);
        }
        else if (dtype == DType.Boolean)
        {
            yield return ("negated", (b, x) => b.Add(new Not(), b.Add(node.Op, x)));
        }

        for (int i = 0; i < node.Inputs.Length; i++)
        {
            int kept = i;
            if (node.Inputs[i].Type.Equals(node.Type))
            {
                yield return ($"only operand {i + 1} kept", (_, x) => x[kept]);
            }

            for (int j = i + 1; j < node.Inputs.Length && node.Op is not (Add or Multiply or Maximum or Minimum or Equal or And or Or); j++)
            {
                int other = j;
                if (node.Inputs[i].Type.Equals(node.Inputs[j].Type) && node.Inputs[i] != node.Inputs[j])
                {
                    yield return ($"operands {i + 1} and {j + 1} swapped", (b, x) => b.Add(node.Op, [.. x.Select((_, k) => k == kept ? x[other] : k == other ? x[kept] : x[k])]));
                }
            }
        }

        foreach (Op op in Neighbours(node.Op, node.Inputs))
        {
            yield return ($"replaced by {op}", (b, x) => b.Add(op, x));
        }
    }

    // Ops that a slip of the pen could have written instead: another axis, another direction, the neighbour in the table.
    private static IEnumerable<Op> Neighbours(Op op, IReadOnlyList<Node> inputs)
    {
        int rank = inputs.Count > 0 && inputs[0].Type is TensorType type ? type.Dims.Rank : 0;
        IEnumerable<int> axes = Enumerable.Range(0, rank);
        return op switch
        {
            Add => [new Subtract()],
            Subtract => [new Add()],
            Multiply => [new Divide()],
            Divide => [new Multiply()],
            Maximum => [new Minimum()],
            Minimum => [new Maximum()],
            Sin => [new Cos()],
            Cos => [new Sin()],
            Exp => [new Expm1()],
            Expm1 => [new Exp()],
            Log => [new Log1p()],
            Log1p => [new Log()],
            Less => [new LessOrEqual()],
            LessOrEqual => [new Less()],
            And => [new Or()],
            Or => [new And()],
            Sum sum => [.. axes.Where(a => sum.Axes is not [var only] || only != a).Select(a => new Sum([a])), new Mean(sum.Axes)],
            Broadcast broadcast => Mappings(broadcast).Select(m => broadcast with { Mapping = m }),
            Transpose transpose => Permutations([.. axes]).Select(p => transpose with { Permutation = [.. p] }).Where(t => t != transpose),
            Reverse reverse => [.. axes.Select(a => new Reverse([a])).Where(r => r != reverse)],
            StridedSlice slice => axes.SelectMany(a => new[] { -1, 1 }.Select(by => slice with { Starts = With(slice.Starts, a, slice.Starts[a] + by) })),
            Pad pad => axes.SelectMany(a => new[] { -1, 1 }.Select(by => pad with { Low = With(pad.Low, a, pad.Low[a] + by), High = With(pad.High, a, pad.High[a] - by) })),
            Concat concat => axes.Where(a => a != concat.Axis).Select(a => new Concat(a)),
            CumSum scan => [scan with { Reverse = !scan.Reverse }, scan with { Exclusive = !scan.Exclusive }, .. axes.Where(a => a != scan.Axis).Select(a => scan with { Axis = a })],
            MatMul product => [product with { TransposeLeft = !product.TransposeLeft }, product with { TransposeRight = !product.TransposeRight }],
            Gather gather => axes.Where(a => a != gather.Axis).Select(a => new Gather(a)),
            GatherAlong gather => axes.Where(a => a != gather.Axis).Select(a => new GatherAlong(a)),
            ScatterAdd scatter => axes.Where(a => a != scatter.Axis).Select(a => scatter with { Axis = a }),
            ScatterAddAlong scatter => axes.Where(a => a != scatter.Axis).Select(a => scatter with { Axis = a }),
            AxisSize size => [.. axes.Where(a => size.Axes is not [var only] || only != a).Select(a => new AxisSize([a])), new AxisSize([])],
            _ => Array.Empty<Op>(),
        };
    }

    private static Axes With(Axes axes, int at, int value) => [.. axes.Select((a, i) => i == at ? value : a)];

    private static IEnumerable<Axes> Mappings(Broadcast broadcast) =>
        Choose(broadcast.Target.Rank, broadcast.Mapping.Count).Select(m => Axes.Create(m)).Where(m => m != broadcast.Mapping);

    private static IEnumerable<int[]> Choose(int from, int count) => count == 0
        ? [[]]
        : Enumerable.Range(0, from).SelectMany(last => Choose(last, count - 1).Select(rest => (int[])[.. rest, last]));

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(first => Permutations([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest]));

    // Null where the change does not give the same types: such a mutant does not compile, so to speak.
    private static Graph? Rebuild(Graph graph, Node changed, Func<GraphBuilder, Node[], Node> make)
    {
        GraphBuilder builder = new();
        Dictionary<Node, Node> copies = [];
        foreach (Node node in graph.Nodes)
        {
            Node[] inputs = [.. node.Inputs.Select(n => copies[n])];
            try
            {
                copies[node] = node == changed ? make(builder, inputs) : builder.Add(node.Op, inputs);
            }
            catch (ShapeException)
            {
                return null;
            }

            if (!copies[node].Type.Equals(node.Type))
            {
                return null;
            }
        }

        return new Graph("mutant", graph.Inputs.Select(n => copies[n]), graph.Outputs.Select(o => o with { Node = copies[o.Node] }));
    }

    private static Graph Rewired(Graph graph, Func<GraphBuilder, Tensor[], Tensor[]> change)
    {
        GraphBuilder builder = new();
        Dictionary<Node, Node> copies = [];
        foreach (Node node in graph.Nodes)
        {
            copies[node] = builder.Add(node.Op, [.. node.Inputs.Select(n => copies[n])]);
        }

        Tensor[] changed = change(builder, [.. graph.Outputs.Select(o => new Tensor(copies[o.Node]))]);
        return new Graph("mutant", graph.Inputs.Select(n => copies[n]), changed.Select((t, k) => new GraphOutput($"g{k}", t.Node)));
    }
}
