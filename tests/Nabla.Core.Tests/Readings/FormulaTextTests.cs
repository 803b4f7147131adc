namespace Nabla.Core.Tests.Readings;

/// <summary>Formulas as a teacher writes them.</summary>
public sealed class FormulaTextTests
{
    [Theory]
    [InlineData("2*w")]
    [InlineData("3*w^2")]
    [InlineData("-1/w^2")]
    [InlineData("x*(w*x + b - y)")]
    [InlineData("(w*x + b - y)^2/2")]
    [InlineData("-w^2")]
    [InlineData("(-w)^2")]
    [InlineData("-(a + b)")]
    [InlineData("-(-a)")]
    [InlineData("a - (b + c)")]
    [InlineData("a - (b - c)")]
    [InlineData("a + b*c")]
    [InlineData("(a + b)*c")]
    [InlineData("a/(b*c)")]
    [InlineData("a/b/c")]
    [InlineData("a/(b/c)")]
    [InlineData("a/b*c")]
    [InlineData("x*(1/w)")]
    [InlineData("1/4*w")]
    [InlineData("w*(1/4)")]
    [InlineData("w*(-2) + b - 2")]
    [InlineData("a*(-b)")]
    [InlineData("a - b")]
    [InlineData("a - 2*b")]
    [InlineData("w^(1/2)")]
    [InlineData("w^(-2)")]
    [InlineData("(1/2)^w")]
    [InlineData("(-2)^w")]
    [InlineData("a^b^c")]
    [InlineData("(a^b)^c")]
    [InlineData("(a*b)^2")]
    [InlineData("exp(-z)")]
    [InlineData("1/(1 + exp(-z))")]
    [InlineData("max(a, b)")]
    [InlineData("where(x < 0, -x, x)")]
    [InlineData("where(a < b and b < c or a != c, a, b)")]
    [InlineData("clip(x, -1, 1)")]
    [InlineData("0.001*w")]
    [InlineData("1e-10*w")]
    [InlineData("w/3")]
    [InlineData("1/3*w")]
    [InlineData("pi*r^2")]
    [InlineData("E^x")]
    public void What_a_teacher_writes_comes_back_as_it_was(string formula) => Assert.Equal(formula, Print(formula));

    [Theory]
    [InlineData("((w))*(2)", "w*2")]
    [InlineData("w**2", "w^2")]
    [InlineData("a + (b + c)", "a + b + c")]
    [InlineData("a*(b*c)", "a*b*c")]
    [InlineData("a + -b", "a - b")]
    [InlineData("a - -b", "a + b")]
    [InlineData("a + -2*b", "a - 2*b")]
    [InlineData("a - (-b)*c", "a + b*c")]
    [InlineData("+a", "a")]
    [InlineData("0.5*a", "1/2*a")]
    [InlineData("2/4*a", "1/2*a")]
    [InlineData("a − 2·b×c", "a - 2*b*c")]
    [InlineData("ln(x)", "log(x)")]
    [InlineData("1 <= x", "x >= 1")]
    [InlineData("1000000000000000000000000*x", "1e24*x")]
    public void Other_ways_of_writing_come_back_in_the_usual_form(string formula, string expected) => Assert.Equal(expected, Print(formula));

    [Fact]
    public void A_sum_of_thirty_thousand_terms_prints_without_overflowing_the_stack()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", TensorType.Scalar(DType.Float64));
        Tensor sum = x;
        for (int i = 1; i < 30_000; i++)
        {
            sum += x;
        }

        Assert.Equal(string.Join(" + ", Enumerable.Repeat("x", 30_000)), sum.ToText());
    }

    [Fact]
    public void A_formula_that_doubles_at_every_step_is_refused_with_advice()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", TensorType.Scalar(DType.Float64));
        for (int i = 0; i < 60; i++)
        {
            x = x.Sin() * x.Cos();
        }

        Assert.Contains("Name intermediates", Assert.Throws<InvalidOperationException>(x.ToText).Message, StringComparison.Ordinal);
    }

    private static string Print(string formula) => new Tensor(FormulaParser.Parse(formula).Outputs[^1].Node).ToText();
}
