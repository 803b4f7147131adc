namespace Nabla.Core.Tests.Lessons;

/// <summary>The small network (L62 to L68), the larger one (L73 to L80), and why one backward pass is enough (L69 to L72).</summary>
public sealed class NetworkLessons
{
    [Theory]
    [InlineData("c", "-4")]
    [InlineData("a", "4")]
    [InlineData("d", "2")]
    [InlineData("J", "2")]
    public void L63_small_network_values(string name, string expected) => Assert.Equal(Rational.Parse(expected), Lesson.SmallNetwork.Exact(name));

    [Theory]
    [InlineData("d", "2")]
    [InlineData("a", "2")]
    [InlineData("c", "2")]
    [InlineData("b", "2")]
    [InlineData("w", "-4")]
    [InlineData("x", "4")]
    [InlineData("y", "-2")]
    public void L64_small_network_gradients(string name, string expected)
    {
        Assert.Equal(Rational.Parse(expected), Lesson.SmallNetwork.ExactGradient(name));
        Assert.Equal(Rational.Parse(expected).ToDouble(), Lesson.SmallNetwork.Gradient(name));
    }

    [Theory]
    [InlineData("J", "d", "2")]
    [InlineData("d", "a", "1")]
    [InlineData("d", "y", "-1")]
    [InlineData("a", "c", "1")]
    [InlineData("a", "b", "1")]
    [InlineData("c", "w", "-2")]
    [InlineData("c", "x", "2")]
    public void L65_local_derivatives_times_upstream_are_the_gradients(string of, string by, string local)
    {
        Lesson lesson = Lesson.SmallNetwork;
        Assert.Equal(Rational.Parse(local), lesson.ExactDerivative(of, by));
        Rational upstream = of == "J" ? 1 : lesson.ExactGradient(of);
        Assert.Equal(lesson.ExactGradient(by), lesson.ExactDerivative(of, by) * upstream);
    }

    [Theory]
    [InlineData("w", "1.996002")]
    [InlineData("c", "2.0020005")]
    [InlineData("a", "2.0020005")]
    [InlineData("d", "2.0020005")]
    [InlineData("b", "2.0020005")]
    [InlineData("x", "2.004002")]
    [InlineData("y", "1.9980005")]
    public void L66_nudges_of_the_small_network(string name, string expected) =>
        Assert.Equal(Rational.Parse(expected), Lesson.SmallNetwork.ExactNudged(name, 0.001));

    [Fact]
    public void L67_the_cost_in_one_line_and_its_derivative_in_letters()
    {
        Lesson lesson = new("J = 1/2*((w*x + b) - y)^2", ("w", 2), ("x", -2), ("b", 8), ("y", 2));
        Assert.Equal(2, lesson.Exact("J"));
        Graph derivative = Simplify.Run(Readings.ScalarFormula.Derivative(lesson.Graph, "w"), relaxed: true);
        Assert.Equal("x*(w*x + b - y)", FormulaText.Print(FormulaTidy.Run(FormulaRenderer.Render(new Tensor(derivative.Outputs[0].Node)))));
    }

    [Fact]
    public void L68_one_step_of_gradient_descent_on_the_small_network()
    {
        Lesson lesson = Lesson.SmallNetwork;
        Rational w = 2 - (0.01 * lesson.ExactGradient("w"));
        Rational b = 8 - (0.01 * lesson.ExactGradient("b"));
        Assert.Equal((2.04, 7.98), (w, b));
        Assert.Equal(1.805, lesson.At(("w", w), ("b", b)).Exact("J"));
    }

    [Fact]
    public void L69_the_derivative_by_a_is_made_once_and_used_for_w_and_b()
    {
        Lesson lesson = Lesson.SmallNetwork;
        var gradients = Differentiate.Gradients(new Tensor(lesson.Find("J")), new Tensor(lesson.Find("a")), new Tensor(lesson.Find("w")), new Tensor(lesson.Find("b")));
        Assert.Same(gradients[0].Node, gradients[2].Node);
        Assert.Contains(gradients[0].Node, gradients[1].Node.Inputs);
    }

    [Fact]
    public void L70_backprop_takes_110_thousand_steps_where_bumping_takes_a_thousand_million()
    {
        const long Nodes = 10_000;
        const long Parameters = 100_000;
        Assert.Equal((110_000, 1_000_000_000), (Nodes + Parameters, Nodes * Parameters));
        Assert.Equal(9091, Math.Round((double)(Nodes * Parameters) / (Nodes + Parameters)));
    }

