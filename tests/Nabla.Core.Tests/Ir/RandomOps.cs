using System.Collections.Immutable;

namespace Nabla.Core.Tests.Ir;

/// <summary>Well-typed graphs of ops drawn from the whole table, with random attributes, scopes and names.</summary>
internal static class RandomOps
{
    private static readonly string[] Scopes = ["dense_1", "soft max", "a/b", "", " led by a blank", "line\nend", "\"quoted\"", "# hash", "β"];

    public static Graph Make(Random random, int nodes, OpInfo? only = null)
    {
        GraphBuilder builder = new();
        List<Node> pool = [];
        foreach (DType dtype in (DType[])[DType.Float32, DType.Float64, DType.Int32, DType.Int64, DType.Boolean, DType.UInt8])
        {
            foreach (Dims dims in (Dims[])[[], [2], [new Dim(2, "batch"), 3], [3, 2], [2, 2, 2]])
            {
                pool.Add(builder.Input($"in {dtype} {dims}", new TensorType(dtype, dims)).Node);
            }
        }

        ImmutableArray<Node> inputs = [.. pool];
        pool.Add(builder.Add(new MakeTuple(), pool[0], pool[7]));
        pool.Add(builder.Add(new MakeTuple(), pool[^1], pool[3]));
        ImmutableArray<OpInfo> ops = only is null ? OpCatalog.All : [only];
        List<Node> made = [];
        for (int tries = 0; made.Count < nodes && tries < 40_000; tries++)
        {
            using IDisposable _ = builder.Scope(Scopes[random.Next(Scopes.Length)]);
            using IDisposable inner = random.Next(2) == 0 ? builder.Scope("inner") : builder.Enter(Scope.Root);
            if (TryMake(random, builder, ops[random.Next(ops.Length)], pool) is { } node)
            {
                made.Add(node);
                pool.Add(node);
                inputs = node.Op is Leaf ? inputs.Add(node) : inputs;
            }
        }

        if (made.Count < nodes)
        {
            throw new InvalidOperationException($"{only?.Name}: no random operands and attributes fit it.");
        }

        // Every made node is an output, so that none is dropped.
        return new Graph("random \"graph\"", inputs, made.Select((n, i) => new GraphOutput($"out {i}", n)));
    }

    // Null where the op does not take what was drawn. Anything but a ShapeException is a fault of the op's type rule.
    private static Node? TryMake(Random random, GraphBuilder builder, OpInfo info, List<Node> pool)
    {
        try
        {
            Op op = info.Read(new RandomAttributes(random));
            int count = op is Leaf or Constant or Literal or Iota ? 0 : op is Call call ? call.Body.Inputs.Length : random.Next(1, 4);
            Node[] inputs = [.. Enumerable.Range(0, count).Select(_ => pool[random.Next(pool.Count)])];
            if (op is Call { Body: var body })
            {
                inputs = [.. body.Inputs.Select(n => pool.FirstOrDefault(p => p.Type is TensorType t && t.Matches(n.TensorType)) ?? pool[0])];
            }
            else if (op is Project)
            {
                inputs = [pool.Where(p => p.Type is TupleType).ElementAt(random.Next(2))];
            }
            else if (inputs.Length > 0 && random.Next(4) > 0)
            {
                // Most ops want operands of one element type, often of one type.
                Node[] alike = [.. pool.Where(p => p.Type is TensorType a && inputs[0].Type is TensorType b && (random.Next(2) == 0 ? a.Matches(b) : a.DType == b.DType))];
                inputs = alike.Length == 0 ? inputs : [inputs[0], .. inputs.Skip(1).Select(_ => alike[random.Next(alike.Length)])];
            }

            return builder.Add(op, inputs);
        }
        catch (ShapeException)
        {
            return null;
        }
    }
}
