using System.Numerics;

namespace Nabla.Core.Tests.Readings;

/// <summary>The number types that the interpreter carries: what each computes, and what it refuses.</summary>
public sealed class NumberSystemTests
{
    public static TheoryData<string, double> SmoothPoints { get; } = new()
    {
        { "x + 3", 1.5 }, { "2 - x", 1.5 }, { "x*x", -1.5 }, { "1/x", -0.7 }, { "x/(1 + x)", 2.5 }, { "-x", 0.3 },
        { "x^2", -3 }, { "x^3", -2 }, { "x^7", -1.25 }, { "x^(-2)", -1.5 }, { "x^(1/2)", 2.25 }, { "x^2.5", 1.75 }, { "x^x", 1.5 }, { "2^x", -0.5 }, { "x^0", 3 }, { "x^1", -3 },
        { "exp(x)", -0.75 }, { "exp(x)", 3 }, { "log(x)", 0.3 }, { "log(x)", 40 }, { "log1p(x)", 1e-9 }, { "log1p(x)", -0.4 }, { "log1p(x)", 5 },
        { "expm1(x)", 1e-9 }, { "expm1(x)", -2 }, { "expm1(x)", 2 }, { "sqrt(x)", 0.2 }, { "sqrt(x)", 90 },
        { "tanh(x)", 0.25 }, { "tanh(x)", -1.5 }, { "sigmoid(x)", 0.5 }, { "sigmoid(x)", -3 }, { "softplus(x)", 0.5 }, { "softplus(x)", -6 }, { "softplus(x)", 6 },
        { "sin(x)", 0.4 }, { "cos(x)", 2.4 }, { "erf(x)", 0.1 }, { "erf(x)", -0.9 }, { "erf(x)", 2.2 }, { "erf(x)", 3.5 },
        { "max(x, 2)", 3 }, { "max(x, 2)", 1 }, { "min(x, 2)", 3 }, { "min(x, 2)", 1 }, { "relu(x)", 2 }, { "relu(x)", -2 }, { "clip(x, -1, 1)", 0.5 }, { "clip(x, -1, 1)", 4 },
        { "x*sign(x)", -2 }, { "x - floor(x)", 1.25 }, { "x*round(x)", 2.75 }, { "where(x < 1, x^2, sin(x))", 0.5 }, { "where(x < 1, x^2, sin(x))", 2 },
    };

    // Each way rounds a handful of times; none of these points cancels, so a few units in the last place cover them.
    [Theory]
    [MemberData(nameof(SmoothPoints))]
    public void Reverse_mode_dual_numbers_and_the_complex_step_agree(string formula, double x)
    {
        double reverse = ScalarFormula.Reverse(formula, x);
        double tolerance = 2e-14 * Math.Abs(reverse);
        Assert.InRange(ScalarFormula.Forward(formula, x), reverse - tolerance, reverse + tolerance);
        Assert.InRange(ScalarFormula.ComplexStep(formula, x), reverse - tolerance, reverse + tolerance);
    }

    [Theory]
    [MemberData(nameof(SmoothPoints))]
    public void The_value_carried_by_dual_and_complex_numbers_is_the_double_value(string formula, double x)
    {
        Graph graph = FormulaParser.Parse(formula);
        double value = ScalarFormula.Of(DoubleNumbers.Instance, graph, x);
        Assert.Equal(value, ScalarFormula.Of(new DualNumbers<double>(DoubleNumbers.Instance), graph, new Dual<double>(x, 1)).Value);
        Complex complex = ScalarFormula.Of(ComplexNumbers.Instance, graph, new Complex(x, 0));
        Assert.InRange(complex.Real, value - (2e-15 * Math.Abs(value)), value + (2e-15 * Math.Abs(value)));
        Assert.Equal(0, complex.Imaginary);
    }

    // A function of one float rounds its argument's image once or twice: 4 units of 2^-24 cover every formula above.
    [Theory]
    [MemberData(nameof(SmoothPoints))]
    public void The_float_value_is_near_the_double_value(string formula, double x)
    {
        Graph graph = FormulaParser.Parse(formula);
        float rounded = (float)x;
        double value = ScalarFormula.Of(DoubleNumbers.Instance, graph, rounded);
        Assert.InRange(ScalarFormula.Of(FloatNumbers.Instance, graph, rounded), value - (5e-7 * (Math.Abs(value) + Math.Abs(x))), value + (5e-7 * (Math.Abs(value) + Math.Abs(x))));
    }

