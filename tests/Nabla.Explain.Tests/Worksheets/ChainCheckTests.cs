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
    [InlineData("mazur", "dE_total/dh1", "delta_3*w5", "a sum of 2 ways")]
    [InlineData("mazur", "dE_total/dh1", "delta_3*w5", "Add the others")]
    public void Wrong_chains_are_told_why(string lesson, string derivative, string chain, string finding)
    {
        ChainCheck check = Check(lesson, derivative, chain);
        Assert.False(check.Correct);
        Assert.Contains(finding, string.Join(" | ", check.Findings), StringComparison.Ordinal);
    }

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
    [InlineData("2*", "received the end")]
    [InlineData("s'(q)", "is the slope of nothing")]
    public void A_chain_that_cannot_be_read_is_told(string chain, string message) =>
        Assert.Contains(message, Assert.Throws<ParseException>(() => Check("chain", "dC/dw2", chain)).Message, StringComparison.Ordinal);
}
