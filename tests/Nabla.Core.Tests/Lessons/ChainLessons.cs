namespace Nabla.Core.Tests.Lessons;

/// <summary>3Blue1Brown's chain of neurons (L81 to L92) and Cloud Academy's two nodes (L94 to L97).</summary>
public sealed class ChainLessons
{
    // Half a unit of the last printed digit.
    [Theory]
    [InlineData("z1", 0.4, 1e-15)]
    [InlineData("z2", -0.0394750640, 5e-11)]
    [InlineData("z3", 0.1411192638, 5e-11)]
    [InlineData("a1", 0.5986876601, 5e-11)]
    [InlineData("a2", 0.4901325153, 5e-11)]
    [InlineData("a3", 0.5352213836, 5e-11)]
    [InlineData("C", 0.2160191623, 5e-11)]
    public void L92_chain_values(string name, double expected, double tolerance) => Assert.Equal(expected, Lesson.Chain.Value(name), tolerance);

    [Theory]
    [InlineData("w1", 0.00249908994)]
    [InlineData("w2", -0.03113647022)]
    [InlineData("w3", -0.11333635576)]
    [InlineData("b1", 0.00499817989)]
    [InlineData("b2", -0.05200787037)]
    [InlineData("b3", -0.23123614985)]
    [InlineData("x", 0.00299890793)]
    public void L92_chain_gradients(string name, double expected) => Assert.Equal(expected, Lesson.Chain.Gradient(name), 5e-12);

    [Fact]
    public void L84_the_ratio_of_tiny_nudges_is_near_the_derivative()
    {
        Lesson lesson = Lesson.Chain;
        double ratio = (lesson.Nudged("w3", 0.01) - lesson.Value("C")) / 0.01;
        // Off by half of the second derivative (below 1 here) times the nudge.
        Assert.Equal(lesson.Gradient("w3"), ratio, 0.005);
    }

    [Fact]
    public void L85_the_chain_rule_is_a_product_of_three_terms()
    {
        Lesson lesson = Lesson.Chain;
        double a3 = lesson.Value("a3");
        double expected = lesson.Value("a2") * (a3 * (1 - a3)) * (2 * (a3 - 1));
        Assert.Equal(expected, lesson.Gradient("w3"), 1e-16);
    }

    [Fact]
    public void L86_the_bias_drops_the_activation_and_the_weight_carries_backwards()
    {
        Lesson lesson = Lesson.Chain;
        Assert.Equal(lesson.Gradient("w3"), lesson.Gradient("b3") * lesson.Value("a2"), 1e-16);
        Assert.Equal(lesson.Gradient("a2"), lesson.Gradient("z3") * 0.9, 1e-16);
    }

    [Fact]
    public void L83_and_L87_without_the_half_the_slope_is_twice_the_error()
    {
        Lesson with = new("C = (a - y)^2", ("a", 0.75), ("y", 1));
        Lesson half = new("C = 1/2*(a - y)^2", ("a", 0.75), ("y", 1));
        Assert.Equal(-0.5, with.ExactGradient("a"));
        Assert.Equal(2 * half.ExactGradient("a"), with.ExactGradient("a"));
        Assert.Equal(2 * with.ExactGradient("a"), with.At(("a", 0.5)).ExactGradient("a"));
    }

    [Fact]
    public void L88_the_derivative_of_the_full_cost_is_the_average_over_examples()
    {
        Differentiable cost = Differentiable.Of((Tensor w, Tensor x, Tensor y) => ((w * x).Sigmoid() - y).Square().Mean());
        double[] xs = [0.5, -1, 2];
        double[] ys = [1, 0, 1];
        double average = xs.Select((x, i) => (double)cost.Gradients(0.6, x, ys[i])[0]).Average();
        Assert.Equal(average, (double)cost.Gradients(0.6, xs, ys)[0], 1e-16);
    }

