namespace Nabla.Core.Tests.Transforms;

public sealed class ResizeTests
{
    [Fact]
    public void A_named_dim_takes_another_size_through_gradients_and_means()
    {
        // loss = mean over the batch of (x.w)^2; its gradient divides by the batch's size, which must follow.
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", new TensorType(DType.Float64, [new Dim(4, "batch"), 2]));
        Tensor w = builder.Parameter("w", new TensorType(DType.Float64, [2]));
        Tensor loss = x.MatMul(w).Square().Mean();
        Graph graph = new("step", [x.Node, w.Node], [new("loss", loss.Node), new("dw", Differentiate.Gradients(loss, w)[0].Node)]);

        Graph resized = Resize.Run(graph, "batch", 3);
        Verifier.Check(resized, "resize");
        Assert.Equal("float64[batch=3,2]", resized.Inputs[0].Type.ToString());

        DoubleNumbers math = DoubleNumbers.Instance;
        var outputs = new Interpreter<double>(math).Run(resized,
        [
            Value<double>.From(NDArray.Create<double>([1, 2, 3, 4, 5, 6], [3, 2]), math),
            Value<double>.From(NDArray.Create<double>([1, -1], [2]), math),
        ]);
        // Each row gives -1: the loss is 1, the gradient 2/3 times minus the column sums.
        Assert.Equal(1.0, outputs[0].Floats[0], 1e-15);
        Assert.Equal(-6.0, outputs[1].Floats[0], 1e-14);
        Assert.Equal(-8.0, outputs[1].Floats[1], 1e-14);
    }
}
