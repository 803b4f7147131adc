using static Nabla.Sym;

namespace Nabla.Core.Tests.Symbolic;

/// <summary>Derivatives of the functions that textbooks and lessons have, in the form in which they are written there.</summary>
public sealed class TeacherFormTests
{
    [Theory]
    // Polynomials and powers: descending, the constant last, a common number in front only where it was.
    [InlineData("x^3 + 3*x", "x", "3*x^2 + 3")]
    [InlineData("3*x + x^3", "x", "3*x^2 + 3")]
    [InlineData("5 - 3*x + x^2", "x", "2*x - 3")]
    [InlineData("2*x + 3 - x^3", "x", "2 - 3*x^2")]
    [InlineData("(2*x + 1)^5", "x", "10*(2*x + 1)^4")]
    [InlineData("3*(x + 1)^2", "x", "6*(x + 1)")]
    [InlineData("x*y*z", "y", "x*z")]
    [InlineData("x^(3/2)", "x", "3*x^(1/2)/2")]
    [InlineData("x*sqrt(x)", "x", "3*sqrt(x)/2")]
    [InlineData("1/sqrt(x)", "x", "-1/(2*x^(3/2))")]
    [InlineData("w^-2", "w", "-2/w^3")]
    // Powers with letters above: no guard of the machine is left.
    [InlineData("x^x", "x", "x^x*(log(x) + 1)")]
    [InlineData("w^2*x^y", "x", "w^2*y*x^(y - 1)")]
    [InlineData("w^2*x^y", "y", "w^2*x^y*log(x)")]
    [InlineData("x^n", "x", "n*x^(n - 1)")]
    [InlineData("2^x", "x", "2^x*log(2)")]
    [InlineData("E^x", "x", "E^x")]
    [InlineData("a^x", "x", "a^x*log(a)")]
    // Quotients over one line.
    [InlineData("x/(1 + x)", "x", "1/(x + 1)^2")]
    [InlineData("(x - 1)/(x + 1)", "x", "2/(x + 1)^2")]
    [InlineData("x/(1 + x^2)", "x", "(1 - x^2)/(x^2 + 1)^2")]
    [InlineData("log(x)/x", "x", "(1 - log(x))/x^2")]
    [InlineData("x/y/z", "z", "-x/(y*z^2)")]
    [InlineData("sin(x)/x", "x", "cos(x)/x - sin(x)/x^2")]
    // Products: what both terms have comes in front where that is shorter.
    [InlineData("x*exp(x)", "x", "exp(x)*(x + 1)")]
    [InlineData("x^2*exp(x)", "x", "x*exp(x)*(x + 2)")]
    [InlineData("exp(-x)*sin(x)", "x", "exp(-x)*(cos(x) - sin(x))")]
    [InlineData("x*log(x)", "x", "log(x) + 1")]
    [InlineData("x*log(x) - x", "x", "log(x)")]
    [InlineData("exp(-x^2/2)", "x", "-x*exp(-x^2/2)")]
    // Losses.
    [InlineData("(a - y)^2/2", "y", "y - a")]
    [InlineData("(y - (w*x + b))^2", "w", "2*x*(w*x + b - y)")]
    [InlineData("(w*x + b - y)^2/2", "y", "-(w*x + b - y)")]
    [InlineData("-log(sigmoid(z))", "z", "sigmoid(z) - 1")]
    [InlineData("-log(1 - sigma(z))", "z", "sigmoid(z)")]
    [InlineData("-(y*log(sigma(z)) + (1 - y)*log(1 - sigma(z)))", "z", "sigmoid(z) - y")]
    [InlineData("-(y*log(a) + (1 - y)*log(1 - a))", "a", "(1 - y)/(1 - a) - y/a")]
    [InlineData("softplus(z) - y*z", "z", "sigmoid(z) - y")]
    [InlineData("-y*log(sigma(w*x + b)) - (1 - y)*log(1 - sigma(w*x + b))", "w", "x*(sigmoid(w*x + b) - y)")]
    [InlineData("x*sin(w) + w*x*y", "w", "x*y + x*cos(w)")]
    // Twins of SymPy's own examples.
    [InlineData("(x^2 + 1)/(x - 1)", "x", "(x^2 - 2*x - 1)/(x - 1)^2")]
    [InlineData("sin(x)*cos(x)", "x", "cos(x)^2 - sin(x)^2")]
    [InlineData("log(log(x))", "x", "1/(x*log(x))")]
    [InlineData("x^(1/3)", "x", "1/(3*x^(2/3))")]
    [InlineData("sqrt(x^2 + y^2)", "x", "x/sqrt(x^2 + y^2)")]
    [InlineData("log(x)/log(10)", "x", "1/(x*log(10))")]
    [InlineData("(x + 1)*(x + 2)*(x + 3)", "x", "3*x^2 + 12*x + 11")]
    [InlineData("(exp(x) - exp(-x))/2", "x", "exp(x)/2 + exp(-x)/2")]
    [InlineData("tanh(x)^2", "x", "2*tanh(x)*(1 - tanh(x)^2)")]
    [InlineData("lambda*w^2/2 + (w*x - y)^2", "w", "2*x*(w*x - y) + lambda*w")]
    [InlineData("log(p/(1 - p))", "p", "1/p + 1/(1 - p)")]
    [InlineData("relu(w*x + b)^2", "w", "2*x*relu(w*x + b)")]
    // Softmax and its kin.
    [InlineData("exp(a)/(exp(a) + exp(b))", "a", "exp(a)*exp(b)/(exp(a) + exp(b))^2")]
    [InlineData("exp(a)/(exp(a) + exp(b))", "b", "-exp(a)*exp(b)/(exp(a) + exp(b))^2")]
    [InlineData("-log(exp(a)/(exp(a) + exp(b)))", "a", "exp(a)/(exp(a) + exp(b)) - 1")]
    [InlineData("log(exp(a) + exp(b) + exp(c)) - a", "a", "exp(a)/(exp(a) + exp(b) + exp(c)) - 1")]
    [InlineData("1/(1 + exp(-z))", "z", "exp(-z)/(1 + exp(-z))^2")]
    [InlineData("(exp(z) - exp(-z))/(exp(z) + exp(-z))", "z", "4/(exp(z) + exp(-z))^2")]
    [InlineData("z*sigmoid(z)", "z", "sigmoid(z)*(z*(1 - sigmoid(z)) + 1)")]
    // Choices.
    [InlineData("relu(z)", "z", "where(z > 0, 1, 0)")]
    [InlineData("max(0, z)", "z", "where(z > 0, 1, where(z == 0, 1/2, 0))")]
    [InlineData("where(x>0, x, 0.01*x)", "x", "where(x > 0, 1, 0.01)")]
    [InlineData("where(x<0, 0.01*x, x)", "x", "where(x >= 0, 1, 0.01)")]
    [InlineData("where(x>0 and x<1, x^2, x)", "x", "where(x > 0 and x < 1, 2*x, 1)")]
    [InlineData("clip(x, -1, 1)", "x", "where(x >= -1 and x <= 1, 1, 0)")]
    // Numbers with names.
    [InlineData("pi*x^2", "x", "2*pi*x")]
    [InlineData("x^2/pi", "x", "2*x/pi")]
    [InlineData("4*pi*x^3/3", "x", "4*pi*x^2")]
    [InlineData("pi^2*x^2", "x", "2*pi^2*x")]
    [InlineData("pi*x^2 + x", "x", "2*pi*x + 1")]
    [InlineData("(pi + 1)*x", "x", "pi + 1")]
    [InlineData("E*x^2", "x", "2*E*x")]
    [InlineData("x^pi", "x", "pi*x^(pi - 1)")]
    [InlineData("sin(2*pi*x)", "x", "2*pi*cos(2*pi*x)")]
    [InlineData("erf(x)", "x", "2*exp(-x^2)/sqrt(pi)")]
    [InlineData("erf(x/sqrt(2))/2", "x", "exp(-x^2/2)/sqrt(2*pi)")]
    [InlineData("exp(-x^2/2)/sqrt(2*pi)", "x", "-x*exp(-x^2/2)/sqrt(2*pi)")]
    [InlineData("log(2)*x^2", "x", "2*x*log(2)")]
    [InlineData("(sqrt(2)*x)^2", "x", "4*x")]
    [InlineData("x*sqrt(2)*sqrt(2) + y", "x", "2")]
    [InlineData("where(x > 0, pi, 1)*2*x", "x", "2*where(x > 0, pi, 1)", "where(x > 0, 2*pi, 2)")]
    // Decimals: tenths, hundredths and so on are written as such, other fractions as fractions.
    [InlineData("0.1*x^2 + y", "x", "x/5")]
    [InlineData("0.05*x^2", "x", "0.1*x")]
    [InlineData("x^2*1e-3", "x", "0.002*x")]
    [InlineData("x^2*1e-10", "x", "2e-10*x")]
    [InlineData("0.1*x/y", "x", "1/(10*y)")]
    [InlineData("x^2/3", "x", "2*x/3")]
    public void A_derivative_is_what_a_teacher_writes(string function, string by, params string[] expected)
    {
        Expr slope = Diff(Parse(function), Symbol(by));
        Assert.Contains(slope.ToString(), expected);
        Assert.True(slope == Parse(slope.ToString()), "the text is not the graph");
        Assert.True(slope == Parse(slope.ToUnicode()), $"{slope.ToUnicode()} is not the graph");
        Assert.Equal(slope.ToString(), slope.Simplify().ToString());
    }

