namespace Nabla.Core.Tests.Readings;

/// <summary>Formulas in the form in which people write them.</summary>
public sealed class FormulaTidyTests
{
    [Theory]
    [InlineData("w^2", "w", "2*w")]
    [InlineData("w^3", "w", "3*w^2")]
    [InlineData("w", "w", "1")]
    [InlineData("1/w", "w", "-1/w^2")]
    [InlineData("1/2*(w*x + b - y)^2", "b", "w*x + b - y")]
    [InlineData("1/2*(w*x + b - y)^2", "w", "x*(w*x + b - y)")]
    [InlineData("1/2*(w*x + b - y)^2", "y", "-(w*x + b - y)")]
    [InlineData("exp(2*w)", "w", "2*exp(2*w)")]
    [InlineData("sin(w)*w", "w", "sin(w) + w*cos(w)")]
    [InlineData("log(w)", "w", "1/w")]
    [InlineData("sqrt(w)", "w", "1/(2*sqrt(w))")]
    [InlineData("w^10", "w", "10*w^9")]
    [InlineData("w^(1/2)", "w", "1/(2*w^(1/2))")]
    [InlineData("x/w", "w", "-x/w^2")]
    [InlineData("3*x + 0*w", "w", "0")]
    [InlineData("tanh(w)", "w", "1 - tanh(w)^2")]
    [InlineData("sigmoid(w)", "w", "sigmoid(w)*(1 - sigmoid(w))")]
    public void Derivatives_come_out_as_in_the_lesson(string formula, string variable, string expected)
    {
        Graph simplified = Simplify.Run(ScalarFormula.Derivative(formula, variable), relaxed: true);
        Assert.Equal(expected, Tidy(new Tensor(simplified.Outputs[0].Node)));
    }

    [Theory]
    [InlineData("w + w", "2*w")]
    [InlineData("w*w", "w^2")]
    [InlineData("w/w", "1")]
    [InlineData("2*w*3", "6*w")]
    [InlineData("w*x + x*w*2 - y", "3*w*x - y")]
    [InlineData("a - a", "0")]
    [InlineData("a - (b - c)", "a - b + c")]
    [InlineData("(a + b)*(a + b)", "(a + b)^2")]
    [InlineData("(a + a)*b", "2*a*b")]
    [InlineData("3/4*w", "3*w/4")]
    [InlineData("(2*w)^2", "4*w^2")]
    [InlineData("(-w)^3", "-w^3")]
    [InlineData("(a*b)^(1/2)", "(a*b)^(1/2)")]
    [InlineData("a^b*a^b", "a^(2*b)")]
    [InlineData("1/(1/w)", "w")]
    [InlineData("w^2/w^5", "1/w^3")]
    [InlineData("0*w", "0")]
    [InlineData("w/0", "w/0")]
    [InlineData("max(w + w, 1*w)", "max(2*w, w)")]
    [InlineData("where(w*1 < 2 and not (w == w + 0), w, 1)", "where(w < 2 and w != w, w, 1)")]
    [InlineData("0.001*w*w", "0.001*w^2")]
    public void Products_and_sums_are_collected(string formula, string expected) =>
        Assert.Equal(expected, Tidy(new Tensor(FormulaParser.Parse(formula).Outputs[^1].Node)));

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Tidying_keeps_the_exact_value(int seed)
    {
        (Graph graph, Rational[] point) = FormulaRoundTripTests.RandomFormula(new Random(seed), exact: true);
        Rational expected = ScalarFormula.Of(RationalNumbers.Instance, graph, point);
        Graph tidied = FormulaParser.Parse(Tidy(new Tensor(graph.Outputs[0].Node)), ["x", "y", "z"]);
        Rational actual = ScalarFormula.Of(RationalNumbers.Instance, tidied, point);
        // Tidying may cancel a zero against an infinity: then the formula itself was undefined there.
        Assert.True(actual == expected || !expected.IsFinite, $"{actual} instead of {expected}");
    }

    private static string Tidy(Tensor value) => FormulaText.Print(FormulaTidy.Run(FormulaRenderer.Render(value)));
}
