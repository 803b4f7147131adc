using Nabla.Core.Tests.OpProperties;

namespace Nabla.Core.Tests.Ops;

/// <summary>Programs with a named axis, traced for one size of it and run for another: value and gradient are those of a program traced for that size.</summary>
public sealed class ResizedOpsTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Programs = new()
    {
        ["transpose"] = x => x.T,
        ["flip"] = x => x.Flip(0, 1),
        ["slice of the other axis"] = x => x[.., 1..3],
        ["every second of the other axis"] = x => x[.., new Slice(.., 2)],
        ["pad of the other axis"] = x => x.Pad([0, 1], [0, 2]),
        ["concat"] = x => Tensor.Concat([x, x * x], axis: 1),
        ["stack"] = x => Tensor.Stack([x, x.Exp()], axis: 1),
        ["split"] = x => x.Split(2, axis: 1)[1],
        ["running sums"] = x => x.CumSum(0),
        ["sort"] = x => x.Sort(0),
        ["one element a row"] = x => x.TakeAlong(x.StopGradient().ArgMax(1).ExpandDims(1), 1),
        ["columns by index"] = x => x.Take(x.Builder.Literal(NDArray.From(new[] { 3, 0, 0 })), axis: 1),
        ["iota"] = x => x * x.Builder.Iota(x.Dims, 0, x.DType),
        ["softmax"] = x => Nn.Softmax(x),
        ["variance"] = x => x.Variance(0),
        ["sparse cross-entropy"] = x => Nn.SparseCategoricalCrossentropyFromLogits(x.StopGradient().ArgMax(1), x),
        ["random"] = x => x * x.Builder.Uniform(x.Builder.Constant(3, DType.Int64), x.Builder.Constant(4, DType.Int64), x.Dims, x.DType),
        ["sparsemax"] = x => Nn.Sparsemax(x, axis: 0),
    };

    public static TheoryData<string> Names() => [.. Programs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_resized_program_is_the_program_of_that_size(string name)
    {
        Graph resized = Resize.Run(Trace(Programs[name], 5), "batch", 7);
        Verifier.Check(resized, "resize");
        Graph direct = Trace(Programs[name], 7);
        NDArray x = NDArray.Create<double>(Domains.Distinct(new Random(1), 28), [7, 4]);
        Assert.Equal(Numeric.Run(direct, x), Numeric.Run(resized, x));
        Assert.All(direct.Outputs.Zip(resized.Outputs), pair => Assert.Equal(pair.First.Node.Type, pair.Second.Node.Type));
    }

    private static Graph Trace(Func<Tensor, Tensor> program, int size)
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", new(DType.Float64, [new Dim(size, "batch"), 4]));
        Tensor y = program(x);
        Tensor gradient = Differentiate.Gradients(y.Square().Sum(), x)[0];
        return new Graph("program", [x.Node], [new("y", y.Node), new("dx", gradient.Node)]);
    }
}
