namespace Nabla.Explain.Tests.Lab;

/// <summary>What goes wrong says who expected what, what came, and what to try; and the session goes on.</summary>
public sealed class LabMisuseTests
{
    private readonly LabSession _lab = new();

    [Theory]
    [InlineData("dif J w", "Did you mean 'diff'?")]
    [InlineData("hlep", "Did you mean 'help'?")]
    [InlineData("q", "received 'q', which is none of them. A value is given by q = 2")]
    [InlineData("plot = 3", "plot: expected a name for a value, received the name of a command. Choose another, such as plot_1.")]
    [InlineData("sin = 3", "sin: expected a name for a value, received one that formulas use already.")]
    [InlineData("J = ", "J: expected a formula or a number after '=', received nothing.")]
    [InlineData("J = w^", "expected a number, a name, a function or '('")]
    [InlineData("J = sigmod(w)", "Did you mean 'sigmoid'?")]
    [InlineData("J = J + 1", "J: expected a formula of other names, received one that needs J itself")]
    [InlineData("diff", "diff: expected a formula, received none, and no cell has one yet. Try J = w^2 first")]
    [InlineData("diff 3", "diff: expected a formula with a name in it, received 3, which is a number.")]
    [InlineData("diff w*x", "diff: expected the variable beside a formula of w, x, received only w*x. Try diff w*x w.")]
    [InlineData("diff w < 1", "Diff: expected a number to differentiate, received the condition w < 1.")]
    [InlineData("subs w=2", "subs: expected a formula, received none")]
    [InlineData("subs", "subs: expected values such as w=2, received nothing.")]
    [InlineData("subs w^2 x=2", "subs: expected names of w^2, which needs w, received x.")]
    [InlineData("nudge w^2 w", "nudge: expected a value for each of w, received none for w. Give one first: w = 2")]
    [InlineData("nudge w^2 w 0 w=3", "nudge: expected a small number other than 0 such as 0.001, received 0.")]
    [InlineData("nudge w^2 b 0.1 w=3", "nudge: expected one of w, on which w^2 depends, received 'b'.")]
    [InlineData("plot w^2 w 4 -4", "plot: expected a range from a smaller to a larger number such as -4 4, received 4 -4.")]
    [InlineData("plot log(t) t -4 -1", "plot: expected a formula that has values between -4 and -1, received one without any there.")]
    [InlineData("plot w*x w -1 1", "plot: expected a value for each of x, received none for x.")]
    [InlineData("plot J w a b", "plot: expected one name after the formula J, received w, a, b. What follows plot: [FORMULA] [NAME] [FROM TO], as in plot J w -4 4")]
    [InlineData("tangent w^2 w x", "tangent: expected one name after the formula w^2, received w, x. What follows tangent: [FORMULA] [NAME] [NAME=VALUE], as in tangent")]
    [InlineData("nudge w*x w x", "nudge: expected one name after the formula w*x, received w, x.")]
    [InlineData("graph w^2 w", "graph: expected no name after the formula w^2, received w. What follows graph: [FORMULA], as in graph J")]
    [InlineData("explain w^2 w w=3", "explain: expected no name after the formula w^2, received w.")]
    [InlineData("subs w^2 x w=3", "subs: expected no name after the formula w^2, received x.")]
    [InlineData("plot w^2 w q=3", "plot: expected values for names of w^2, which needs w, received one for q.")]
    [InlineData("tangent width^2 widht=3", "received one for widht. Did you mean 'width'?")]
    [InlineData("diff w^2 w q=3", "diff: expected values for names of w^2, which needs w, received one for q.")]
    [InlineData("undo 2", "undo: expected nothing after it, received '2'. Type undo alone.")]
    [InlineData("vars w", "vars: expected nothing after it, received 'w'.")]
    [InlineData("history 3", "history: expected nothing after it")]
    [InlineData("clear J", "clear: expected nothing after it, received 'J'.")]
    [InlineData("quit now", "quit: expected nothing after it")]
    [InlineData("tangent 1/w w=0", "tangent: expected a place where 1/w has a value and a slope, received w = 0")]
    [InlineData("tangent abs(w) w=0", "tangent: expected a place without a kink, received w = 0, where the slope is -1 from below and 1 from above.")]
    [InlineData("let 3 = w", "let: expected a name and a value such as let w = 3, received '3 = w'.")]
    [InlineData("symbols", "symbols: expected names such as symbols J w, received nothing.")]
    [InlineData("help nugde", "Did you mean 'nudge'?")]
    [InlineData("save", "save: expected a file such as lab.html (a page) or session.lab (the cells), received nothing.")]
    [InlineData("save /no/such/folder/a.html", "does not exist")]
    [InlineData("diff(w^2, w", "diff: expected ')' at the end of the call")]
    [InlineData("diff(w^2, 3)", "diff: expected names to differentiate by, as in diff(J, w), received '3'.")]
    [InlineData("w.subs(w)", "subs: expected names and values, as in subs(w, 2) or subs([(w, 2)]), received w.")]
    public void A_mistake_is_told_and_changes_nothing(string cell, string message)
    {
        LabState before = _lab.State;
        LabCell answered = _lab.Run(cell)!;
        Assert.Contains(message, answered.Error ?? "no error", StringComparison.Ordinal);
        Assert.Same(before, _lab.State);
        Assert.Equal(["2"], _lab.Ask("1 + 1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void An_empty_line_is_no_cell(string cell) => Assert.Null(_lab.Run(cell));

    [Theory]
    [InlineData("9^9^9^9")]
    [InlineData("(9^99999)^99999")]
    [InlineData("1/0")]
    public void Numbers_beyond_computing_end_at_once(string cell) => Assert.EndsWith("inf", _lab.Ask(cell)[0], StringComparison.Ordinal);

    // Whatever is typed, the session answers: no exception leaves it.
    [Fact]
    public void Random_text_is_answered()
    {
        Random random = new(17);
        const string Letters = "Jwx0123456789+-*/^()=,;.[]{}'\" #diffsubsnudgeplot\\\tα∂";
        for (int i = 0; i < 3000; i++)
        {
            string cell = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => Letters[random.Next(Letters.Length)]));
            _lab.Run(cell);
        }

        Assert.Equal(["2"], _lab.Ask("1 + 1"));
    }
}
