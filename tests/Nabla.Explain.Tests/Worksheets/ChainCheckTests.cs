namespace Nabla.Explain.Tests.Worksheets;

/// <summary>Chains of factors that learners write: right ones in any form, wrong ones with the reason.</summary>
[Trait("Lesson", "L111")]
public sealed class ChainCheckTests
{
    private static readonly Dictionary<string, Lazy<Trace>> Known = Lessons.All.ToDictionary(l => l.Name, l => new Lazy<Trace>(() => l.Trace()));

    private static ChainCheck Check(string lesson, string derivative, string chain) => ChainCheck.Of(Known[lesson].Value, derivative, chain, Lessons.Named(lesson));

    [Theory]
    [InlineData("chain", "dC/dw2", "2*(a3-y) * s'(z3) * w3 * s'(z2) * a1")]
    [InlineData("chain", "w2", "a1 * s'(z2) * w3 * s'(z3) * 2*(a3-y)")]
    [InlineData("chain", "dC/dw2", "dC/da3 * da3/dz3 * dz3/da2 * da2/dz2 * dz2/dw2")]
    [InlineData("chain", "dC/dw2", "delta_2 * a1")]
    [InlineData("chain", "dC/dw2", "2*(a3 - y)*a3*(1 - a3)*w3*a2*(1 - a2)*a1")]
    [InlineData("chain", "∂C/∂w^(L-1)", "2*(a^(L) − y) · σ′(z^(L)) · w^(L) · σ′(z^(L-1)) · a^(L-2)")]
    [InlineData("small", "dJ/dw", "d*x")]
    [InlineData("small", "dJ/dw", "x*(w*x + b - y)")]
    [InlineData("small", "dJ/db", "d*1*1")]
    [InlineData("small", "da/dw", "x")]
    [InlineData("larger", "dJ/dw1", "(a2 - y)*g'(z2)*w2*g'(z1)*x")]
    [InlineData("larger", "dJ/dw1", "(a2 - y)*relu'(w2*a1 + b2)*w2*relu'(z1)*x")]
    [InlineData("chain", "dC/dw1", "2*(a3-y) * s'(z3) * w3 * s'(z2) * w2 * s'(z1) * a0")]
    [InlineData("mazur", "dE_total/dh1", "delta_3*w5 + delta_4*w7")]
    public void Right_chains_are_right_in_any_order_and_form(string lesson, string derivative, string chain)
    {
        ChainCheck check = Check(lesson, derivative, chain);
        Assert.True(check.Correct, string.Join(" | ", check.Findings));
        Assert.Empty(check.Findings);
    }

