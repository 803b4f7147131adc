using Nabla.Core.Tests.OpProperties;

namespace Nabla.Core.Tests.Ops;

/// <summary>Every function of <see cref="Nn"/> of one tensor: NaN goes through, derivatives of both orders agree with differences, printed text reads back.</summary>
public sealed class ActivationPropertyTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["linear"] = Nn.Linear,
        ["relu"] = x => Nn.Relu(x),
        ["relu with all arguments"] = x => Nn.Relu(x, 0.2, 1.4, 0.1),
        ["relu6"] = Nn.Relu6,
        ["leaky_relu"] = x => Nn.LeakyRelu(x),
        ["elu"] = x => Nn.Elu(x),
        ["selu"] = Nn.Selu,
        ["celu"] = x => Nn.Celu(x, 2),
        ["sigmoid"] = Nn.Sigmoid,
        ["tanh"] = Nn.Tanh,
        ["exponential"] = Nn.Exponential,
        ["softplus"] = Nn.Softplus,
        ["softsign"] = Nn.Softsign,
        ["gelu"] = x => Nn.Gelu(x),
        ["gelu approximate"] = x => Nn.Gelu(x, approximate: true),
        ["silu"] = Nn.Silu,
        ["mish"] = Nn.Mish,
        ["hard_sigmoid"] = Nn.HardSigmoid,
        ["hard_silu"] = Nn.HardSilu,
        ["log_sigmoid"] = Nn.LogSigmoid,
        ["hard_tanh"] = Nn.HardTanh,
        ["squareplus"] = x => Nn.Squareplus(x),
        ["glu"] = x => Nn.Glu(x),
        ["tanh_shrink"] = Nn.TanhShrink,
        ["soft_shrink"] = x => Nn.SoftShrink(x),
        ["hard_shrink"] = x => Nn.HardShrink(x),
        ["threshold"] = x => Nn.Threshold(x, 0.6, -1),
        ["sparse_plus"] = Nn.SparsePlus,
        ["sparse_sigmoid"] = Nn.SparseSigmoid,
        ["softmax"] = x => Nn.Softmax(x),
        ["softmax over rows"] = x => Nn.Softmax(x, axis: 0),
        ["log_softmax"] = x => Nn.LogSoftmax(x),
        ["log_sum_exp"] = x => Nn.LogSumExp(x, keepDims: true),
        ["sparsemax"] = x => Nn.Sparsemax(x),
        ["variance"] = x => x.Variance(1, keepDims: true),
        ["std"] = x => x.Std(1, keepDims: true),
        ["sort"] = x => x.Sort(),
        ["falling sort"] = x => x.Sort(0, descending: true),
        ["cross-entropy"] = x => Nn.CategoricalCrossentropyFromLogits(x.Builder.Literal(NDArray.From(new[] { 0.1, 0.2, 0.3, 0.4 }).AsType(x.DType)), x),
        ["binary cross-entropy"] = x => Nn.BinaryCrossentropyFromLogits(x.Like(new Rational(1, 3)), x),
    };

    // Away from the kinks of all functions above (0, ±0.5, 0.1, 0.6, ±1, 1.4, 3): at least 0.02, ten difference steps.
    private static readonly NDArray Point = new double[,] { { 0.31, -0.72, 1.23, -1.57 }, { 0.85, 1.91, -0.27, 0.05 }, { -1.13, 0.43, 2.21, -2.34 } };

    public static TheoryData<string> Names() => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nan_in_gives_nan_out(string name)
    {
        double[] y = Evaluate.Of(Functions[name], new double[,] { { double.NaN, double.NaN, double.NaN, double.NaN } }).Doubles();
        Assert.All(y, v => Assert.True(double.IsNaN(v)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_agrees_with_differences(string name)
    {
        (Graph value, Graph gradient, _) = Graphs(Functions[name]);
        double[] differences = Numeric.Differences(x => Numeric.Run(value, x)[0][0], [Point], 0);
        Numeric.AssertClose(differences, Numeric.Run(gradient, Point)[0], 1e-8, 1e-10, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_of_the_gradient_agrees_with_differences(string name)
    {
        (_, Graph gradient, Graph second) = Graphs(Functions[name]);
        double[] direction = Numeric.Direction(1, Point.Count);
        double[] differences = Numeric.Differences(x => Numeric.Dot(direction, Numeric.Run(gradient, x)[0]), [Point], 0);
        Numeric.AssertClose(differences, Numeric.Run(second, Point)[0], 1e-6, 1e-8, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compiled_gradients_lie_within_the_derived_bound(string name)
    {
        (Graph value, Graph gradient, _) = Graphs(Functions[name], DType.Float32);
        NDArray at = Point.AsType(DType.Float32);
        foreach (Graph graph in new[] { value, gradient })
        {
            RunningError math = new(DType.Float32);
            RunningError.AssertWithin(
                Numeric.Run(graph, math, [Value<Bounded>.From(at, math)])[0], Executable.Compile(graph).Run(at)[0], $"{name} {graph.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Printed_text_reads_back(string name)
    {
        (_, Graph gradient, _) = Graphs(Functions[name]);
        Graph read = GraphParser.Parse(gradient.ToString());
        Assert.Equal(gradient.ToString(), read.ToString());
        Assert.Equal(Numeric.Run(gradient, Point), Numeric.Run(read, Point));
    }

    // Σ weights · f(x) with weights 1, 1.1, 1.2, ..., its gradient, and the gradient of that along a direction.
    private static (Graph Value, Graph Gradient, Graph Second) Graphs(Func<Tensor, Tensor> function, DType dtype = DType.Float64)
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", new(dtype, Point.Dims));
        Tensor y = function(x);
        double[] weights = [.. Enumerable.Range(0, y.Dims.Count).Select(i => 1 + 0.125 * i)];
        Tensor value = (y * builder.Literal(NDArray.Create<double>(weights, y.Dims).AsType(dtype))).Sum();
        Tensor gradient = Differentiate.Gradients(value, x)[0];
        Tensor along = (gradient * builder.Literal(NDArray.Create<double>(Numeric.Direction(1, Point.Count), Point.Dims).AsType(dtype))).Sum();
        Tensor second = Differentiate.Gradients(along, x)[0];
        Graph Of(string name, Tensor t) => new(name, [x.Node], [new GraphOutput("y", t.Node)]);
        return (Of("value", value), Of("gradient", gradient), Of("second", second));
    }
}
