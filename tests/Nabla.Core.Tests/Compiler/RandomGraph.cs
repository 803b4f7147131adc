namespace Nabla.Core.Tests;

/// <summary>Random programs: many ops over few shapes, so that values meet, are shared, repeated, reduced and moved in every combination.</summary>
internal sealed class RandomGraph
{
    private readonly Random _random;
    private readonly List<Tensor> _pool = [];

    private RandomGraph(int seed) => _random = new Random(seed);

    public static Graph Make(int seed, DType dtype, int ops)
    {
        RandomGraph maker = new(seed);
        GraphBuilder builder = new();
        int[] sizes = [1, 2, 3, 5, 8, 17, 0];
        int zeroFrom = seed % 10 == 0 ? 7 : 6; // every tenth program may have empty axes
        int Size() => sizes[maker._random.Next(zeroFrom)];
        List<Tensor> leaves = [];
        for (int i = 0; i < 4; i++)
        {
            var dims = new int[maker._random.Next(4)];
            for (int a = 0; a < dims.Length; a++)
            {
                dims[a] = Size();
            }

            leaves.Add(builder.Input($"x{i}", new TensorType(dtype, Dims.Of(dims))));
        }

        maker._pool.AddRange(leaves);
        for (int i = 0; i < ops; i++)
        {
            if (maker.Step() is { } made && made.Dims.Count <= 4000)
            {
                maker._pool.Add(made);
            }
        }

        // Some results in the middle, and the last.
        List<Tensor> outputs = [.. maker._pool.Where((_, i) => i == maker._pool.Count - 1 || maker._random.Next(6) == 0)];
        return new Graph($"random{seed}", leaves.Select(l => l.Node), outputs.Select((o, i) => new GraphOutput($"y{i}", o.Node)));
    }

    private Tensor Any() => _pool[Math.Max(0, _pool.Count - 1 - (int)(_random.NextDouble() * _random.NextDouble() * _pool.Count))];

    // Every value stays in or near [-2, 2]: no op enlarges errors much, and none overflows.
    private Tensor? Step()
    {
        Tensor x = Any();
        int axis = x.Dims.Rank == 0 ? 0 : _random.Next(x.Dims.Rank);
        switch (_random.Next(20))
        {
            case 0: return x.Tanh();
            case 1: return (x * 0.25).Exp() * 0.5;
            case 2: return x.Sigmoid();
            case 3: return -x;
            case 4: return x.Clip(-1, 1);
            case 5 or 6: return Pair(x) is { } a ? (x + a) * 0.5 : null;
            case 7 or 8: return Pair(x) is { } m ? (x * m).Tanh() : null;
            case 9: return Pair(x) is { } d ? x / (d * d + 1) : null;
            case 10: return Pair(x) is { } s ? Tensor.Select(x.LessThan(s), x.BroadcastTo(Broadcasting.Common("", x.Dims, s.Dims)), s.BroadcastTo(Broadcasting.Common("", x.Dims, s.Dims))) : null;
            case 11: return x.Dims.Rank == 0 ? null : x.Mean(axis, keepDims: _random.Next(2) == 0);
            case 12: return x.Dims.Rank == 0 || x.Dims[axis].Size == 0 ? null : x.Max(axis, keepDims: _random.Next(2) == 0);
            case 13: return x.Dims.Rank < 2 ? x.Mean() : x.Mean([0, x.Dims.Rank - 1]);
            case 14: return x.Dims.Rank < 2 ? null : x.SwapAxes(axis, _random.Next(x.Dims.Rank));
            case 15: return x.Reshape([x.Dims.Count]);
            case 16:
                if (x.Dims.Rank == 0 || x.Dims[axis].Size < 2)
                {
                    return null;
                }

                int[] starts = new int[x.Dims.Rank];
                int[] stops = x.Dims.Sizes;
                starts[axis] = 1;
                return x.Slice(starts, stops);
            case 17:
                int[] low = new int[x.Dims.Rank];
                int[] high = new int[x.Dims.Rank];
                if (low.Length > 0)
                {
                    low[axis] = 1;
                    high[axis] = 2;
                }

                return x.Pad(low, high, 0.5);
            case 18:
                return x.Dims.Rank == 0 ? null : Tensor.Concat([x, x.Flip(axis)], axis);
            default:
                if (x.Dims.Rank == 0)
                {
                    return null;
                }

                int inner = Math.Max(1, x.Dims[-1].Size);
                return x.Dims.Rank == 1 ? x.MatMul(x).Tanh() : (x.MatMul(x, transposeRight: true) / inner).Tanh();
        }
    }

    private Tensor? Pair(Tensor x)
    {
        for (int i = 0; i < 8; i++)
        {
            Tensor other = Any();
            try
            {
                if (Broadcasting.Common("", x.Dims, other.Dims).Count <= 4000)
                {
                    return other;
                }
            }
            catch (ShapeException)
            {
            }
        }

        return null;
    }
}