    [Theory]
    [InlineData("chain", "dC/dw2", "(a3-y) * s'(z3) * w3 * s'(z2) * a1", "A factor 2 is missing")]
    [InlineData("small", "dJ/dw", "2*d*x", "A factor 2 is too many")]
    [InlineData("chain", "dC/dw2", "2*(y-a3) * s'(z3) * w3 * s'(z2) * a1", "The sign is wrong")]
    [InlineData("chain", "dC/dw2", "2*(a3-y) * s'(z3) * a2 * s'(z2) * a1", "a2 is dz3/dw3, but the chain goes on through a2: dz3/da2 = w3 belongs here")]
    [InlineData("chain", "dC/dw2", "2*(a3-y) * s'(z3) * s'(z2) * a1", "Missing: w3, which is dz3/da2")]
    [InlineData("chain", "dC/dw2", "2*(a3-y) * s'(z3) * w3 * a2 * s'(z2) * a1", "a2 is dz3/dw3, which is not on the way")]
    [InlineData("chain", "dC/dw2", "2*(a3-y) * a3 * w3 * s'(z2) * a1", "a3 is the value a3; its derivative da3/dz3")]
    [InlineData("chain", "dC/dw2", "2*(a3-y) * s'(z3) * w3 * s'(z2) * a1 * y*a3", "a3 is one factor too many")]
    [InlineData("small", "dJ/dw", "3*d*x", "3 times the derivative")]
    [InlineData("chain", "dC/dw1", "2*(a3-y)*s'(a3)*w3*s'(z2)*w2*s'(z1)*x", "s'(a3) takes the slope at a3, but a3 = sigmoid(z3): sigmoid'(z3) belongs here")]
    [InlineData("larger", "dJ/dw1", "(a2-y)*sigmoid'(z2)*w2*relu'(z1)*x", "is the slope of sigmoid, but a2 = relu(z2): relu'(z2) belongs here")]
    [InlineData("larger", "dJ/dw2", "(a2-y)*z1", "z1 is equal to a1 at these values only: dt2/dw2 = a1 belongs here")]
    [InlineData("chain", "dC/dw2", "2*(a3-y)^2 * s'(z3) * w3 * s'(z2) * a1", "2*(a3-y)^2 has (a3-y) once too often: dC/da3 = 2*(a3 - y) belongs here")]
    [InlineData("chain", "dC/dw^(L)", "2*(a^(L)-y) * s'(z^(L)) * a^(L)", "a^(L) stands where a^(L-1) belongs, which is dz^(L)/dw^(L)")]
    [InlineData("chain", "dC/dw^[1]", "2*(a^[3]-y) * s'(z^[3]) * w^[3] * s'(z^[2]) * w^[1] * s'(z^[1]) * a^[0]", "w^[1] is dz^[1]/dx, which is not on the way. Leave it out. | Missing: w^[2], which is dz^[2]/da^[1]")]
    [InlineData("mazur", "dE_total/dh1", "delta_3*w5", "a sum of 2 ways")]
    [InlineData("mazur", "dE_total/dh1", "delta_3*w5", "Add the others")]
    public void Wrong_chains_are_told_why(string lesson, string derivative, string chain, string finding)
    {
        ChainCheck check = Check(lesson, derivative, chain);
        Assert.False(check.Correct);
        Assert.Contains(finding, string.Join(" | ", check.Findings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3*s*u", "3*s has s once too few: dJ/ds = 3*s^2 belongs here.")]
    [InlineData("3*s^3*u", "3*s^3 has s once too often: dJ/ds = 3*s^2 belongs here.")]
    [InlineData("s^2*u", "It is 0.3333333333 times the derivative: a number is wrong. dJ/ds is 3*s^2.")]
    public void A_wrong_power_is_one_finding(string chain, string finding)
    {
        Trace trace = Trace.Of("p = k*u; s = p + v; J = s^3", ("k", 2), ("u", 3), ("v", 1));
        Assert.Equal([finding], ChainCheck.Of(trace, "dJ/dk", chain).Findings);
    }

    [Fact]
    public void A_slope_that_is_1_here_may_be_left_out_and_this_is_said()
    {
        ChainCheck check = Check("larger", "dJ/dw2", "(a2-y)*a1");
        Assert.True(check.Correct);
        Assert.StartsWith("da2/dz2 = ", Assert.Single(check.Findings), StringComparison.Ordinal);
        Assert.EndsWith("is left out: it is 1 at these values, and need not be at others.", check.Findings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_speaks_as_it_was_asked()
    {
        Assert.Equal("dC/dw2", Check("chain", "w2", "1").Derivative);
        ChainCheck course = Check("chain", "dC/dw^(L)", "2*(a^(L)-y) * s'(z^(L)) * a^(L-1)");
        Assert.Equal("dC/dw^(L)", course.Derivative);
        Assert.Equal("a^(L-1)", course.Factors[^1].Text);
        Assert.Equal("dz^(L)/dw^(L)", course.Factors[^1].Meaning);
        Assert.EndsWith(" * a^(L-1)", course.Expected, StringComparison.Ordinal);
        ChainCheck asked = ChainCheck.Of(Known["chain"].Value, "dC/dw3", "a2", Lessons.Named("chain"), CourseNotation.Ng);
        Assert.EndsWith(" * a^[2]", asked.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_chain_of_nothing_is_told(string chain) =>
        Assert.StartsWith("Chain: expected factors with * between them", Assert.Throws<ArgumentException>(() => Check("chain", "dC/dw2", chain)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_readers_chain_drops_an_activation_and_wants_the_next_weight()
    {
        // ErrorFunc' * Act' * a(L-1) * W(L-1) * a(L-2), as a reader of 3Blue1Brown proposed.
        string findings = string.Join(" | ", Check("chain", "dC/dw2", "2*(a3-y) * s'(z3) * a2 * w2 * a1").Findings);
        Assert.Contains("dz3/da2 = w3 belongs here", findings, StringComparison.Ordinal);
        Assert.Contains("w2 is dz2/da1, which is not on the way", findings, StringComparison.Ordinal);
        Assert.Contains("which is da2/dz2", findings, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Lesson", "L110")]
    [InlineData("dC/da2*dC/da2 * s'(z2) * a1")]
    public void The_derivative_is_no_new_cost(string chain) => Assert.False(Check("chain", "dC/dw2", chain).Correct);

    [Theory]
    [InlineData("dC/dw9", "w9")]
    public void An_unknown_derivative_is_told(string derivative, string name) =>
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => Check("chain", derivative, "1")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("q*a1", "received 'q'")]
    [InlineData("2*", "a * has nothing beside it")]
    [InlineData("2*q(z3)", "'q(z3)' is no factor: 'q' is not a function")]
    [InlineData("s'(q)", "is the slope of nothing")]
    public void A_chain_that_cannot_be_read_is_told(string chain, string message) =>
        Assert.Contains(message, Assert.Throws<ParseException>(() => Check("chain", "dC/dw2", chain)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_number_alone_is_no_chain()
    {
        ChainCheck check = ChainCheck.Of(Lessons.Named("small").Trace(), "dJ/dw", "-4", Lessons.Named("small"));
        Assert.False(check.Correct);
        Assert.Equal(["The number is right at these values. A chain is the product of the derivatives on the way: write their names."], check.Findings);
    }

    [Fact]
    public void A_sigmoid_is_s_as_its_slope_is() => Assert.True(Check("chain", "dC/dw2", "2*(a3-y) * s(z3)*(1-s(z3)) * w3 * s'(z2) * a1").Correct);
}