    /// <summary>The digits of C#'s own constants and of the engine's rules stand for the numbers that they round.</summary>
    [Theory]
    [InlineData(Math.PI, "pi", "pi*x")]
    [InlineData(-Math.PI, "-pi", "-pi*x")]
    [InlineData(Math.Tau, "2*pi", "2*pi*x")]
    [InlineData(Math.PI / 2, "pi/2", "pi*x/2")]
    [InlineData(Math.E, "E", "E*x")]
    [InlineData(1.4142135623730951, "sqrt(2)", "x*sqrt(2)")]
    [InlineData(0.7071067811865476, "1/sqrt(2)", "x/sqrt(2)")]
    [InlineData(1.1283791670955126, "2/sqrt(pi)", "2*x/sqrt(pi)")]
    [InlineData(0.3989422804014327, "1/sqrt(2*pi)", "x/sqrt(2*pi)")]
    [InlineData(0.6931471805599453, "log(2)", "x*log(2)")]
    // Near twins are what they were.
    [InlineData(3.14159265358979, "3.14159265358979", "3.14159265358979*x")]
    [InlineData(3.1415926535897936, "3.1415926535897936", "3.1415926535897936*x")]
    [InlineData(1.4142135623730954, "1.4142135623730954", "1.4142135623730954*x")]
    [InlineData(31415926535897932, "31415926535897932", "31415926535897932*x")]
    [InlineData(0.7071067811865, "0.7071067811865", "0.7071067811865*x")]
    public void A_number_with_a_name_is_written_by_it_and_keeps_its_value(double value, string text, string multiple)
    {
        Expr number = value;
        Assert.Equal(text, number.ToString());
        Assert.Equal(value, Parse(text).ToDouble(), 2.3e-16 * Math.Abs(value)); // a root and a quotient round once each
        Assert.Equal(multiple, Diff(number * Pow(Symbol("x"), 2) / 2, Symbol("x")).ToString());
    }

