using System.Xml.Linq;

namespace Nabla.Core.Tests.Readings;

/// <summary>Formulas in Unicode, LaTeX and MathML.</summary>
public sealed class FormulaTypesettingTests
{
    // The first five to the letter as SymPy 1.14 prints them.
    [Theory]
    [Trait("Lesson", "L60")]
    [InlineData("2*w", "2 w")]
    [InlineData("3*w^2", "3 w^{2}")]
    [InlineData("-1/w^2", @"- \frac{1}{w^{2}}")]
    [InlineData("-1/4", @"- \frac{1}{4}")]
    [InlineData("sin(w)^2 + w*cos(w)", @"\sin^{2}{\left(w \right)} + w \cos{\left(w \right)}")]
    [InlineData("x*(w*x + b - y)", @"x \left(w x + b - y\right)")]
    [InlineData("-(a + b)", @"- \left(a + b\right)")]
    [InlineData("(-w)^2", @"\left(- w\right)^{2}")]
    [InlineData("a - (b - c)", @"a - \left(b - c\right)")]
    [InlineData("a*(-b)", @"a \left(- b\right)")]
    [InlineData("-3*x/(2*w)", @"- \frac{3 x}{2 w}")]
    [InlineData("a/b*c", @"\frac{a}{b} c")]
    [InlineData("(a/b)^2", @"\left(\frac{a}{b}\right)^{2}")]
    [InlineData("w^(1/2)", @"\sqrt{w}")]
    [InlineData("w^(1/3)", @"\sqrt[3]{w}")]
    [InlineData("exp(-z)", "e^{- z}")]
    [InlineData("exp(z)^2", @"\left(e^{z}\right)^{2}")]
    [InlineData("2*3^w", @"2 \cdot 3^{w}")]
    [InlineData("rate*w", @"\mathrm{rate} \cdot w")]
    [InlineData("1e-10*w", @"1 \cdot 10^{-10} w")]
    [InlineData("sigmoid(z)*(1 - sigmoid(z))", @"\sigma{\left(z \right)} \left(1 - \sigma{\left(z \right)}\right)")]
    [InlineData("max(0, w)", @"\max{\left(0, w \right)}")]
    [InlineData("abs(w) + floor(w)", @"\left|{w}\right| + \left\lfloor{w}\right\rfloor")]
    [InlineData("where(w < 0, 0, where(w == 0, 1/2, 1))", @"\begin{cases} 0 & \text{for}\: w < 0 \\ \frac{1}{2} & \text{for}\: w = 0 \\ 1 & \text{otherwise} \end{cases}")]
    [InlineData("alpha*w_1 + Omega", @"\alpha w_{1} + \Omega")]
    [InlineData("w12 - pi", @"w_{12} - \pi")]
    [InlineData("2*where(w < 0, 0, 1)", @"2 \left(\begin{cases} 0 & \text{for}\: w < 0 \\ 1 & \text{otherwise} \end{cases}\right)")]
    public void LaTeX_is_in_SymPys_dialect(string formula, string latex) => Assert.Equal(latex, FormulaLatex.Print(Of(formula)));

    [Theory]
    [InlineData("3*w^2", "3*w²")]
    [InlineData("-1/w^2", "-1/w²")]
    [InlineData("w^(-12)", "w⁻¹²")]
    [InlineData("w^(1/2)", "w^(1/2)")]
    [InlineData("w^n", "wⁿ")]
    [InlineData("(w*x + b)^2", "(w*x + b)²")]
    [InlineData("sigmoid(z)*(1 - sigmoid(z))", "σ(z)*(1 - σ(z))")]
    [InlineData("sqrt(x) + sqrt(x + 1)", "√x + √(x + 1)")]
    [InlineData("abs(x) + floor(x)", "|x| + ⌊x⌋")]
    [InlineData("alpha*a1", "α*a₁")]
    [InlineData("alpha*a_1", "α*a_1")] // a name of its own: a₁ is read as a1
    [InlineData("w^[2]_1 + w^[2]_jk + w_1j + w1_jk + w_a_e", "w^[2]₁ + w^[2]ⱼₖ + w₁ⱼ + w₁_jk + wₐ_e")]
    [InlineData("w^(x^2) + E^x", "w^x² + ℯˣ")]
    [InlineData("where(x == 0, 1, x)", "where(x == 0, 1, x)")] // a single = gives a name its meaning
    [InlineData("sigma*sigmoid(z)", "σ*sigmoid(z)")] // σ(z) could be a product here
    [InlineData("w_jk", "wⱼₖ")]
    [InlineData("w_qr", "w_qr")]
    [InlineData("where(x <= 0, -x, pi)", "where(x ≤ 0, -x, π)")]
    public void Unicode_has_the_signs_of_mathematics(string formula, string text) => Assert.Equal(text, FormulaUnicode.Print(Of(formula)));

