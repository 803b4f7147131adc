namespace Nabla.Core.Tests.Lessons;

/// <summary>Activations (L21 to L28), softmax and its loss (L29 to L35), several labels at once (L36, L37), round-off (L33).</summary>
public sealed class SoftmaxLessons
{
    private static readonly double[] Probabilities = [0.30, 0.20, 0.15, 0.35];
    private static readonly double[] Logits = [.. Probabilities.Select(p => Math.Log(p))];
    private static readonly Differentiable Softmax = Differentiable.Of((Tensor z) => Nn.Softmax(z));
    private static readonly Differentiable Loss = Differentiable.Of((Tensor z, Tensor y) => Nn.SparseCategoricalCrossentropyFromLogits(y, z).Sum());
    private static readonly Differentiable Logistic = Differentiable.Of((Tensor z, Tensor y) => Nn.BinaryCrossentropyFromLogits(y, z).Sum());

    [Fact]
    public void L21_one_unit_is_g_of_w_dot_x_plus_b()
    {
        Differentiable unit = Differentiable.Of((Tensor w, Tensor x, Tensor b) => (w.Dot(x) + b).Sigmoid());
        Assert.Equal(1 / (1 + Math.Exp(-0.75)), (double)unit.Value(new double[] { 1, -2 }, new double[] { 0.25, -0.5 }, -0.5), 1e-16);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(0)]
    [InlineData(2.5)]
    public void L22_the_three_activations(double z)
    {
        Assert.Equal(z, (double)Differentiable.Of((Tensor x) => Nn.Linear(x)).Value(z));
        Assert.InRange((double)Differentiable.Of((Tensor x) => Nn.Sigmoid(x)).Value(z), 1e-9, 1 - 1e-9);
        Assert.Equal(Math.Max(0, z), (double)Differentiable.Of((Tensor x) => Nn.Relu(x)).Value(z));
    }

