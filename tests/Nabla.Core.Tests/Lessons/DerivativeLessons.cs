namespace Nabla.Core.Tests.Lessons;

/// <summary>What a derivative is, and the symbolic session beside it (L47 to L61).</summary>
public sealed class DerivativeLessons
{
    [Theory]
    [InlineData("L47", "3", "1/1000", "9.006001")]
    [InlineData("L48", "3", "2/1000", "9.012004")]
    [InlineData("L49", "2", "1/1000", "4.004001")]
    [InlineData("L50", "-3", "1/1000", "8.994001")]
    public void L47_to_L50_the_nudged_square_is_exact(string item, string w, string epsilon, string expected)
    {
        Lesson lesson = new("J = w^2", ("w", Rational.Parse(w)));
        Assert.True(lesson.ExactNudged("w", Rational.Parse(epsilon)) == Rational.Parse(expected), item);
    }

    [Fact]
    public void L48_the_leftover_of_a_nudge_is_epsilon_squared()
    {
        Lesson lesson = new("J = w^2", ("w", 3));
        Rational epsilon = 0.002;
        Assert.Equal(epsilon * epsilon, lesson.ExactNudged("w", epsilon) - lesson.Exact("J") - (lesson.ExactGradient("w") * epsilon));
        Assert.Equal(0.000004, epsilon * epsilon);
    }

    [Theory]
    [InlineData("0.001", "6.001")]
    [InlineData("0.002", "6.002")]
    [InlineData("1e-30", "6.000000000000000000000000000001")]
    public void L51_the_ratio_is_2w_plus_epsilon_exactly(string epsilon, string ratio)
    {
        Lesson lesson = new("J = w^2", ("w", 3));
        Rational e = Rational.Parse(epsilon);
        Assert.Equal(Rational.Parse(ratio), (lesson.ExactNudged("w", e) - 9) / e);
    }

    // In double: first the error of the step, then that of rounding. The digits are those of the table.
    [Theory]
    [InlineData(1, 7, 0)]
    [InlineData(0.1, 6.1, 1e-12)]
    [InlineData(0.01, 6.01, 1e-12)]
    [InlineData(1e-4, 6.0001, 1e-9)]
    [InlineData(1e-8, 5.99999996, 1e-8)]
    [InlineData(1e-12, 6.00053, 5e-6)]
    [InlineData(1e-14, 6.217, 5e-4)]
    [InlineData(1e-16, 0, 0)]
    public void L51_the_ratio_in_double_falls_and_rises_again(double epsilon, double ratio, double tolerance)
    {
        Lesson lesson = new("J = w^2", ("w", 3));
        Assert.Equal(ratio, (lesson.Nudged("w", epsilon) - 9) / epsilon, tolerance);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.1)]
    [InlineData(1e-2)]
    [InlineData(1e-3)]
    [InlineData(1e-4)]
    [InlineData(1e-5)]
    [InlineData(1e-6)]
    public void L51_the_central_difference_is_six_to_six_digits(double epsilon)
    {
        Lesson lesson = new("J = w^2", ("w", 3));
        Assert.Equal(6, (lesson.Nudged("w", epsilon) - lesson.Nudged("w", -epsilon)) / (2 * epsilon), 5e-7);
    }

    [Theory]
    [InlineData("3", "6")]
    [InlineData("2", "4")]
    [InlineData("-3", "-6")]
    public void L52_to_L54_the_derivative_of_the_square_is_2w_and_depends_on_w(string w, string expected) =>
        Assert.Equal(Rational.Parse(expected), new Lesson("J = w^2", ("w", Rational.Parse(w))).ExactGradient("w"));

    // Value, derivative, value after the nudge by 0.001, and the ratio where it is finite.
    [Theory]
    [InlineData("w^2", "4", "4", "4.004001", "4.001")]
    [InlineData("w^3", "8", "12", "8.012006001", "12.006001")]
    [InlineData("w", "2", "1", "2.001", "1")]
    [InlineData("1/w", "1/2", "-1/4", "1000/2001", "-1000/4002")]
    public void L55_values_derivatives_and_nudges_at_two(string formula, string value, string derivative, string nudged, string ratio)
    {
        Lesson lesson = new($"J = {formula}", ("w", 2));
        Assert.Equal(Rational.Parse(value), lesson.Exact("J"));
        Assert.Equal(Rational.Parse(derivative), lesson.ExactGradient("w"));
        Assert.Equal(Rational.Parse(nudged), lesson.ExactNudged("w", 0.001));
        Assert.Equal(Rational.Parse(ratio), (lesson.ExactNudged("w", 0.001) - lesson.Exact("J")) / 0.001);
    }

    [Fact]
    public void L55_one_over_w_nudged_is_0_49975012494()
    {
        Lesson lesson = new("J = 1/w", ("w", 2));
        Assert.Equal(0.49975012494, lesson.Nudged("w", 0.001), 5e-12);
        Assert.Equal(-0.249875, (lesson.Nudged("w", 0.001) - 0.5) / 0.001, 5e-7);
    }

    [Theory]
    [InlineData("L58", "w^2", "2*w", "4")]
    [InlineData("L59", "w^3", "3*w^2", "12")]
    [InlineData("L59", "w", "1", "1")]
    [InlineData("L59", "1/w", "-1/w^2", "-1/4")]
    public void L58_to_L60_the_derivative_prints_as_in_the_session_and_is_exact_at_two(string item, string formula, string text, string atTwo)
    {
        Graph graph = Simplify.Run(Readings.ScalarFormula.Derivative(formula, "w"), relaxed: true);
        Assert.True(FormulaText.Print(FormulaTidy.Run(FormulaRenderer.Render(new Tensor(graph.Outputs[0].Node)))) == text, item);
        Assert.Equal(Rational.Parse(atTwo), Readings.ScalarFormula.Of(RationalNumbers.Instance, graph, (Rational)2));
        Assert.Equal(atTwo, Readings.ScalarFormula.Of(RationalNumbers.Instance, graph, (Rational)2).ToString());
    }

    [Theory]
    [InlineData("w^2")]
    [InlineData("w^3")]
    [InlineData("w")]
    [InlineData("1/w")]
    public void L61_each_derivative_is_verified_by_nudging(string formula) =>
        Assert.True(CheckGradients.Of(FormulaParser.Parse(formula), [2.0]) is { Passed: true } report, formula);
}
