namespace Nabla.Core.Tests.Readings;

/// <summary>Formulas as people type them.</summary>
public sealed class FormulaParserTests
{
    [Theory]
    [InlineData("-w^2", 3, -9)]
    [InlineData("(-w)^2", 3, 9)]
    [InlineData("2^-w", 3, 0.125)]
    [InlineData("2^w^2", 3, 512)]
    [InlineData("-2^w", 2, -4)]
    [InlineData("2*-w", 3, -6)]
    [InlineData("8/w/2", 2, 2)]
    [InlineData("8 - w - 2", 3, 3)]
    [InlineData("2+3*w", 4, 14)]
    [InlineData("w**2", 3, 9)]
    [InlineData("1e-3*w", 1000, 1)]
    [InlineData("1.5E+1*w", 2, 30)]
    [InlineData(".5*w", 3, 1.5)]
    [InlineData("max(1, w, 3)", 2, 3)]
    [InlineData("min(4, w, 3)", 2, 2)]
    [InlineData("relu(w) + relu(-w)", -2, 2)]
    [InlineData("where(w != 2, 1, 0)", 2, 0)]
    [InlineData("where(not w > 1 or w == 3, 1, 0)", 3, 1)]
    [InlineData("where(w >= 1 and w <= 2, 1, 0)", 1, 1)]
    [InlineData("w + 1 ;", 1, 2)]
    [InlineData("\n w +\n 1\n", 1, 2)]
    [InlineData("(w\n + 1)", 1, 2)]
    public void Formulas_mean_what_mathematics_says(string formula, double w, double expected) =>
        Assert.Equal(expected, ScalarFormula.Of(formula, w));

    /// <summary>As lectures and papers print them.</summary>
    [Theory]
    [InlineData("w²", "w^2")]
    [InlineData("x³ + w¹⁰", "x^3 + w^10")]
    [InlineData("w⁻¹", "w^-1")]
    [InlineData("w⁺² - -w²", "w^2 - -w^2")]
    [InlineData("xⁿ⁻¹", "x^(n - 1)")]
    [InlineData("e⁻ˣ", "e^-x")]
    [InlineData("ℯ⁻ˣ", "E^-x")]
    [InlineData("(w - 1)²", "(w - 1)^2")]
    [InlineData("½(w-1)²", "1/2*(w-1)^2")]
    [InlineData("σ(z)(1−σ(z))", "sigmoid(z)*(1-sigmoid(z))")]
    [InlineData("(a + b) (a - b)²", "(a + b)*(a - b)^2")]
    [InlineData("x - (a)(b)(c)/d", "x - a*b*c/d")]
    [InlineData("½ (w-1)²", "1/2*(w-1)^2")]
    [InlineData("½*d²", "1/2*d^2")]
    [InlineData("½d²/m", "1/2*d^2/m")]
    [InlineData("x*½d", "x*(1/2)*d")]
    [InlineData("-½d", "-1/2*d")]
    [InlineData("¼ + ⅔*x - ⅛√x", "1/4 + 2/3*x - 1/8*sqrt(x)")]
    [InlineData("x^½", "x^(1/2)")]
    [InlineData("½sin(x)", "1/2*sin(x)")]
    [InlineData("2·w×x⋅y", "2*w*x*y")]
    [InlineData("w−1", "w-1")]
    [InlineData("w – 1", "w - 1")]
    [InlineData("−w", "-w")]
    [InlineData("a÷b", "a/b")]
    [InlineData("a∕b", "a/b")]
    [InlineData("√x + √(x + 1)", "sqrt(x) + sqrt(x + 1)")]
    [InlineData("√√x", "sqrt(sqrt(x))")]
    [InlineData("√sin(x)/√2", "sqrt(sin(x))/sqrt(2)")]
    [InlineData("|x| - ||y| - 1|", "abs(x) - abs(abs(y) - 1)")]
    [InlineData("⌊x/2⌋", "floor(x/2)")]
    [InlineData("sin²(x) + cos² (x)", "sin(x)^2 + cos(x)^2")]
    [InlineData("α*θ", "alpha*theta")]
    [InlineData("ϵ*µ*ϕ", "epsilon*mu*phi")]
    [InlineData("2*π*r", "2*pi*r")]
    [InlineData("σ(z)", "sigmoid(z)")]
    [InlineData("σ²*Δw", "sigma^2*Δw")]
    [InlineData("w₁*x₁ + w₁₂", "w1*x1 + w12")]
    [InlineData("wⱼₖ + α₁ + a^[2]₁ + a^[2]ⱼ", "w_jk + alpha1 + a^[2]_1 + a^[2]_j")]
    [InlineData("where(x ≤ 0 ∧ ¬(y ≥ 1) ∨ x ≠ y, -∞, ∞)", "where(x <= 0 and not (y >= 1) or x != y, -inf, inf)")]
    public void Formulas_as_they_are_printed_are_read(string printed, string typed) =>
        Assert.True(Sym.Parse(printed) == Sym.Parse(typed), $"{Sym.Parse(printed)} instead of {Sym.Parse(typed)}");

