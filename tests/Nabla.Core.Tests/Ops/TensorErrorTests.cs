namespace Nabla.Core.Tests.Ops;

/// <summary>Wrong uses of functions on tensors: each message says who, what was expected, what came.</summary>
public sealed class TensorErrorTests
{
    private static readonly Dictionary<string, (Func<Tensor, object> Use, string[] Says)> Wrong = new()
    {
        ["position outside"] = (x => x[3], ["slice: expected a position from 0 to 2 on axis 0 of dims [3,4], received 3"]),
        ["range outside"] = (x => x[.., 2..6], ["slice: expected a range within 0..4 on axis 1 of dims [3,4], received 2..6"]),
        ["too many indices"] = (x => x[0, 0, 0], ["slice: expected at most 2 indices", "float32[3,4]", "received 3"]),
        ["slice of too few axes"] = (x => x.Slice([0], [1]), ["slice: expected a start and a stop for each of 2 axes", "received 1 and 1"]),
        ["slice beyond the end"] = (x => x.Slice([0, 0], [3, 5]), ["slice: expected a range within 0..4", "axis 1", "received 0..5"]),
        ["axis of a transpose"] = (x => x.Transpose(0, 2), ["transpose: expected an axis from -2 to 1", "[3,4]", "received 2"]),
        ["axis twice in a transpose"] = (x => x.Transpose(0, 0), ["transpose", "expected each axis from 0 to 1 once, received [0,0]"]),
        ["uneven split"] = (x => x.Split(3, axis: 1), ["split: expected a number of parts that divides 4", "float32[3,4]", "received 3"]),
        ["squeeze of a real axis"] = (x => x.Squeeze(0), ["squeeze: expected an axis of size 1", "axis 0 of float32[3,4]"]),
        ["new axis far away"] = (x => x.ExpandDims(4), ["expand_dims: expected an axis from -3 to 2", "float32[3,4]", "received 4"]),
        ["concat of nothing"] = (_ => Tensor.Concat([]), ["concat: expected at least one tensor, received none"]),
        ["concat of other sizes"] = (x => Tensor.Concat([x, x.T]), ["concat", "expected operands of one element type that differ only on axis 0, received float32[4,3] as operand 2"]),
        ["stack of other sizes"] = (x => Tensor.Stack([x, x.T]), ["concat", "received float32[1,4,3] as operand 2"]),
        ["fractional indices"] = (x => x.Take(x), ["gather", "expected indices (int32 or int64) as operand 2, received float32[3,4]"]),
        ["one-hot of fractions"] = (x => x.OneHot(3), ["one_hot: expected whole numbers (int32 or int64), received float32[3,4]"]),
        ["glu of an odd axis"] = (x => Nn.Glu(x, axis: 0), ["glu: expected an even size on axis 0, received float32[3,4]"]),
        ["softmax axis"] = (x => Nn.Softmax(x, axis: 2), ["expected an axis from -2 to 1", "received 2"]),
        ["running sums axis"] = (x => x.CumSum(-3), ["cumsum: expected an axis from -2 to 1", "received -3"]),
        ["sum twice over an axis"] = (x => x.Sum([0, -2]), ["sum: expected different axes, received axis -2 twice"]),
        ["operands that do not broadcast"] = (x => x + x.T, ["add: expected dims that agree or are 1", "received [3,4] and [4,3]"]),
        ["inner sizes"] = (x => x.MatMul(x), ["matmul", "expected inner sizes that agree, received 4 and 3"]),
        ["matmul with a scalar"] = (x => x.MatMul(x.Sum()), ["matmul: expected vectors or matrices", "float32[]"]),
        ["reshape"] = (x => x.Reshape([5]), ["reshape", "expected dims with 12 elements, received [5] with 5"]),
        ["gradient of a tensor"] = (x => Differentiate.Gradients(x, x), ["Differentiate: expected a scalar of a floating type", "float32[3,4]", "Reduce it"]),
    };

    public static TheoryData<string> Names() => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_use_is_explained(string name)
    {
        Tensor x = new GraphBuilder().Input("x", new(DType.Float32, [3, 4]));
        ShapeException error = Assert.Throws<ShapeException>(() => Wrong[name].Use(x));
        Assert.All(Wrong[name].Says, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
