namespace Nabla.Core.Tests.Lessons;

/// <summary>Gradient descent and Adam as formulas (L38 to L43).</summary>
public sealed class OptimizerLessons
{
    private const double Rate = 1e-3;

    // As in the paper: ε beside the root of the corrected second moment.
    private const string Paper =
        "m2 = 9/10*m + 1/10*g; v2 = 999/1000*v + 1/1000*g^2; mh = m2/(1 - b1t); vh = v2/(1 - b2t); step = -1/1000*mh/(sqrt(vh) + 1e-7)";

    // As in Keras: the corrections are moved into the rate, so that ε stands beside the uncorrected root.
    private const string Keras =
        "m2 = 9/10*m + 1/10*g; v2 = 999/1000*v + 1/1000*g^2; rate = 1/1000*sqrt(1 - b2t)/(1 - b1t); step = -rate*m2/(sqrt(v2) + 1e-7)";

    [Theory]
    [InlineData("1/10", "3 2.4 1.92 1.536 1.2288")]
    [InlineData("1/2", "3 0 0")]
    [InlineData("1", "3 -3 3 -3")]
    [InlineData("11/10", "3 -3.6 4.32 -5.184 6.2208")]
    public void L43_learning_rates_on_the_square(string rate, string path)
    {
        Lesson lesson = new("J = w^2", ("w", 3));
        foreach (string expected in path.Split(' '))
        {
            Assert.Equal(Rational.Parse(expected), lesson.Exact("w"));
            lesson = lesson.At(("w", lesson.Exact("w") - (Rational.Parse(rate) * lesson.ExactGradient("w"))));
        }
    }

    [Fact]
    public void L38_and_L39_a_larger_rate_or_derivative_gives_a_larger_step()
    {
        Lesson lesson = new("J = w^2; step = a*2*w", ("w", 3), ("a", 0.01));
        Assert.True(lesson.At(("a", 0.02)).Exact("step") > lesson.Exact("step"));
        Assert.True(lesson.At(("w", 5)).Exact("step") > lesson.Exact("step"));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(-4)]
    public void L42_the_first_step_is_the_rate_whatever_the_gradient(double g)
    {
        double paper = Steps(Paper, [g]).Single();
        Assert.Equal(-Rate * Math.Sign(g), paper, 1e-10);
        double keras = Steps(Keras, [g]).Single();
        Assert.InRange(Math.Abs(keras + (Rate * Math.Sign(g))), 5e-10, 2e-9);
    }

    [Theory]
    [InlineData(6, 0.001 / 6)]
    [InlineData(4, 0.001 / 4)]
    [InlineData(2, 0.001 / 2)]
    [InlineData(-4, 0.001 / 4)]
    public void L42_the_effective_rate_is_the_step_over_the_gradient(double g, double expected) =>
        Assert.Equal(expected, -Steps(Paper, [g]).Single() / g, 1e-10);

    [Theory]
    [InlineData(Paper, 1e-10)]
    [InlineData(Keras, 2e-9)]
    public void L41_and_L42_a_constant_gradient_keeps_the_step_at_the_rate(string form, double tolerance) =>
        Assert.All(Steps(form, Enumerable.Repeat(2.0, 100)), step => Assert.Equal(-Rate, step, tolerance));

    [Fact]
    public void L42_an_alternating_gradient_makes_the_step_zigzag_and_settle_at_a_nineteenth()
    {
        double[] steps = [.. Steps(Paper, Enumerable.Range(0, 300).Select(t => t % 2 == 0 ? 2.0 : -2.0)).Select(Math.Abs)];
        double[] first = [1e-3, 5.3e-5, 3.4e-4, 5.3e-5, 2.0e-4];
        for (int t = 0; t < first.Length; t++)
        {
            Assert.Equal(first[t], steps[t], first[t] * 0.03); // two printed digits
        }

        const double Settled = 5.263158e-5;
        Assert.Equal(Settled, Rate * 0.1 / 1.9, 5e-12);
        Assert.All(steps[54..], step => Assert.Equal(Settled, step, Settled * 0.01));
        Assert.Equal(Settled, steps[^1], Settled * 1e-6);
    }

    [Fact]
    public void L40_each_weight_has_a_rate_of_its_own()
    {
        // Ten weights and a bias: eleven gradients, eleven effective rates.
        double[] gradients = [.. Enumerable.Range(1, 11).Select(i => i / 2.0)];
        double[] rates = [.. gradients.Select(g => -Steps(Paper, [g]).Single() / g)];
        Assert.Equal(11, rates.Distinct().Count());
    }

    [Fact]
    public void L79_one_step_of_Adam_moves_each_parameter_of_the_larger_network_by_the_rate()
    {
        Lesson lesson = Lesson.LargerNetwork;
        foreach (string parameter in (string[])["w1", "b1", "w2", "b2"])
        {
            Assert.Equal(-Rate, Steps(Paper, [lesson.Gradient(parameter)]).Single(), 1e-10);
        }
    }

    private static List<double> Steps(string form, IEnumerable<double> gradients)
    {
        Executable plan = Executable.Compile(FormulaParser.Parse(form, ["m", "v", "g", "b1t", "b2t"]));
        int Output(string name) => plan.Graph.Outputs.Select((o, i) => (o.Name, i)).Single(o => o.Name == name).i;
        double m = 0;
        double v = 0;
        List<double> steps = [];
        foreach (double g in gradients)
        {
            int t = steps.Count + 1;
            NDArray[] results = plan.Run(m, v, g, Math.Pow(0.9, t), Math.Pow(0.999, t));
            (m, v) = ((double)results[Output("m2")], (double)results[Output("v2")]);
            steps.Add((double)results[Output("step")]);
        }

        return steps;
    }
}