    public static TheoryData<string, double, double> Kinks { get; } = new()
    {
        { "abs(x)", 0, 0 }, { "sign(x)", 0, 0 }, { "floor(x)", 2, 0 }, { "round(x)", 0.5, 0 },
        { "relu(x)", 0, 0 }, { "max(x, 1)", 1, 0.5 }, { "max(1, x)", 1, 0.5 }, { "min(x, 1)", 1, 0.5 }, { "max(x, x)", 2, 1 },
        { "clip(x, -1, 1)", 1, 1 }, { "clip(x, -1, 1)", -1, 1 }, { "clip(x, -1, 1)", 1.5, 0 },
        { "x^0", 0, 0 }, { "x^1", 0, 1 }, { "x^2", 0, 0 }, { "x^(x*0)", 2, 0 }, { "0^x", 2, 0 }, { "0^x", 0, 0 },
        { "where(x > 0, log(x), 0)", -1, 0 }, { "where(x == 0, 1, sin(x)/where(x == 0, 1, x))", 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Kinks))]
    public void At_a_kink_reverse_mode_takes_the_documented_derivative(string formula, double x, double expected) =>
        Assert.Equal(expected, ScalarFormula.Reverse(formula, x));

    [Theory]
    [MemberData(nameof(Kinks))]
    public void At_a_kink_dual_numbers_take_the_documented_derivative(string formula, double x, double expected) =>
        Assert.Equal(expected, ScalarFormula.Forward(formula, x));

    [Fact]
    public void Three_equal_largest_elements_share_the_derivative_in_thirds()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", new TensorType(DType.Float64, [4]));
        Graph graph = new("largest", [x.Node], [new GraphOutput("y", x.Max().Node)]);
        Value<Dual<double>> point = Value<Dual<double>>.OfFloats(x.Type, [new(5, 1), new(2, 10), new(5, 0), new(5, 0)]);
        Assert.Equal(1 / 3.0, new Interpreter<Dual<double>>(new DualNumbers<double>(DoubleNumbers.Instance)).Run(graph, [point])[0].Floats[0].Tangent);
    }

    [Fact]
    public void What_stop_gradient_hides_has_no_tangent_and_no_imaginary_part()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", TensorType.Scalar(DType.Float64));
        Graph graph = new("stopped", [x.Node], [new GraphOutput("y", (x * x.StopGradient()).Node)]);
        Assert.Equal(3, ScalarFormula.Of(new DualNumbers<double>(DoubleNumbers.Instance), graph, new Dual<double>(3, 1)).Tangent);
        Assert.Equal(3e-100, ScalarFormula.Of(ComplexNumbers.Instance, graph, new Complex(3, 1e-100)).Imaginary);
    }

    [Theory]
    [InlineData("x^3*sin(x)", 1.25)]
    [InlineData("exp(x^2)/(1 + x)", 0.5)]
    [InlineData("tanh(x)*sigmoid(x)", 0.75)]
    [InlineData("log1p(x)*sqrt(x)", 2)]
    [InlineData("erf(x)*softplus(x)", 0.5)]
    [InlineData("x^x", 1.5)]
    public void Duals_of_duals_give_the_second_derivative(string formula, double x)
    {
        Graph graph = FormulaParser.Parse(formula);
        double twice = ScalarFormula.Of(DoubleNumbers.Instance, ScalarFormula.Derivative(ScalarFormula.Derivative(graph, "x"), "x"), x);
        DualNumbers<Dual<double>> math = new(new DualNumbers<double>(DoubleNumbers.Instance));
        double nested = ScalarFormula.Of(math, graph, new Dual<Dual<double>>(new(x, 1), new(1, 0))).Tangent.Tangent;
        Assert.InRange(nested, twice - (1e-13 * Math.Abs(twice)), twice + (1e-13 * Math.Abs(twice)));
    }

    [Fact]
    public void Duals_of_rationals_are_exact()
    {
        DualNumbers<Rational> math = new(RationalNumbers.Instance);
        Assert.Equal(new Rational(-1, 4), ScalarFormula.Of(math, FormulaParser.Parse("1/w"), new Dual<Rational>(2, 1)).Tangent);
    }

    [Fact]
    public void Rationals_are_exact_where_doubles_round()
    {
        Assert.Equal(new Rational(3, 10), ScalarFormula.Exactly("x + y", 0.1, 0.2));
        Assert.Equal(Rational.Zero, ScalarFormula.Exactly("0.1 + 0.2 - 0.3 + 0*x", 1));
        Assert.Equal(new Rational(8, 27), ScalarFormula.Exactly("x^3", new Rational(2, 3)));
        Assert.Equal(new Rational(9, 4), ScalarFormula.Exactly("x^(-2)", new Rational(2, 3)));
    }

    [Theory]
    [InlineData("floor(x)", "-5/2", "-3")]
    [InlineData("floor(x)", "-3", "-3")]
    [InlineData("floor(x)", "5/2", "2")]
    [InlineData("round(x)", "5/2", "2")]
    [InlineData("round(x)", "7/2", "4")]
    [InlineData("round(x)", "-5/2", "-2")]
    [InlineData("round(x)", "8/3", "3")]
    [InlineData("abs(x)", "-1/3", "1/3")]
    [InlineData("sign(x)", "-1/3", "-1")]
    [InlineData("max(x, 1/3)", "1/4", "1/3")]
    [InlineData("min(x, 1/3)", "1/4", "1/4")]
    [InlineData("1/x", "0", "inf")]
    [InlineData("x/x", "0", "nan")]
    [InlineData("where(x == x, 1, 2)", "nan", "2")]
    [InlineData("where(x < 1/3, 1, 2)", "333/1000", "1")]
    public void Steps_and_comparisons_of_rationals_are_exact(string formula, string x, string expected) =>
        Assert.Equal(Rational.Parse(expected), ScalarFormula.Exactly(formula, Rational.Parse(x)));

    [Theory]
    [InlineData("exp(x)", "exp")]
    [InlineData("log(x)", "log")]
    [InlineData("log1p(x)", "log1p")]
    [InlineData("expm1(x)", "expm1")]
    [InlineData("sqrt(x)", "sqrt")]
    [InlineData("tanh(x)", "tanh")]
    [InlineData("sigmoid(x)", "sigmoid")]
    [InlineData("softplus(x)", "softplus")]
    [InlineData("sin(x)", "sin")]
    [InlineData("cos(x)", "cos")]
    [InlineData("erf(x)", "erf")]
    [InlineData("x^(1/2)", "power with the exponent 1/2")]
    [InlineData("2^(10^9*x)", "power with the exponent 4000000000")]
    public void Rationals_refuse_by_name_what_is_no_fraction(string formula, string name)
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => ScalarFormula.Exactly(formula, 4));
        Assert.StartsWith($"{name}: not defined over rational numbers", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abs(x)", "abs")]
    [InlineData("x^(1/2)", "power of a negative number")]
    public void Complex_numbers_refuse_by_name_what_has_no_analytic_form(string formula, string name)
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => ScalarFormula.ComplexStep(formula, -2));
        Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Floats_round_after_every_op()
    {
        Graph graph = FormulaParser.Parse("(1 + x) - (1 - x)");
        Assert.Equal((1 + 0.0001f) - (1 - 0.0001f), ScalarFormula.Of(FloatNumbers.Instance, graph, 0.0001f));
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(0.5)]
    [InlineData(2.9999)]
    [InlineData(3.0001)]
    [InlineData(5.5)]
    public void The_error_function_of_complex_numbers_is_the_real_one_on_the_real_axis(double x)
    {
        double expected = DoubleNumbers.Instance.Erf(x);
        Assert.InRange(ComplexErf.Of(x).Real, expected * (1 - 1e-15), expected * (1 + 1e-15));
        Assert.InRange(ComplexErf.Of(-x).Real, -expected * (1 + 1e-15), -expected * (1 - 1e-15));
    }
}