    [Theory]
    [InlineData("w^[2]_jk", "w^{[2]}_{jk}", "w^[2]ⱼₖ", "<msubsup><mi>w</mi><mi>jk</mi><mi>[2]</mi></msubsup>")]
    [InlineData("W^[l]", "W^{[l]}", "W^[l]", "<msup><mi>W</mi><mi>[l]</mi></msup>")]
    [InlineData("a_1", "a_{1}", "a_1", "<msub><mi>a</mi><mi>1</mi></msub>")]
    [InlineData("x^(i)", "x^{(i)}", "x^(i)", "<msup><mi>x</mi><mi>(i)</mi></msup>")]
    [InlineData("loss", @"\mathrm{loss}", "loss", "<mi>loss</mi>")]
    [InlineData("delta_2", @"\delta_{2}", "δ_2", "<msub><mi>δ</mi><mi>2</mi></msub>")]
    [InlineData("σ", @"\sigma", "σ", "<mi>σ</mi>")]
    [InlineData("<script>alert('1')</script>", @"\text{<script>alert('1')</script>}", "<script>alert('1')</script>", "<mi>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</mi>")]
    [InlineData("a&\"b\\", @"\text{a\&""b\textbackslash{}}", "a&\"b\\", "<mi>a&amp;&quot;b\\</mi>")]
    [InlineData("", @"\text{}", "", "<mi></mi>")]
    [InlineData("_", @"\text{\_}", "_", "<mi>_</mi>")]
    [InlineData("w^", @"\text{w\textasciicircum{}}", "w^", "<mi>w^</mi>")]
    [InlineData("\0", @"\text{?}", "\0", "<mi>\uFFFD</mi>")]
    public void Names_carry_their_indices_and_no_markup(string name, string latex, string unicode, string mathMl)
    {
        Formula symbol = new Formula.Symbol(name);
        Assert.Equal(latex, FormulaLatex.Print(symbol));
        Assert.Equal(unicode, FormulaUnicode.Print(symbol));
        string printed = FormulaMathMl.Print(symbol);
        Assert.Contains($">{mathMl}</math>", printed, StringComparison.Ordinal);
        XElement.Parse(printed);
    }

    /// <summary>What stands for a formula in print stands for it when it is typed.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Unicode_is_read_back_as_the_text_is(int seed)
    {
        (Graph graph, _) = FormulaRoundTripTests.RandomFormula(new Random(seed), exact: false);
        Tensor result = new(graph.Outputs[0].Node);
        string unicode = FormulaUnicode.Print(FormulaRenderer.Render(result));
        Assert.True(Sym.Parse(unicode) == Sym.Parse(result.ToText()), unicode);
    }

    [Fact]
    public void Half_a_character_does_not_break_the_markup()
    {
        XElement.Parse(FormulaMathMl.Print(new Formula.Symbol("\ud800")));
        Assert.Equal(@"\text{?}", FormulaLatex.Print(new Formula.Symbol("\ud800")));
    }

    [Theory]
    [InlineData("-1/w^2", "<mo form=\"prefix\">−</mo><mfrac><mrow><mn>1</mn></mrow><mrow><msup><mi>w</mi><mrow><mn>2</mn></mrow></msup></mrow></mfrac>")]
    [InlineData("2*w", "<mn>2</mn><mo>&#x2062;</mo><mi>w</mi>")]
    [InlineData("sqrt(w)", "<msqrt><mi>w</mi></msqrt>")]
    public void MathMl_is_native(string formula, string inside) =>
        Assert.Equal($"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" alttext=\"{formula}\">{inside}</math>", FormulaMathMl.Print(Of(formula)));