    [Fact]
    public void L89_and_L90_influence_through_several_paths_is_added()
    {
        // z_j = Σ_k w_jk a_k; C = Σ_j (σ(z_j) - y_j)²: dC/da_k = Σ_j w_jk σ'(z_j) 2(a_j - y_j).
        double[,] w = { { 0.4, -0.6 }, { 0.3, 0.8 }, { -0.5, 0.1 } };
        double[] a = [0.7, 0.2];
        double[] y = [1, 0, 1];
        Differentiable cost = Differentiable.Of((Tensor weights, Tensor below, Tensor target) => (weights.MatMul(below).Sigmoid() - target).Square().Sum());
        var gradients = cost.Gradients(w, a, y);
        for (int k = 0; k < 2; k++)
        {
            double sum = 0;
            for (int j = 0; j < 3; j++)
            {
                double s = 1 / (1 + Math.Exp(-((w[j, 0] * a[0]) + (w[j, 1] * a[1]))));
                sum += w[j, k] * s * (1 - s) * 2 * (s - y[j]);
                Assert.Equal(a[k] * s * (1 - s) * 2 * (s - y[j]), (double)gradients[0][j, k], 1e-15);
            }

            Assert.Equal(sum, (double)gradients[1][k], 1e-15);
        }
    }

    [Fact]
    public void L94_to_L96_deltas_go_back_from_node_to_node()
    {
        Lesson lesson = new(
            "z1 = w1*x + b1; a1 = sigmoid(z1); z2 = w2*a1 + b2; y = sigmoid(z2); J = 1/2*(y - t)^2",
            ("w1", 0.5), ("b1", 0.25), ("w2", -1.5), ("b2", 0.75), ("x", 2), ("t", 1));
        double y = lesson.Value("y");
        double a1 = lesson.Value("a1");
        double delta2 = (y - 1) * y * (1 - y);
        double delta1 = delta2 * -1.5 * a1 * (1 - a1);
        Assert.Equal(delta2, lesson.Gradient("z2"), 1e-16);
        Assert.Equal(delta2 * a1, lesson.Gradient("w2"), 1e-16);
        Assert.Equal(delta1, lesson.Gradient("z1"), 1e-16);
        Assert.Equal(delta1 * 2, lesson.Gradient("w1"), 1e-16);
    }

    [Fact]
    public void L94_the_slope_of_the_sigmoid_is_a_product_of_two_sigmoids()
    {
        Lesson lesson = new("d = sigmoid(z)*sigmoid(-z); s = sigmoid(z)", ("z", 0.5));
        Assert.Equal(lesson.Value("d"), lesson.Gradient("z"), 1e-16);
    }

    [Theory]
    [InlineData(36.7, false)]
    [InlineData(36.74, true)]
    [InlineData(40, true)]
    public void L97_one_minus_sigmoid_vanishes_in_double(double z, bool vanishes) =>
        Assert.Equal(vanishes, Readings.ScalarFormula.Of("sigmoid(z)*(1 - sigmoid(z))", z) == 0);

    [Fact]
    public void L97_the_product_of_two_sigmoids_does_not_vanish() =>
        Assert.Equal(4.248e-18, Readings.ScalarFormula.Of("sigmoid(z)*sigmoid(-z)", 40), 5e-22);

    [Fact]
    public void L108_a_saturated_wrong_sigmoid_learns_125_times_slower_from_squared_errors()
    {
        Lesson squared = new("a = sigmoid(z); J = (a - 1)^2", ("z", -5.517453));
        Lesson logistic = new("J = softplus(-z)", ("z", -5.517453)); // cross-entropy from the logit for y = 1
        Assert.Equal(0.004, squared.Value("a"), 5e-9);
        Assert.Equal(0.003984, squared.Derivative("a", "z"), 5e-9);
        Assert.Equal(-0.007936, squared.Gradient("z"), 5e-7);
        Assert.Equal(-0.996, logistic.Gradient("z"), 5e-9);
        Assert.Equal(125.5, logistic.Gradient("z") / squared.Gradient("z"), 0.05);
    }
}
