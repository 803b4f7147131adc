namespace Nabla.Core.Tests;

/// <summary>The number of threads changes no bit.</summary>
public class ShardingTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_number_of_shards_gives_the_same_bits(int threads)
    {
        // Wide enough that every step is shared: products, softmax over rows, sums over the batch, updates.
        Graph graph = PlanCheck.Trace(
            x =>
            {
                Tensor h = (x[0].MatMul(x[1]) + x[2]).Tanh();
                Tensor e = (h - h.Max(1, keepDims: true)).Exp();
                Tensor loss = ((e / e.Sum(1, keepDims: true)) * x[3]).Sum(1).Mean();
                var gradients = Differentiate.Gradients(loss, x[1], x[2]);
                return [loss, x[1] - 0.1 * gradients[0], x[2] - 0.1 * gradients[1]];
            },
            new(DType.Float32, Dims.Of(99, 121)), new(DType.Float32, Dims.Of(121, 333)), new(DType.Float32, Dims.Of(333)), new(DType.Float32, Dims.Of(99, 333)));
        NDArray[] inputs = [.. graph.Inputs.Select((n, i) => PlanCheck.Values(n.TensorType, i))];
        NDArray[] alone = Executable.Compile(graph).Run(inputs);
        Executable shared = Executable.Compile(graph, new CompileOptions { Threads = threads });
        Assert.True(shared.Plan.Steps.Count(s => s.IsShared) >= 5, shared.Explain());
        NDArray[] together = shared.Run(inputs);
        for (int i = 0; i < alone.Length; i++)
        {
            Assert.True(alone[i].AsSpan<float>().SequenceEqual(together[i].AsSpan<float>()), $"output {i} differs");
        }
    }

    [Theory]
    [InlineData(1, 64, 1)]
    [InlineData(64, 64, 3)]
    [InlineData(65, 64, 2)]
    [InlineData(1000, 64, 3)]
    [InlineData(7, 1, 4)]
    public void Shards_cover_the_range_once(long extent, int grain, int shards)
    {
        PlanStep step = new(null!, null!, 0, extent, grain, 0, "");
        long next = 0;
        for (int shard = 0; shard < shards; shard++)
        {
            (long begin, long end) = step.Shard(shard, shards);
            Assert.Equal(next, begin);
            Assert.True(end == extent || end % grain == 0);
            next = end;
        }

        Assert.Equal(extent, next);
    }
}