    [Fact]
    public void A_name_is_the_same_however_it_is_typed()
    {
        Graph graph = FormulaParser.Parse("ŷ₁ = σ(w₁*x + β); ŷ1 - beta", ["w1", "β", "x"]);
        Assert.Equal(["w1", "beta", "x"], graph.Inputs.Select(n => ((Leaf)n.Op).Label));
        Assert.Equal(["ŷ1", FormulaParser.ResultName], graph.Outputs.Select(o => o.Name));
        Assert.Equal(Sym.Symbol("w1"), Sym.Symbol("w₁"));
        Assert.Equal("alpha_jk", Sym.Symbol("αⱼₖ").Name);
        Assert.Contains("'pi' is a number already", Assert.Throws<ArgumentException>(() => Sym.Symbol("π")).Message, StringComparison.Ordinal);
        Assert.Contains("received \"w₁x\"", Assert.Throws<ArgumentException>(() => Sym.Symbol("w₁x")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pi + 0*x", Math.PI)]
    [InlineData("E + 0*x", Math.E)]
    [InlineData("ln(E^2) + 0*x", 2)]
    [InlineData("-inf + 0*x", double.NegativeInfinity)]
    public void Constants_have_their_nearest_double(string formula, double expected) => Assert.Equal(expected, ScalarFormula.Of(formula, 1));

    [Fact]
    public void Numbers_are_exact()
    {
        Graph graph = FormulaParser.Parse("1/4 + 0.1*x + 1e-3");
        Assert.Equal(["1/4", "1/10", "1/1000"], graph.Nodes.Select(n => n.Op).OfType<Constant>().Select(c => c.Value.ToString()));
    }

    [Fact]
    public void A_whole_power_has_a_constant_exponent()
    {
        Node power = FormulaParser.Parse("w^2").Outputs[0].Node;
        Assert.IsType<Power>(power.Op);
        Assert.Equal(2, Assert.IsType<Constant>(power.Inputs[1].Op).Value);
    }

    [Fact]
    public void Names_are_inputs_in_order_of_appearance()
    {
        Graph graph = FormulaParser.Parse("w*x + b - w");
        Assert.Equal(["w", "x", "b"], graph.Inputs.Select(n => ((Leaf)n.Op).Label));
    }

    [Fact]
    public void Given_variables_keep_their_order_and_may_be_unused()
    {
        Graph graph = FormulaParser.Parse("x*w", ["w", "x", "y"], DType.Float32);
        Assert.Equal(["w", "x", "y"], graph.Inputs.Select(n => ((Leaf)n.Op).Label));
        Assert.All(graph.Inputs, n => Assert.Equal(DType.Float32, n.TensorType.DType));
    }

    [Fact]
    public void Named_intermediates_are_outputs_and_scopes()
    {
        Graph graph = FormulaParser.Parse("c=w*x; a=c+b\n d = a-y; J=d^2/2");
        Assert.Equal(["c", "a", "d", "J"], graph.Outputs.Select(o => o.Name));
        Assert.Equal(["w", "x", "b", "y"], graph.Inputs.Select(n => ((Leaf)n.Op).Label));
        Assert.All(graph.Inputs, n => Assert.Equal("", n.Scope.Path));
        Assert.Equal("a", graph.Output("a").Scope.Path);
        Assert.Equal(2, ScalarFormula.Of(DoubleNumbers.Instance, graph, 2, -2, 8, 2));
    }

    [Fact]
    public void A_last_formula_without_a_name_is_the_result()
    {
        Graph graph = FormulaParser.Parse("c = w*w; c + 1");
        Assert.Equal(["c", FormulaParser.ResultName], graph.Outputs.Select(o => o.Name));
    }

    [Theory]
    [InlineData("", 1, "expected a formula such as w^2, received nothing")]
    [InlineData(" ; ", 4, "expected a formula")]
    [InlineData("2w", 2, "Write products with *, as in 2*w")]
    [InlineData("(2w + 1)", 3, "expected ')' for the '(' in column 1, received 'w'. Write products with *, as in 2*w")]
    [InlineData("sin(2w)", 6, "received 'w'. Write products with *, as in 2*w")]
    [InlineData("2√w", 2, "expected an operator before '√'. Write products with *, as in 2*w")]
    [InlineData("x½", 2, "expected an operator before '½'")]
    [InlineData("½2", 2, "expected an operator before '2'")]
    [InlineData("w₁x₁ + b", 3, "expected an operator before 'x'. Write products with *")]
    [InlineData("1 + 2½*w", 5, "'2½' can be read in two ways. Write (2+½) or 2*½")]
    [InlineData("a/½d", 4, "behind '/' a product without a sign can be read in two ways. Write /(½*x) or /½*x")]
    [InlineData("a ÷ ½ d", 7, "behind '÷' a product without a sign can be read in two ways. Write ÷(½*x) or ÷½*x")]
    [InlineData("2^½x", 4, "behind '^' a product without a sign")]
    [InlineData("2**½x", 5, "behind '**' a product without a sign")]
    [InlineData("√x²", 3, "a power behind a root can be read in two ways. Write √(x²) for the root of the power, (√x)² for the power of the root")]
    [InlineData("√x^2", 3, "a power behind a root can be read in two ways")]
    [InlineData("x²^y", 3, "a second power can be read in two ways. Write (x²)^y, or x^(2^y)")]
    [InlineData("x²ⁿ", 2, "Write others with '^', as in w^(2*n)")]
    [InlineData("x⁻", 2, "expected a whole number above the line")]
    [InlineData("x⁽²⁾", 2, "expected a whole number above the line")]
    [InlineData("²", 1, "expected a number, a name, a function or '(', received '²'")]
    [InlineData("sin⁻¹(x)", 4, "'sin' and a power can be read in two ways. Write sin(x)^n")]
    [InlineData("sin² + 1", 4, "'sin' and a power can be read in two ways")]
    [InlineData("|x", 3, "expected '|' for the '|' in column 1, received the end")]
    [InlineData("where(x = 0, 1, 2)", 9, "received '='. Write == to compare")]
    [InlineData("α + sinn(β₁)", 5, "'sinn' is not a function. Did you mean 'sin'?")]
    [InlineData("π = 3", 1, "'pi' is a constant here")]
    [InlineData("w x", 3, "Write products with *")]
    [InlineData("a/(b)(c)", 6, "behind a quotient a product without a sign can be read in two ways. Write *( to multiply the quotient")]
    [InlineData("(a)b", 4, "Write products with *")]
    [InlineData("2(a)", 2, "Write products with *")]
    [InlineData("w +", 4, "expected a number, a name, a function or '(', received the end")]
    [InlineData("w + * x", 5, "received '*'")]
    [InlineData("(w + 1", 7, "expected ')' for the '(' in column 1")]
    [InlineData("w + 1)", 6, "expected an operator, ';' or the end, received ')'")]
    [InlineData("sofplus(w)", 1, "'sofplus' is not a function. Did you mean 'softplus'?")]
    [InlineData("Exp(w)", 1, "Did you mean 'exp'?")]
    [InlineData("frobnicate(w)", 1, "Known are abs, clip, cos, erf, exp")]
    [InlineData("w + w(2)", 5, "For a product write w*(...)")]
    [InlineData("sin + 1", 1, "'sin' is a function. Write sin(x)")]
    [InlineData("sin(a, b)", 1, "sin: expected 1 arguments, received 2")]
    [InlineData("max(a)", 1, "max: expected two or more arguments, received 1")]
    [InlineData("max(a; b)", 6, "expected ',' or ')' after an argument of max")]
    [InlineData("1.2.3*w", 1, "expected a number such as 3, 0.25 or 1e-3, received '1.2.3'")]
    [InlineData("w # 2", 3, "received '#'")]
    [InlineData("(a < b) + 1", 9, "add")]
    [InlineData("a < b < c", 7, "less")]
    [InlineData("where(a, 1, 2)", 1, "select")]
    [InlineData("c = a; c = b", 8, "'c' has a meaning already")]
    [InlineData("w*c; c = w", 6, "'c' has a meaning already")]
    [InlineData("pi = 3", 1, "'pi' is a constant here. Give the value another name, such as pi_total")]
    [InlineData("clip(x, a, 1)", 1, "expected numbers as bounds")]
    [InlineData("1e999999*w", 1, "expected a number")]
    public void Errors_show_the_place_and_what_to_try(string formula, int column, string message)
    {
        ParseException error = Assert.Throws<ParseException>(() => FormulaParser.Parse(formula));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((1, column), (error.Line, error.Column));
    }

    [Fact]
    public void An_error_draws_the_line_with_a_mark_under_the_place()
    {
        ParseException error = Assert.Throws<ParseException>(() => FormulaParser.Parse("c = w*x\nd = c + sinn(w)"));
        Assert.Equal("Formula, line 2, column 9: 'sinn' is not a function. Did you mean 'sin'?\n  d = c + sinn(w)\n          ^", error.Message);
    }

    [Fact]
    public void Unknown_names_are_refused_where_the_variables_are_given()
    {
        ParseException error = Assert.Throws<ParseException>(() => FormulaParser.Parse("width*2 + hight", ["width", "height"]));
        Assert.Contains("'hight' is not known here. Did you mean 'height'?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("sin(", ")")]
    [InlineData("2^", "")]
    [InlineData("√", "")]
    [InlineData("|-", "|")]
    public void Hostile_nesting_is_refused_instead_of_ending_the_process(string open, string close)
    {
        string formula = string.Concat(Enumerable.Repeat(open, 100_000)) + "x" + string.Concat(Enumerable.Repeat(close, 100_000));
        Assert.Contains("inside each other", Assert.Throws<ParseException>(() => FormulaParser.Parse(formula)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_sum_needs_no_nesting()
    {
        Graph graph = FormulaParser.Parse(string.Join(" + ", Enumerable.Repeat("x*1", 20_000)));
        Assert.Equal(20_000, ScalarFormula.Of(DoubleNumbers.Instance, graph, 1));
    }
}