    // N nodes share P parameters: each node adds the same number of nodes to the backward graph, whatever P is; bumping would run N nodes P times.
    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(3_000)]
    public void L70_the_engines_own_work_grows_with_nodes_plus_parameters(int count)
    {
        Assert.Equal(BackwardNodes(count) - BackwardNodes(count - 1), BackwardNodes(2 * count) - BackwardNodes((2 * count) - 1));
        Assert.InRange(BackwardNodes(count), count, 10 * count);
    }

    private static int BackwardNodes(int count)
    {
        GraphBuilder builder = new();
        TensorType scalar = TensorType.Scalar(DType.Float64);
        Tensor[] parameters = [.. Enumerable.Range(0, count).Select(i => builder.Parameter($"w{i}", scalar))];
        Tensor value = builder.Constant(1, DType.Float64);
        foreach (Tensor parameter in parameters)
        {
            value = (value * parameter).Tanh();
        }

        var gradients = Differentiate.Gradients(value, parameters);
        Graph graph = new("chain", parameters.Select(p => p.Node), gradients.Select((g, i) => new GraphOutput($"g{i}", g.Node)));
        return graph.Nodes.Count(n => n.Scope.Path.Contains("backward", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("L72 small", 2, 6, 8)]
    [InlineData("L72 larger", 4, 11, 28)]
    public void L72_counters_of_both_networks(string network, int parameters, int backprop, int bumping)
    {
        Lesson lesson = network.EndsWith("small", StringComparison.Ordinal) ? Lesson.SmallNetwork : Lesson.LargerNetwork;
        int nodes = lesson.Graph.Outputs.Length;
        Assert.Equal((backprop, bumping), (nodes + parameters, nodes * parameters));
    }

    [Theory]
    [InlineData("t1", "2")]
    [InlineData("z1", "2")]
    [InlineData("a1", "2")]
    [InlineData("t2", "6")]
    [InlineData("z2", "7")]
    [InlineData("a2", "7")]
    [InlineData("J", "2")]
    public void L74_larger_network_values(string name, string expected) => Assert.Equal(Rational.Parse(expected), Lesson.LargerNetwork.Exact(name));

    [Theory]
    [InlineData("a2", "2")]
    [InlineData("z2", "2")]
    [InlineData("b2", "2")]
    [InlineData("t2", "2")]
    [InlineData("w1", "6")]
    [InlineData("w2", "4")]
    [InlineData("a1", "6")]
    [InlineData("z1", "6")]
    [InlineData("b1", "6")]
    [InlineData("t1", "6")]
    [InlineData("x", "12")]
    [InlineData("y", "-2")]
    public void L75_larger_network_gradients(string name, string expected)
    {
        Assert.Equal(Rational.Parse(expected), Lesson.LargerNetwork.ExactGradient(name));
        Assert.Equal(Rational.Parse(expected).ToDouble(), Lesson.LargerNetwork.Gradient(name));
    }

    [Fact]
    public void L76_both_units_are_where_relu_has_slope_one()
    {
        Lesson lesson = Lesson.LargerNetwork;
        Assert.Equal((1, 1), (lesson.ExactDerivative("a1", "z1"), lesson.ExactDerivative("a2", "z2")));
        Assert.Equal(lesson.Exact("a2") + 0.001, Rational.Pow(1, 1) * (lesson.Exact("z2") + 0.001));
        Assert.Equal(2, lesson.ExactGradient("z2"));
    }

    [Fact]
    public void L77_nudging_w1_gives_2_0060045()
    {
        Lesson nudged = Lesson.LargerNetwork.At(("w1", 2.001));
        Assert.Equal((2.001, 7.003, 2.0060045), (nudged.Exact("a1"), nudged.Exact("a2"), nudged.Exact("J")));
        Assert.Equal(2.0060045, nudged.Value("J"), 1e-9);
    }

    [Theory]
    [InlineData("b1", "2.0060045")]
    [InlineData("w1", "2.0060045")]
    [InlineData("w2", "2.004002")]
    [InlineData("b2", "2.0020005")]
    [InlineData("x", "2.012018")]
    [InlineData("y", "1.9980005")]
    [InlineData("t1", "2.0060045")]
    [InlineData("z1", "2.0060045")]
    [InlineData("a1", "2.0060045")]
    [InlineData("t2", "2.0020005")]
    [InlineData("z2", "2.0020005")]
    [InlineData("a2", "2.0020005")]
    public void L78_nudges_of_the_larger_network_and_exact_central_differences(string name, string expected)
    {
        Lesson lesson = Lesson.LargerNetwork;
        Assert.Equal(Rational.Parse(expected), lesson.ExactNudged(name, 0.001));
        Assert.Equal(lesson.ExactGradient(name), (lesson.ExactNudged(name, 0.001) - lesson.ExactNudged(name, -0.001)) / 0.002);
    }

    [Fact]
    public void L79_one_step_of_gradient_descent_on_the_larger_network()
    {
        Lesson lesson = Lesson.LargerNetwork;
        (string, Rational)[] moved = [.. new[] { "w1", "b1", "w2", "b2" }.Select(p => (p, lesson.Exact(p) - (0.01 * lesson.ExactGradient(p))))];
        Assert.Equal([("w1", 1.94), ("b1", -0.06), ("w2", 2.96), ("b2", 0.98)], moved);
        Lesson after = lesson.At(moved);
        Assert.Equal((1.88, 6.5448, 1.19320352), (after.Exact("a1"), after.Exact("a2"), after.Exact("J")));
    }

    [Fact]
    public void L80_all_four_derivatives_come_from_one_pass()
    {
        var cost = Differentiable.OfMany(p => 0.5 * (Nn.Relu(p[2] * Nn.Relu(p[0] * 1 + p[1]) + p[3]) - 5).Square());
        Assert.Equal([6.0, 6, 4, 2], cost.Gradients(2, 0, 3, 1).Select(g => (double)g));
    }
}
