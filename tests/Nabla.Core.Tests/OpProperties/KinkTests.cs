using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>The sub-gradient table (reliability 2.7, design 13): at a kink the derivative is a choice, and this is the choice.</summary>
public sealed class KinkTests
{
    public static TheoryData<string, double, double> Choices() => new()
    {
        { "relu", 0, 0 },
        { "relu", -0.0, 0 },
        { "leaky_relu", 0, 0.2 },
        { "relu6", 0, 0 },
        { "relu6", 6, 0 },
        { "abs", 0, 0 },
        { "abs", -0.0, 0 },
        { "sign", 0, 0 },
        { "floor", 2, 0 },
        { "round", 2.5, 0 },
        { "clip", -1, 1 },
        { "clip", 1, 1 },
        { "clip", -1.5, 0 },
        { "clip", 1.5, 0 },
        { "maximum with 2", 2, 0.5 },
        { "minimum with 2", 2, 0.5 },
        { "x^2", 0, 0 },
        { "x^1", 0, 1 },
        { "x^0", 0, 0 },
        { "elu", 0, 1 },
        { "binary_crossentropy of 1", 0, -0.5 },
        { "binary_crossentropy of 0", 0, 0.5 },
        { "softsign", 0, 1 },
        { "hard_sigmoid", 3, 0 },
        { "hard_sigmoid", -3, 0 },
        { "hard_tanh", 1, 1 },
    };