    [Fact]
    public void L25_linear_hidden_layers_collapse_to_6x_plus_1()
    {
        Lesson lesson = new("a1 = w1*x + b1; a2 = w2*a1 + b2", ("w1", 2), ("b1", 0), ("w2", 3), ("b2", 1), ("x", 1));
        Assert.Equal(7, lesson.Exact("a2"));
        Assert.Equal(6, lesson.ExactGradient("x"));
        Assert.Equal(1, lesson.At(("x", 0)).Exact("a2"));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void L26_linear_hidden_and_sigmoid_output_is_logistic_regression(double x) =>
        Assert.Equal(Readings.ScalarFormula.Of("sigmoid(6*x + 1)", x), Readings.ScalarFormula.Of("sigmoid(3*(2*x + 0) + 1)", x));

    [Theory]
    [InlineData(-1.5)]
    [InlineData(0)]
    [InlineData(4)]
    public void L28_logistic_regression_as_two_outputs(double z)
    {
        // softmax over (z, 0) is (σ(z), 1 - σ(z)).
        NDArray a = Softmax.Value(new double[] { z, 0 });
        Assert.Equal(Readings.ScalarFormula.Of("sigmoid(z)", z), (double)a[0], 1e-15);
        Assert.Equal(1 - Readings.ScalarFormula.Of("sigmoid(z)", z), (double)a[1], 1e-15);
    }

    [Fact]
    public void L29_and_L30_softmax_reproduces_the_four_probabilities_and_ignores_a_shift()
    {
        double[] z = [-1.203973, -1.609438, -1.897120, -1.049822];
        Assert.Equal(z, Logits.Select(l => Math.Round(l, 6)));
        Near(Probabilities, Softmax.Value(Logits), 1e-15);
        Near(Probabilities, Softmax.Value(Logits.Select(l => l + 5).ToArray()), 1e-15);
        Assert.Equal(1, Softmax.Value(Logits).AsSpan<double>().ToArray().Sum(), 1e-15);
    }

    [Theory]
    [InlineData(1, 1.203972804)]
    [InlineData(2, 1.609437912)]
    [InlineData(3, 1.897119985)]
    [InlineData(4, 1.049822124)]
    public void L31_the_loss_is_minus_log_of_the_labels_probability(int y, double expected) =>
        Assert.Equal(expected, (double)Loss.Value(new double[,] { { Logits[0], Logits[1], Logits[2], Logits[3] } }, new int[] { y - 1 }), 5e-10);

    [Theory]
    [InlineData(1, -0.70, 0.20, 0.15, 0.35)]
    [InlineData(2, 0.30, -0.80, 0.15, 0.35)]
    [InlineData(3, 0.30, 0.20, -0.85, 0.35)]
    [InlineData(4, 0.30, 0.20, 0.15, -0.65)]
    public void L32_the_gradient_is_a_minus_one_hot_and_sums_to_zero(int y, double g1, double g2, double g3, double g4)
    {
        NDArray gradient = Loss.Gradients(new double[,] { { Logits[0], Logits[1], Logits[2], Logits[3] } }, new int[] { y - 1 })[0];
        Near([g1, g2, g3, g4], gradient, 1e-15);
        Assert.Equal(0, gradient.AsSpan<double>().ToArray().Sum(), 1e-15);
    }

    [Fact]
    public void L33_round_off_in_double()
    {
        Assert.Equal(0.0002, Readings.ScalarFormula.Of("2/n", 10_000));
        Assert.Equal(0.000199999999999978, Readings.ScalarFormula.Of("(1 + 1/n) - (1 - 1/n)", 10_000), 5e-19);
        Assert.Equal(new Rational(1, 5000), Readings.ScalarFormula.Exactly("(1 + 1/n) - (1 - 1/n)", 10_000));
    }

    [Fact]
    public void L33_round_off_in_float()
    {
        float direct = Readings.ScalarFormula.Of(FloatNumbers.Instance, FormulaParser.Parse("2/n"), 10_000f);
        float around = Readings.ScalarFormula.Of(FloatNumbers.Instance, FormulaParser.Parse("(1 + 1/n) - (1 - 1/n)"), 10_000f);
        Assert.Equal(0.00019999999495, direct, 5e-15);
        Assert.Equal(0.000200033188, around, 5e-13);
        Assert.Equal(1.7e-4, (around - 0.0002) / 0.0002, 5e-6);
    }

    [Fact]
    public void L33_the_float_plan_rounds_as_the_float_interpreter_does()
    {
        Executable plan = Executable.Compile(FormulaParser.Parse("(1 + 1/n) - (1 - 1/n)", dtype: DType.Float32));
        Assert.Equal(0.000200033188, (double)plan.Run(10_000f)[0], 5e-13);
    }

    [Theory]
    [InlineData(0, 1, 0.693147)]
    [InlineData(40, 0, 40)]
    [InlineData(100, 0, 100)]
    [InlineData(-100, 1, 100)]
    [InlineData(1000, 0, 1000)]
    [InlineData(-800, 1, 800)]
    public void L34_the_stable_logistic_loss(double z, double y, double expected) => Assert.Equal(expected, (double)Logistic.Value(z, y), 5e-7);

    [Fact]
    public void L34_the_stable_losses_gradient_is_sigmoid_minus_y()
    {
        Assert.Equal(1, (double)Logistic.Gradients(1000, 0)[0]);
        Assert.Equal(-1, (double)Logistic.Gradients(-800, 1)[0]);
        Assert.Equal(-0.5, (double)Logistic.Gradients(0, 1)[0], 1e-16);
    }

    [Fact]
    public void L34_the_naive_loss_is_wrong_then_infinite_then_not_a_number()
    {
        const string Naive = "f = 1/(1 + exp(-z)); -y*log(f) - (1 - y)*log(1 - f)";
        double At(double z, double y) => Readings.ScalarFormula.Of(DoubleNumbers.Instance, FormulaParser.Parse(Naive, ["z", "y"]), z, y);
        Assert.Equal(36.0437, At(36, 0), 5e-5);
        Assert.Equal(double.PositiveInfinity, At(37, 0));
        Assert.Equal(double.NaN, At(40, 1));
        Assert.Equal(Math.Log(2), At(0, 0), 1e-12);
        Assert.Equal(Math.Log(2), At(0, 1), 1e-12);
    }

    [Fact]
    public void L35_the_stable_softmax_loss_at_a_thousand()
    {
        Near([0.0900305732, 0.2447284711, 0.6652409558], Softmax.Value(new double[] { 1000, 1001, 1002 }), 5e-11);
        double loss = (double)Loss.Value(new double[,] { { 1000, 1001, 1002 } }, new int[] { 0 });
        Assert.Equal(-Math.Log(0.0900305732), loss, 1e-9);
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(1, 1, 0)]
    public void L36_and_L37_several_labels_have_the_mean_of_their_losses(double car, double bus, double pedestrian)
    {
        double[] z = [2, -1, 0.5];
        double[] y = [car, bus, pedestrian];
        Differentiable loss = Differentiable.Of((Tensor logits, Tensor labels) => Nn.BinaryCrossentropyFromLogits(labels, logits).Mean());
        Assert.Equal(z.Zip(y, (l, t) => (double)Logistic.Value(l, t)).Average(), (double)loss.Value(z, y), 1e-15);
        Assert.NotEqual(1, Differentiable.Of((Tensor x) => x.Sigmoid()).Value(z).AsSpan<double>().ToArray().Sum(), 1e-3);
    }

    private static void Near(double[] expected, NDArray actual, double tolerance)
    {
        double[] values = actual.AsSpan<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(expected[i], values[i], tolerance);
        }
    }
}