    [Theory]
    [InlineData("tanh(z)", "-2*tanh(z)*(1 - tanh(z)^2)")]
    [InlineData("sigmoid(z)", "sigmoid(z)*(1 - 2*sigmoid(z))*(1 - sigmoid(z))")]
    [InlineData("relu(z)^2", "where(z > 0, 2, 0)")]
    [InlineData("exp(-z^2/2)", "exp(-z^2/2)*(z^2 - 1)")]
    [InlineData("z^n", "n*z^(n - 2)*(n - 1)")]
    public void So_is_a_second_one(string function, string expected) =>
        Assert.Equal(expected, Diff(Parse(function), Symbol("z"), Symbol("z")).ToString());

    [Theory]
    [InlineData("w*x - x*w", "0")]
    [InlineData("a*(b + c) - (c + b)*a", "0")]
    [InlineData("(a - b)/(b - a)", "-1")]
    [InlineData("x*(x + 1) - x^2", "x")]
    [InlineData("(x + 1)^2 - (x - 1)^2", "4*x")]
    [InlineData("sqrt(x)*sqrt(x)", "x")]
    [InlineData("sqrt(x)/x", "1/sqrt(x)")]
    [InlineData("exp(2*x)*exp(3*x)", "exp(5*x)")]
    [InlineData("exp(x)*exp(-x)", "1")]
    [InlineData("x^(n - 1)*x", "x^n")]
    [InlineData("where(x > 0, 1, 0) + where(x > 0, 0, 1)/100", "where(x > 0, 1, 0.01)")]
    [InlineData("where(x > 0, a, b) - where(x > 0, a, c)", "where(x > 0, 0, b - c)", "where(x <= 0, b - c, 0)")]
    [InlineData("-x + y", "y - x")]
    [InlineData("4 - x^2", "4 - x^2")]
    [InlineData("sigmoid(z)*(1 - sigmoid(z))", "sigmoid(z)*(1 - sigmoid(z))")]
    [InlineData("w*x + b - y", "w*x + b - y")]
    public void Parts_that_are_equal_meet(string formula, params string[] expected) =>
        Assert.Contains(Parse(formula).Simplify().ToString(), expected);