    public static TheoryData<string, double, double> Poles() => new()
    {
        { "sqrt", 0, double.PositiveInfinity },
        { "log", 0, double.PositiveInfinity },
        { "log1p", -1, double.PositiveInfinity },
        { "x^(1/2)", 0, double.PositiveInfinity },
        { "1/x", 0, double.NegativeInfinity },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    [MemberData(nameof(Poles))]
    public void At_a_special_point_the_derivative_is_the_stated_one(string function, double at, double derivative) =>
        Assert.Equal(derivative, Evaluate.Gradient(Function(function), new[] { at }).Doubles()[0]);

    [Theory]
    [MemberData(nameof(Choices))]
    public void The_choice_lies_between_the_one_sided_differences(string function, double at, double derivative)
    {
        // Where a function jumps (sign, floor, round) a difference across the jump means nothing; to each side of it the function is flat.
        const double Step = 1e-6;
        double Value(double x) => Evaluate.Of(Function(function), new[] { x }).Doubles()[0];
        bool jumps = Math.Abs(Value(at + Step) - Value(at - Step)) > 0.5;
        double left = jumps ? 0 : (Value(at) - Value(at - Step)) / Step;
        double right = jumps ? 0 : (Value(at + Step) - Value(at)) / Step;
        Assert.InRange(derivative, Math.Min(left, right) - 1e-5, Math.Max(left, right) + 1e-5);
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void The_compiled_plan_makes_the_same_choice(string function, double at, double derivative)
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", new(DType.Float32, [1]));
        Tensor gradient = Differentiate.Gradients(Function(function)(x).Sum(), x)[0];
        Graph graph = new("kink", [x.Node], [new GraphOutput("g", gradient.Node)]);
        Assert.Equal((float)derivative, Executable.Compile(graph).Run(NDArray.From(new[] { (float)at }))[0].AsSpan<float>()[0]);
    }

    [Fact]
    public void A_tie_in_maximum_or_minimum_is_shared_by_both_sides()
    {
        NDArray a = new double[] { 1, 2, 3 };
        NDArray b = new double[] { 1, 5, 0 };
        double[] Of(Func<Tensor, Tensor, Tensor> f, int with) => Evaluate.Of((x, y) => Differentiate.Gradients(f(x, y).Sum(), x, y)[with], a, b).Doubles();
        Assert.Equal([0.5, 0, 1], Of((x, y) => x.Maximum(y), 0));
        Assert.Equal([0.5, 1, 0], Of((x, y) => x.Maximum(y), 1));
        Assert.Equal([0.5, 1, 0], Of((x, y) => x.Minimum(y), 0));
        Assert.Equal([0.5, 0, 1], Of((x, y) => x.Minimum(y), 1));
    }

    [Fact]
    public void Equal_largest_elements_share_the_derivative_of_a_reduction()
    {
        Assert.Equal([0, 0.5, 0.5, 0], Evaluate.Gradient(x => x.Max(), new double[] { 1, 3, 3, 2 }).Doubles());
        Assert.Equal([1.0 / 3, 0, 1.0 / 3, 1.0 / 3], Evaluate.Gradient(x => x.Min(), new double[] { 1, 3, 1, 1 }).Doubles());
    }

    [Fact]
    public void Where_the_base_is_0_the_exponent_has_no_derivative_and_nothing_is_nan()
    {
        NDArray bases = new double[] { 0, 0, 2 };
        NDArray exponents = new double[] { 2, 0, 0 };
        double[] Of(int with) => Evaluate.Of((a, b) => Differentiate.Gradients(a.Pow(b).Sum(), a, b)[with], bases, exponents).Doubles();
        Assert.Equal([0, 0, 0], Of(0));
        Assert.Equal([0, 0, Math.Log(2)], Of(1));
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    [InlineData(700)]
    [InlineData(-745)]
    public void Functions_of_exponentials_stay_finite_far_out_in_value_and_gradient(double far)
    {
        NDArray x = new double[] { far, 0, -far / 2 };
        Func<Tensor, Tensor>[] functions =
        [
            t => Nn.Softmax(t), t => Nn.LogSoftmax(t), t => Nn.LogSumExp(t), Nn.Sigmoid, Nn.Softplus, Nn.LogSigmoid, t => Nn.Elu(t), Nn.Selu, t => Nn.Celu(t), Nn.Silu,
            Nn.Mish, t => Nn.Gelu(t), t => Nn.Gelu(t, true), Nn.SparsePlus, t => Nn.BinaryCrossentropyFromLogits(t.Like(1), t), t => Nn.CategoricalCrossentropyFromLogits(t.Like(new Rational(1, 3)), t),
        ];
        for (int i = 0; i < functions.Length; i++)
        {
            Assert.All(Evaluate.Of(functions[i], x).Doubles(), v => Assert.True(double.IsFinite(v), $"value of function {i}"));
            Assert.All(Evaluate.Gradient(functions[i], x).Doubles(), v => Assert.True(double.IsFinite(v), $"gradient of function {i}"));
        }
    }

    [Fact]
    public void The_branch_not_taken_does_not_poison_a_masked_form()
    {
        // The double mask: the function is given a harmless value where it is not taken, so that no 0 · ∞ arises.
        static Tensor SafeRoot(Tensor x)
        {
            Tensor positive = x.GreaterThan(0);
            return Tensor.Select(positive, Tensor.Select(positive, x, x.Like(1)).Sqrt(), x.Like(0));
        }

        Assert.Equal([0, 2 * 0.25, 0], Evaluate.Gradient(SafeRoot, new double[] { 0, 4, -1 }).Doubles());
    }

    private static Func<Tensor, Tensor> Function(string name) => name switch
    {
        "relu" => x => Nn.Relu(x),
        "leaky_relu" => x => Nn.LeakyRelu(x),
        "relu6" => Nn.Relu6,
        "abs" => x => x.Abs(),
        "sign" => x => x.Sign(),
        "floor" => x => x.Floor(),
        "round" => x => x.Round(),
        "clip" => x => x.Clip(-1, 1),
        "maximum with 2" => x => x.Maximum(2),
        "minimum with 2" => x => x.Minimum(2),
        "x^2" => x => x.Pow(2),
        "x^1" => x => x.Pow(1),
        "x^0" => x => x.Pow(0),
        "x^(1/2)" => x => x.Pow(new Rational(1, 2)),
        "1/x" => x => 1 / x,
        "sqrt" => x => x.Sqrt(),
        "log" => x => x.Log(),
        "log1p" => x => x.Log1p(),
        "elu" => x => Nn.Elu(x),
        "softsign" => Nn.Softsign,
        "hard_sigmoid" => Nn.HardSigmoid,
        "hard_tanh" => Nn.HardTanh,
        "binary_crossentropy of 1" => x => Nn.BinaryCrossentropyFromLogits(x.Like(1), x),
        "binary_crossentropy of 0" => x => Nn.BinaryCrossentropyFromLogits(x.Like(0), x),
        _ => throw new ArgumentException($"No function '{name}' here."),
    };
}
