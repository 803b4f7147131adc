namespace Nabla.Explain.Tests.Tracing;

/// <summary>The small network of the lectures, every number of it.</summary>
[Trait("Lesson", "L62")]
public sealed class SmallNetworkTests
{
    private const string Formula = "c = w*x; a = c + b; d = a - y; J = d^2/2";

    private static readonly Trace Small = Trace.Of(Formula, new TraceOptions { Optimizer = new SGD(0.01) }, ("w", 2), ("b", 8), ("x", -2), ("y", 2));

    [Theory]
    [Trait("Lesson", "L63")]
    [InlineData("c", -4)]
    [InlineData("a", 4)]
    [InlineData("d", 2)]
    [InlineData("J", 2)]
    public void Values_are_those_of_the_slide(string name, double expected) => Assert.Equal(expected, Small[name].Values[0]);

    [Theory]
    [Trait("Lesson", "L64")]
    [InlineData("d", 2)]
    [InlineData("a", 2)]
    [InlineData("c", 2)]
    [InlineData("b", 2)]
    [InlineData("w", -4)]
    [InlineData("x", 4)]
    [InlineData("y", -2)]
    public void Gradients_are_those_of_the_slide(string name, double expected)
    {
        Assert.Equal(expected, Small[name].Gradient![0]);
        Assert.Equal($"{expected}", Small[name].ExactGradient);
        Assert.Equal(NudgeVerdict.Agrees, Small[name].Checks[0].Verdict);
    }

    [Theory]
    [Trait("Lesson", "L65")]
    [InlineData("d", "J", "d", 2)]
    [InlineData("a", "d", "1", 1)]
    [InlineData("y", "d", "-1", -1)]
    [InlineData("c", "a", "1", 1)]
    [InlineData("b", "a", "1", 1)]
    [InlineData("w", "c", "x", -2)]
    [InlineData("x", "c", "w", 2)]
    public void Local_derivatives_are_those_of_the_lesson(string from, string to, string formula, double value)
    {
        TraceEdge edge = Small.PathsFrom(Small[from]).Single();
        Assert.Equal(Small[to].Id, edge.To);
        Assert.Equal((formula, value), (edge.LocalFormula, edge.Local![0]));
        Assert.Equal(value * Small[to].Gradient![0], edge.Contribution[0]);
    }

    [Theory]
    [Trait("Lesson", "L66")]
    [InlineData("w", "1.996002")]
    [InlineData("c", "2.0020005")]
    [InlineData("d", "2.0020005")]
    [InlineData("x", "2.004002")]
    [InlineData("y", "1.9980005")]
    public void Nudges_are_exact(string name, string expected)
    {
        Nudge nudge = Small[name].Nudges[0];
        Assert.Equal(expected, nudge.ExactResult);
        Assert.Equal(double.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), nudge.Result, 1e-14);
    }

    [Fact]
    [Trait("Lesson", "L67")]
    public void The_derivative_prints_as_a_teacher_writes_it() => Assert.Equal("x*(w*x + b - y)", Small["w"].Derivative);

    [Fact]
    [Trait("Lesson", "L90")]
    public void Values_used_twice_again_and_again_are_told_by_their_names()
    {
        // Written out, J would have 2^25 terms.
        string formula = "a0 = w; " + string.Concat(Enumerable.Range(1, 25).Select(i => $"a{i} = a{i - 1}*a{i - 1} + w; ")) + "J = a25";
        Trace trace = Trace.Of(formula, ("w", 0.1));
        Assert.Equal(27, trace.Nodes.Count(n => n.Formula.Length > 0)); // a0 to a25, and J
        Assert.Equal(2, trace.PathsFrom(trace["a7"]).Count());
        (double value, double slope) = (0.1, 1);
        for (int i = 1; i <= 25; i++)
        {
            (value, slope) = ((value * value) + 0.1, (2 * value * slope) + 1);
        }

        Assert.Equal(value, trace.Result.Values[0], 1e-15);
        Assert.Equal(slope, trace["w"].Gradient![0], 1e-14);
        Assert.Contains("a25", trace.Convention, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L68")]
    public void One_step_moves_both_parameters_at_once()
    {
        Assert.Equal([2.04, 7.98], Small.Update!.Parameters.Select(p => p.After[0]));
        Assert.Equal(1.805, Small.Update.ResultAfter, 1e-14);
    }

    [Fact]
    [Trait("Lesson", "L72")]
    public void Work_is_counted()
    {
        Assert.Equal((4, 2, 6, 8), (Small.Work.Nodes, Small.Work.Parameters, Small.Work.Backward, Small.Work.Nudging));
        Assert.True(Small.Work.RuleApplications <= Small.Work.Operations, $"{Small.Work.RuleApplications} rules for {Small.Work.Operations} operations");
    }

    [Fact]
    public void A_saved_trace_reads_back_the_same()
    {
        string json = Small.ToJson();
        Assert.Equal(json, TraceJson.Read(json, "small").ToJson());
        Assert.Equal(1, GraphParser.Parse(Small.Program).Outputs.Count(o => o.Name == "J"));
    }

    [Fact]
    public void Two_uses_are_two_paths()
    {
        Trace square = Trace.Of("J = a*a", ("a", 3));
        Assert.Equal([3.0, 3.0], square.PathsFrom(square["a"]).Select(e => e.Contribution[0]));
        Assert.Equal(6, square["a"].Gradient![0]);
    }
}
