using System.Xml.Linq;
using static Nabla.Sym;

namespace Nabla.Core.Tests.Symbolic;

/// <summary>The SymPy session of the lessons and what a learner tries next.</summary>
public sealed class SymTests
{
    [Fact]
    [Trait("Lesson", "L57")]
    public void L57_symbols_are_taken_apart_and_a_square_is_shown_typeset()
    {
        var (J, w) = Symbols("J,w");
        J = Pow(w, 2);
        Assert.Equal("w^2", J.ToString());
        Assert.Equal("w²", J.ToUnicode());
        Assert.Equal("w^{2}", J.ToLatex());
        Assert.Contains("<msup>", XElement.Parse(J.ToMathMl()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L58")]
    public void L58_the_derivative_is_2w_and_4_at_2()
    {
        var (J, w) = Symbols("J, w");
        J = Pow(w, 2);
        Expr dJ_dw = Diff(J, w);
        Assert.Equal("2*w", dJ_dw.ToString());
        Assert.Equal("4", dJ_dw.Subs((w, 2)).ToString());
    }

    [Theory]
    [Trait("Lesson", "L59")]
    [Trait("Lesson", "L60")]
    [InlineData("w^2", "2*w", "4", "2 w")]
    [InlineData("w^3", "3*w^2", "12", "3 w^{2}")]
    [InlineData("w", "1", "1", "1")]
    [InlineData("1/w", "-1/w^2", "-1/4", @"- \frac{1}{w^{2}}")]
    public void L59_and_L60_are_SymPys_results_to_the_letter(string function, string derivative, string at2, string latex)
    {
        Expr w = Symbol("w");
        Expr slope = Diff(Parse(function), w);
        Assert.Equal(derivative, slope.ToString());
        Assert.Equal(latex, slope.ToLatex());
        Assert.Equal(at2, slope.Subs(w, 2).ToString());
    }

    [Fact]
    [Trait("Lesson", "L60")]
    public void L60_without_a_variable_one_symbol_is_enough_and_two_are_an_error()
    {
        var (w, x) = Symbols("w x");
        Assert.Equal("2*w", Diff(Pow(w, 2)).ToString());
        string message = Assert.Throws<ArgumentException>(() => Diff(w * x)).Message;
        Assert.Equal("Diff: expected the symbol to differentiate w*x by, for it has 2: w, x. Name one: Diff(f, w).", message);
        Assert.Contains("it has none", Assert.Throws<ArgumentException>(() => Diff(R(1, 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L60")]
    public void L60_a_derivative_can_wait()
    {
        Expr w = Symbol("w");
        UnevaluatedDerivative waiting = Derivative(Pow(w, 2), w);
        Assert.Equal("Derivative(w^2, w)", waiting.ToString());
        Assert.Equal("2*w", waiting.Doit().ToString());
        Assert.Equal(@"\frac{d}{d w} w^{2}", waiting.ToLatex(Notation.Auto));
        Assert.Equal(@"\frac{\partial}{\partial w} w x", Derivative(w * Symbol("x"), w).ToLatex(Notation.Auto));
    }

    [Fact]
    [Trait("Lesson", "L56")]
    public void L56_the_course_writes_the_partial_sign_everywhere()
    {
        var (J, w) = Symbols("J, w");
        Assert.Equal(@"\frac{\partial}{\partial w} w^{2}", Derivative(Pow(w, 2)).ToLatex());
        Assert.Equal("∂/∂w w²", Derivative(Pow(w, 2)).ToUnicode());
        Assert.Equal("d/dw w²", Derivative(Pow(w, 2)).ToUnicode(Notation.Auto));
        Assert.Equal("∂J/∂w", Derivative(J, w).ToUnicode());
        XElement.Parse(Derivative(Pow(w, 2)).ToMathMl(Notation.Auto));
    }

    [Theory]
    [InlineData("1/2*(w*x + b - y)^2", "w", "x*(w*x + b - y)")]
    [InlineData("(a - y)^2/2", "a", "a - y")]
    [InlineData("sigmoid(z)", "z", "sigmoid(z)*(1 - sigmoid(z))")]
    [InlineData("relu(z)", "z", "where(z > 0, 1, 0)")]
    [InlineData("max(w, 0)", "w", "where(w > 0, 1, where(w == 0, 1/2, 0))")]
    [InlineData("log(log(w))", "w", "1/(w*log(w))")]
    [InlineData("exp(-z)", "z", "-exp(-z)")]
    [InlineData("tanh(z)", "z", "1 - tanh(z)^2")]
    [InlineData("w^2 + c", "x", "0")]
    public void Derivatives_print_as_a_teacher_writes_them(string function, string by, string expected) =>
        Assert.Equal(expected, Diff(Parse(function), Symbol(by)).ToString());

    [Fact]
    public void The_sigmoid_is_a_Greek_letter_where_there_are_such()
    {
        Expr z = Symbol("z");
        Assert.Equal("σ(z)*(1 - σ(z))", Diff(Sigmoid(z), z).ToUnicode());
        Assert.Equal(@"\sigma{\left(z \right)} \left(1 - \sigma{\left(z \right)}\right)", Diff(Sigmoid(z), z).ToLatex());
    }

    [Fact]
    public void Operators_take_whole_numbers_doubles_and_fractions_exactly()
    {
        Expr w = Symbol("w");
        Assert.Equal("0.1*w + 1/3", (0.1 * w + R(1, 3)).ToString());
        Assert.Equal("-w + 2", (-w + 2).ToString());
        Assert.Equal("(1 - w)/w", ((1 - w) / w).ToString());
        Assert.Equal(new Rational(1, 3), (1 / (Expr)3).ToRational());
        Assert.Equal("-1/4", Diff(1 / w, w).Subs(w, 2).ToString());
        Assert.Equal(new Rational(-1, 4), Diff(1 / w, w).Subs(w, 2).Number);
    }

    [Fact]
    public void Substitution_is_simultaneous_and_takes_expressions()
    {
        var (w, x) = Symbols("w, x");
        Assert.Equal("x - w", (w - x).Subs((w, x), (x, w)).ToString());
        Assert.Equal("8", (w * x + 2).Subs((w, 2), (x, 3)).ToString());
        Assert.Equal("(x + 1)^2", Pow(w, 2).Subs(w, x + 1).ToString());
        Assert.Equal("x^3", (Pow(w, 2) * x).Subs(Pow(w, 2), Pow(x, 2)).ToString());
        Assert.Equal("2*x", (w * x).Subs(w, 2).ToString());
        Assert.Contains("received two", Assert.Throws<ArgumentException>(() => w.Subs((w, 1), (w, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("received the condition", Assert.Throws<ArgumentException>(() => w.Subs(w, x < 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1/w", "inf")]
    [InlineData("-1/w^2", "-inf")]
    [InlineData("w/w", "nan")]
    [InlineData("log(w)", "-inf")]
    [InlineData("w^w", "1")]
    [InlineData("w^(-3)", "inf")]
    [InlineData("1/w - 1/w", "nan")]
    [InlineData("x + 1/w", "x + inf")]
    [InlineData("sqrt(w)/w", "nan")]
    public void A_pole_has_a_value_with_a_name(string function, string expected) =>
        Assert.Equal(expected, Parse(function).Subs(Symbol("w"), 0).ToString());

    [Theory]
    [InlineData("sqrt(w)", 4, "2")]
    [InlineData("sqrt(w)", 2, "sqrt(2)")]
    [InlineData("exp(w)", 0, "1")]
    [InlineData("exp(w)", 1, "exp(1)")]
    [InlineData("sigmoid(w)", 0, "1/2")]
    [InlineData("relu(w)", -3, "0")]
    [InlineData("relu(w)", 3, "3")]
    [InlineData("max(w, 1/2)", 1, "1")]
    [InlineData("w^50", 2, "1125899906842624")]
    [InlineData("floor(w/2) + round(w/2)", 5, "4")]
    [InlineData("where(w < 3 and not (w == 1), w, x)", 1, "x")]
    [InlineData("clip(w, -1, 1)", 7, "1")]
    public void Exact_values_stay_exact_and_the_others_stay_functions(string function, int at, string expected) =>
        Assert.Equal(expected, Parse(function).Subs(Symbol("w"), at).ToString());

    [Fact]
    [Trait("Lesson", "L97")]
    public void L97_the_slope_of_a_saturated_sigmoid_keeps_its_digits()
    {
        Expr z = Symbol("z");
        Expr slope = Diff(Sigmoid(z), z);
        double expected = 1 / (Math.Exp(40) * (1 + Math.Exp(-40)) * (1 + Math.Exp(-40)));
        Assert.Equal(expected, slope.ToDouble((z, 40)), expected * 4e-16);
        Assert.Equal(expected, slope.Lambdify(z)(40), expected * 1e-15);
        Assert.Equal("4.248e-18", slope.ToDouble((z, 40)).ToString("0.###e-0", System.Globalization.CultureInfo.InvariantCulture));
        double sech = 1 / Math.Cosh(20);
        Assert.Equal(sech * sech, Diff(Tanh(z), z).ToDouble((z, 20)), sech * sech * 1e-14);
    }

    [Fact]
    public void At_kinks_the_table_of_the_engine_holds()
    {
        Expr w = Symbol("w");
        Assert.Equal(0, Diff(Relu(w), w).Subs(w, 0).ToRational()!.Value);
        Assert.Equal(new Rational(1, 2), Diff(Max(w, 0), w).Subs(w, 0).ToRational());
        Assert.Equal(0, Diff(Abs(w), w).Subs(w, 0).ToRational()!.Value);
        Assert.Equal(1, Diff(Clip(w, -1, 1), w).Subs(w, 1).ToRational()!.Value);
    }

    [Fact]
    public void A_power_whose_exponent_varies_has_its_derivative()
    {
        Expr w = Symbol("w");
        double slope = Diff(Pow(w, w), w).ToDouble((w, 2));
        Assert.Equal(4 * (1 + Math.Log(2)), slope, 1e-14);
    }

    [Fact]
    public void Second_and_mixed_derivatives_take_their_symbols_in_order()
    {
        var (w, x) = Symbols("w x");
        Assert.Equal("6*w", Diff(Pow(w, 3), w, w).ToString());
        Assert.Equal("2*x", Diff(w * Pow(x, 2), w, x).ToString());
        Assert.Equal("12", Diff(Pow(w, 3) * 2, w, w).Subs(w, 1).ToString());
        Assert.Contains("expected a symbol such as w, received w*x", Assert.Throws<ArgumentException>(() => Diff(w, w * x)).Message, StringComparison.Ordinal);
        Assert.Contains("condition", Assert.Throws<ArgumentException>(() => Diff(w < x, w)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Expressions_that_were_written_alike_are_equal()
    {
        var (w, x) = Symbols("w x");
        Assert.True(w * x + 1 == Symbol("w") * Symbol("x") + 1);
        Assert.Equal((w * x).GetHashCode(), (Symbol("w") * Symbol("x")).GetHashCode());
        Assert.True(w * x != x * w);
        Assert.Equal(0, ((w + x) - (w + x)).ToRational()!.Value);
        Assert.False(w == null!);
    }

    [Fact]
    public void The_power_sign_of_other_languages_is_refused()
    {
        System.Reflection.MethodInfo method = typeof(Expr).GetMethod("op_ExclusiveOr")!;
        ObsoleteAttribute mark = Assert.IsType<ObsoleteAttribute>(Attribute.GetCustomAttribute(method, typeof(ObsoleteAttribute)));
        Assert.True(mark.IsError);
        Assert.Contains("Use Pow", mark.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compiled_expression_is_a_function()
    {
        var (w, x, b) = Symbols("w x b");
        Func<double, double, double, double> f = Pow(w * x + b, 2).Lambdify(w, x, b);
        Assert.Equal(49, f(2, 3, 1));
        Assert.Equal(6, Diff(Pow(w, 2)).Lambdify(w)(3));
        Assert.Equal(5, (w + x).Lambdify([x, w])([2, 3]));
        Assert.Equal(7, (w + b).Lambdify(w, b)(3, 4));
        Assert.Contains("received none for 'x'", Assert.Throws<ArgumentException>(() => (w * x).Lambdify(w)).Message, StringComparison.Ordinal);
        Parallel.For(0, 20, i => Assert.Equal(i * i, Pow(w, 2).Lambdify(w)(i)));
    }

    [Fact]
    public void A_network_function_becomes_an_expression()
    {
        Expr z = Symbol("z");
        Assert.Equal("z*sigmoid(z)", Apply(t => Nn.Silu(t), z).ToString());
        Assert.Contains("scalar", Assert.Throws<ShapeException>(() => Apply(t => t.BroadcastTo(Dims.Of(3)), z)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1/w", "public static double F(double w) => 1.0 / w;\n")]
    [InlineData("sigmoid(w)*2", "public static double F(double w) => PlanMath.Sigmoid(w) * 2.0;\n")]
    [InlineData("where(w < 0, -w, w^3)", "public static double F(double w) => w < 0.0 ? -w : PlanMath.Power(w, 3.0);\n")]
    [InlineData("new*w_1", "public static double F(double @new, double w_1) => @new * w_1;\n")]
    public void CSharp_is_printed_by_the_lowering_of_the_ops(string formula, string expected) => Assert.Equal(expected, Parse(formula).ToCSharp());
}
