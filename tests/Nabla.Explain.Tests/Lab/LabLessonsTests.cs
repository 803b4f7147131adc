namespace Nabla.Explain.Tests.Lab;

/// <summary>The lecture's own session, typed as it was, and as the lab has it.</summary>
public sealed class LabLessonsTests
{
    private readonly LabSession _lab = new();

    [Fact]
    [Trait("Lesson", "L57")]
    public void L57_symbols_are_declared_and_a_formula_is_shown()
    {
        Assert.Equal(["Nothing to import: diff, subs and simplify are here."], _lab.Ask("import sympy"));
        Assert.Equal(["J, w"], _lab.Ask("J, w = sympy.symbols('J,w')"));
        Assert.Equal(["J = w^2"], _lab.Ask("J = w**2"));
        Assert.Equal(["J = w²"], new LabText(unicode: true, 80).Lines(_lab.Cells[^1]));
    }

    [Fact]
    [Trait("Lesson", "L58")]
    public void L58_the_derivative_of_the_square_is_2w_and_4_at_2()
    {
        _lab.Ask("J = w**2");
        Assert.Equal(["dJ_dw = 2*w"], _lab.Ask("dJ_dw = sympy.diff(J, w)"));
        Assert.Equal(["4"], _lab.Ask("dJ_dw.subs([(w,2)])"));
    }

    [Fact]
    [Trait("Lesson", "L58")]
    public void A_nudge_happens_where_the_values_were_put_in()
    {
        _lab.Ask("J = w**2");
        _lab.Ask("diff J w");
        Assert.Equal(["4"], _lab.Ask("subs w=2"));
        string nudged = string.Join(' ', _lab.Ask("nudge w 0.002"));
        Assert.Contains("4.008004", nudged, StringComparison.Ordinal);
        Assert.Contains("4.002", nudged, StringComparison.Ordinal);

        // A value of its own comes first.
        _lab.Ask("w = 3");
        Assert.Contains("9.012004", string.Join(' ', _lab.Ask("nudge w 0.002")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w**2", "2*w", "4")]
    [InlineData("w**3", "3*w^2", "12")]
    [InlineData("w", "1", "1")]
    [InlineData("1/w", "-1/w^2", "-1/4")]
    [Trait("Lesson", "L59")]
    [Trait("Lesson", "L60")]
    public void L59_and_L60_the_lecture_s_four_derivatives_to_the_letter(string formula, string derivative, string atTwo)
    {
        _lab.Ask($"J = {formula}");
        Assert.Equal([derivative], _lab.Ask("sympy.diff(J, w)"));
        Assert.Equal([$"dJ/dw = {derivative}"], _lab.Ask("diff J w"));
        Assert.Equal([atTwo], _lab.Ask("diff(J, w).subs(w, 2)"));
    }

    [Fact]
    [Trait("Lesson", "L60")]
    public void L60_latex_and_a_missing_variable_are_as_in_SymPy()
    {
        Assert.Equal([@"- \frac{1}{w^{2}}"], _lab.Ask("latex(diff(1/w,w))"));
        Assert.Equal(["2*w"], _lab.Ask("diff(w**2)"));
        Assert.Equal("diff: expected the variable beside a formula of w, x, received only w*x. Try diff w*x w.", _lab.Run("diff(w*x)")!.Error);
    }

    // What each lesson nudges, by how much, and what it says then: the exact value, the ratio, the derivative.
    [Theory]
    [InlineData("w^2", "3", "0.001", "9.006001", "6.001", "6")]
    [InlineData("w^2", "3", "0.002", "9.012004", "6.002", "6")]
    [InlineData("w^2", "2", "0.001", "4.004001", "4.001", "4")]
    [InlineData("w^2", "-3", "0.001", "8.994001", "-5.999", "-6")]
    [InlineData("w^3", "2", "0.001", "8.012006001", "12.006001", "12")]
    [InlineData("w", "2", "0.001", "2.001", "1", "1")]
    [InlineData("1/w", "2", "0.001", "0.4997501249", "-0.2498750625", "-0.25")]
    [Trait("Lesson", "L61")]
    [Trait("Lesson", "L55")]
    public void L61_each_derivative_is_verified_by_nudging_beside_it(string formula, string at, string epsilon, string nudged, string ratio, string derivative)
    {
        _lab.Ask($"J = {formula}");
        _lab.Ask($"w = {at}");
        string[] lines = _lab.Ask($"nudge w {epsilon}");
        string[] row = lines[^2].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([epsilon, nudged, ratio], [row[0], row[2], row[3]]);
        Assert.Equal($"The ratio tends to the derivative, {derivative}: they agree.", lines[^1]);
    }

    [Fact]
    [Trait("Lesson", "L51")]
    public void L51_many_epsilons_in_one_cell_show_the_ratio_tend_to_6_and_break_down()
    {
        _lab.Ask("J = w^2; w = 3");
        string[] lines = _lab.Ask("nudge w 1 0.1 0.01 1e-4 1e-16");
        Assert.Equal(["7", "6.1", "6.01", "6.0001", "0"], lines[4..^1].Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3]));
    }

    [Fact]
    [Trait("Lesson", "L53")]
    public void L53_the_tangent_s_slope_is_6_at_3()
    {
        _lab.Ask("J = w^2; w = 3");
        Assert.Equal(["w = 3", "J = 9", "dJ/dw = 6", "tangent = 6*(w - 3) + 9 = 6*w - 9"], _lab.Ask("tangent")[..4]);
    }

    [Fact]
    [Trait("Lesson", "L116")]
    public void L116_derivatives_can_be_learned_cell_by_cell()
    {
        Assert.Equal(["c = w*x", "a = c + b", "d = a - y", "J = d^2/2"], _lab.Ask("c=w*x; a=c+b; d=a-y; J=d^2/2"));
        Assert.Equal(["dJ/dw = x*(w*x + b - y)"], _lab.Ask("diff J w"));
        _lab.Ask("w = 2; x = -2; b = 8; y = 2");
        Assert.Equal(["J = d^2/2 = 2"], _lab.Ask("J"));
        Assert.Equal(["dJ/dw = x*(w*x + b - y) = -4"], _lab.Ask("diff J w"));
    }
}