    /// <summary>The guards of a power's derivative give a number only where the plain formula has none, or the same one.</summary>
    [Theory]
    [InlineData("x^y", "x")]
    [InlineData("x^y", "y")]
    [InlineData("x^x", "x")]
    [InlineData("w^2*x^y", "x")]
    [InlineData("(x + y)^(x*y)", "x")]
    [InlineData("x^(y^x)", "y")]
    public void Without_guards_a_finite_value_is_the_guarded_one(string formula, string by)
    {
        Expr f = Parse(formula);
        Expr plain = Diff(f, Symbol(by));
        Assert.DoesNotContain("where", plain.ToString(), StringComparison.Ordinal);
        Expr[] symbols = [.. f.FreeSymbols];
        Graph guarded = Readings.ScalarFormula.Derivative(f.ToGraph(symbols), by);
        Assert.Contains(guarded.Nodes, n => n.Op is Nabla.Ops.Select);
        int compared = 0;
        double[] values = [0, 1, 2, 0.5, -1, -2, 3, 1.25];
        for (int i = 0; i < 512; i++)
        {
            double[] at = [.. Enumerable.Range(0, symbols.Length).Select(k => values[(i >> (3 * k)) & 7])];
            double expected = Readings.ScalarFormula.Of(DoubleNumbers.Instance, guarded, at);
            double actual = plain.ToDouble([.. symbols.Select((s, k) => (s, at[k]))]);
            if (double.IsFinite(actual))
            {
                compared++;

                // Two correct ways to compute a number differ by some units in the last place of the terms that it is made of.
                double terms = CalculusBySymbolsTests.Gauge(plain, [.. symbols.Select((s, k) => (s, (Rational)at[k]))]).Terms;
                Assert.True(expected == actual || Math.Abs(expected - actual) <= 1e-12 * terms, $"{actual:R} instead of {expected:R} at {string.Join(", ", at)}: {plain}");
            }
        }

        Assert.True(compared > 100, $"{compared} points compared");
    }

    [Theory]
    [InlineData("sigma(z)", "sigmoid(z)")]
    [InlineData("σ(z)", "sigmoid(z)")]
    [InlineData("sigma*z + mu", "sigma*z + mu")]
    public void Sigma_is_the_sigmoid_before_parentheses_and_a_letter_elsewhere(string formula, string expected)
    {
        Assert.Equal(expected, Parse(formula).ToString());
        Assert.Equal("sigma", Symbol("sigma").Name);
        string message = Assert.Throws<ParseException>(() => Parse("sigma + sigma(z)")).Message;
        Assert.Contains("'sigma' is not a function. For a product write sigma*(...)", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqrt(x)^3", "(√x)³", @"\sqrt{x}^{3}")]
    [InlineData("x >= 1 and x != 2", "x ≥ 1 ∧ x ≠ 2", @"x \geq 1 \wedge x \neq 2")]
    [InlineData("where(x > 0, 1, 0)", "where(x > 0, 1, 0)", @"\begin{cases} 1 & \text{for}\: x > 0 \\ 0 & \text{otherwise} \end{cases}")]
    public void Roots_and_conditions_are_set_without_doubt(string formula, string unicode, string latex)
    {
        Assert.Equal(unicode, Parse(formula).ToUnicode());
        Assert.Equal(latex, Parse(formula).ToLatex());
    }

    /// <summary>Alone SymPy's d/dw wx is clear; among factors and before a product of functions what is differentiated stands in parentheses.</summary>
    [Fact]
    public void What_is_differentiated_has_an_end()
    {
        Expr w = Symbol("w");
        Assert.Equal(
            @"\frac{\partial}{\partial w} \left(w \sin{\left(w^{2} \right)} x\right) = x \frac{\partial}{\partial w} \left(w \sin{\left(w^{2} \right)}\right) = x \sin{\left(w^{2} \right)} + 2 w^{2} x \cos{\left(w^{2} \right)}",
            FormulaLatex.Print(DiffSteps(Parse("w*sin(w^2)*x"), w).ToFormula()));
        Assert.Equal(@"\frac{\partial}{\partial w} \left(- w^{2}\right)", Derivative(Parse("-w^2"), w).ToLatex());
        Assert.Equal(@"\frac{\partial}{\partial w} w x", Derivative(Parse("w*x"), w).ToLatex());
    }
}
