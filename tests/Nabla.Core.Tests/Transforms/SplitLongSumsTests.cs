namespace Nabla.Core.Tests.Transforms;

/// <summary>Sums of many float32 numbers keep their digits, along whichever axes.</summary>
public sealed class SplitLongSumsTests
{
    public static TheoryData<int[], int[]> Shapes => new()
    {
        { [1_000_000], [0] },
        { [5_003], [0] },
        { [9_001, 3], [0] },
        { [3, 9_001], [1] },
        { [70, 11, 70], [0, 2] },
        { [600, 11, 70], [0, 2] },
        { [40, 50, 60], [0, 1, 2] },
        { [600_000, 1], [0] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_long_sum_and_mean_are_right_to_a_millionth(int[] dims, int[] axes)
    {
        NDArray x = NDArray.Full(0.1f, Dims.Of(dims));
        long count = axes.Aggregate(1L, (n, a) => n * dims[a]);
        GraphBuilder builder = new();
        Tensor input = builder.Input("x", x.Type);
        Graph graph = new("g", [input.Node], [new("sum", input.Sum(axes).Node), new("mean", input.Mean(axes).Node)]);
        foreach (bool dynamicCode in (bool[])[true, false])
        {
            NDArray[] results = Executable.Compile(graph, new CompileOptions { DynamicCode = dynamicCode }).Run(x);

            // Parts of 512 lose at most 512 roundings each, and there are at most four levels: 2,048 half units of 2^-24 are 6e-5; in fact far less.
            Assert.All(results[0].ToArray<float>(), sum => Assert.Equal(1, sum / (count * (double)0.1f), 6e-5));
            Assert.All(results[1].ToArray<float>(), mean => Assert.Equal(1, mean / (double)0.1f, 6e-5));
        }
    }

    [Fact]
    public void Short_sums_stay_as_they_are()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", new TensorType(DType.Float32, [64, 32]));
        Graph split = SplitLongSums.Run(new Graph("g", [x.Node], [new("sum", x.Sum().Node)]));
        Assert.Equal(["input", "sum"], split.Nodes.Select(n => n.Op.Name));
    }
}