    [Theory]
    [InlineData(true, "∂J/∂w", @"\frac{\partial J}{\partial w}")]
    [InlineData(false, "dJ/dw", @"\frac{d J}{d w}")]
    [Trait("Lesson", "L56")]
    public void A_named_derivative_has_the_chosen_sign(bool isPartial, string unicode, string latex)
    {
        Formula formula = new Formula.Derivative(new Formula.Symbol("J"), ["w"], isPartial);
        Assert.Equal(unicode, FormulaUnicode.Print(formula));
        Assert.Equal(latex, FormulaLatex.Print(formula));
        Assert.Equal("Derivative(J, w)", FormulaText.Print(formula));
        XElement.Parse(FormulaMathMl.Print(formula));
    }

    [Fact]
    public void Derivatives_of_formulas_and_of_higher_order_stand_before_them()
    {
        Formula sum = new Formula.Derivative(Of("w*x + b"), ["w", "w", "x"]);
        Assert.Equal("∂³/∂w² ∂x (w*x + b)", FormulaUnicode.Print(sum));
        Assert.Equal(@"\frac{\partial^{3}}{\partial w^{2} \partial x} \left(w x + b\right)", FormulaLatex.Print(sum));
        Assert.Equal("J = 2*w", FormulaText.Print(new Formula.Infix("=", new Formula.Symbol("J"), Of("2*w"))));
        Assert.Equal(@"\frac{\partial J}{\partial w} = 2 w", FormulaLatex.Print(new Formula.Infix("=", new Formula.Derivative(new Formula.Symbol("J"), ["w"]), Of("2*w"))));
    }

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_printed_is_well_formed(int seed)
    {
        (Graph graph, _) = FormulaRoundTripTests.RandomFormula(new Random(seed), exact: false);
        Formula formula = FormulaRenderer.Render(new Tensor(graph.Outputs[0].Node));
        XElement math = XElement.Parse(FormulaMathMl.Print(formula, display: true));
        Assert.Equal("math", math.Name.LocalName);
        Assert.All(math.Descendants().Where(e => e.Name.LocalName is "mfrac" or "msup" or "msub" or "mroot"), e => Assert.Equal(2, e.Elements().Count()));
        WellFormed.Latex(FormulaLatex.Print(formula));
        Assert.DoesNotContain("sigmoid", FormulaUnicode.Print(formula), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_formulas_print_without_overflowing_the_stack()
    {
        Formula deep = new Formula.Symbol("x");
        for (int i = 0; i < 10_000; i++)
        {
            deep = i % 3 == 0 ? new Formula.Call("sin", [deep]) : i % 3 == 1 ? new Formula.Infix("/", new Formula.Number(1), deep) : new Formula.Prefix("-", deep);
        }

        WellFormed.Latex(FormulaLatex.Print(deep));
        Assert.StartsWith("sin(-1/sin(-1/", FormulaUnicode.Print(deep), StringComparison.Ordinal);
        Assert.Contains("mfrac", FormulaMathMl.Print(deep), StringComparison.Ordinal);
    }

    [Fact]
    public void A_formula_that_doubles_at_every_step_is_refused_by_each_printer()
    {
        Formula shared = new Formula.Symbol("x");
        for (int i = 0; i < 60; i++)
        {
            shared = new Formula.Infix("*", shared, new Formula.Power(shared, shared));
        }

        foreach (Func<Formula, int, string> print in new Func<Formula, int, string>[] { FormulaText.Print, FormulaUnicode.Print, FormulaLatex.Print, (f, n) => FormulaMathMl.Print(f, n) })
        {
            Assert.Contains("Name intermediates", Assert.Throws<InvalidOperationException>(() => print(shared, 10_000)).Message, StringComparison.Ordinal);
        }
    }

    private static Formula Of(string formula) => FormulaRenderer.Render(new Tensor(FormulaParser.Parse(formula).Outputs[^1].Node));
}
