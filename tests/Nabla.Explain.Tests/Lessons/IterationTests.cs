namespace Nabla.Explain.Tests.LessonGraphs;

/// <summary>Trainings of formulas: every weight and the cost after each step.</summary>
public sealed class IterationTests
{
    private static Iterations Square(double rate) => Iterations.Of("J = w^2", new TraceOptions { Optimizer = new SGD(rate) }, 4, ("w", 3));

    [Theory]
    [Trait("Lesson", "L38")]
    [Trait("Lesson", "L39")]
    [Trait("Lesson", "L43")]
    [InlineData(0.1, new[] { 3, 2.4, 1.92, 1.536, 1.2288 })]
    [InlineData(0.5, new double[] { 3, 0, 0, 0, 0 })]
    [InlineData(1, new double[] { 3, -3, 3, -3, 3 })]
    [InlineData(1.1, new[] { 3, -3.6, 4.32, -5.184, 6.2208 })]
    public void The_learning_rate_decides(double rate, double[] expected) =>
        Assert.All(Square(rate).Rows.Zip(expected), p => Assert.Equal(p.Second, p.First.Parameters[0], 1e-14));

    [Fact]
    [Trait("Lesson", "L99")]
    [Trait("Lesson", "L93")]
    public void Mazurs_network_reaches_its_error_after_10_000_steps()
    {
        Lesson lesson = Lessons.Named("mazur");
        Iterations table = Iterations.Of(lesson.Formula(), new TraceOptions { Parameters = lesson.Parameters, Optimizer = new SGD(0.5) }, 10_000, [.. lesson.Values]);
        Assert.Equal(0.2983711088, table.Rows[0].Cost, 5e-11);
        Assert.Equal(0.2910277737, table.Rows[1].Cost, 5e-11);
        Assert.Equal(3.5102e-5, table.Rows[^1].Cost, 5e-10);
        Assert.Equal(10_001, table.Rows.Count);
    }

    [Fact]
    [Trait("Lesson", "L99")]
    [Trait("Lesson", "L103")]
    public void Every_row_is_what_a_trace_of_that_moment_says()
    {
        Lesson lesson = Lessons.Named("chain");
        Iterations table = Iterations.Of(lesson.Formula(), new TraceOptions { Parameters = lesson.Parameters, Optimizer = new SGD(0.01) }, 3, [.. lesson.Values]);
        foreach (Iteration row in table.Rows)
        {
            Trace trace = lesson.Trace([.. table.Parameters.Zip(row.Parameters)]);
            Assert.Equal(trace.Result.Values[0], row.Cost);
            Assert.Equal(table.Parameters.Select(p => trace[p].Gradient![0]), row.Gradients);
        }
    }

    [Theory]
    [Trait("Lesson", "L40")]
    [Trait("Lesson", "L42")]
    [InlineData(6)]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(-4)]
    public void Adams_first_step_is_the_rate_whatever_the_gradient(double gradient)
    {
        Trace trace = Trace.Of("J = g*w", new TraceOptions { Optimizer = new Adam(0.001), Parameters = ["w"] }, ("g", gradient), ("w", 1));
        TraceParameter w = trace.Update!.Parameters[0];
        Assert.Equal(-0.001 * Math.Sign(gradient), w.After[0] - 1, 2e-9); // Keras' place of epsilon: off by up to 2e-9, as the lesson says
        Assert.Equal(0.001 / Math.Abs(gradient), w.EffectiveRates[0], 1e-9);

        // Keras' own formula: alpha * sqrt(1 - b2)/(1 - b1) * m / (sqrt(v) + eps).
        double keras = 0.001 * Math.Sqrt(0.001) / 0.1 * (0.1 * gradient) / (Math.Sqrt(0.001 * gradient * gradient) + 1e-7);
        Assert.Equal(1 - keras, w.After[0], 1e-15);
    }

    [Fact]
    [Trait("Lesson", "L41")]
    [Trait("Lesson", "L42")]
    public void Adam_goes_on_at_full_rate_in_the_same_direction()
    {
        Iterations table = Iterations.Of("J = 6*w", new TraceOptions { Optimizer = new Adam(0.001) }, 20, ("w", 1));
        Assert.All(table.Rows.Skip(1).Zip(table.Rows), p => Assert.Equal(-0.001, p.First.Parameters[0] - p.Second.Parameters[0], 2e-9));
    }

    [Fact]
    [Trait("Lesson", "L40")]
    public void Each_of_11_parameters_has_a_rate_of_its_own()
    {
        string sum = string.Join(" + ", Enumerable.Range(1, 10).Select(j => $"{j}*w{j}"));
        TraceOptions options = new() { Optimizer = new Adam(0.001) };
        Trace trace = Trace.Of($"J = {sum} + 11*b", options, [.. Enumerable.Range(1, 10).Select(j => ($"w{j}", 1.0)), ("b", 1.0)]);
        Assert.Equal(11, trace.Update!.Parameters.Select(p => Math.Round(p.EffectiveRates[0], 9)).Distinct().Count());
        Assert.Contains("effective rate", trace.ToText(), StringComparison.Ordinal);
        Assert.Contains("momentum 0 -> ", trace.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_is_text_and_csv()
    {
        Iterations table = Square(0.1);
        Assert.Contains("\n2 3.6864 1.92 3.84", string.Join('\n', table.ToText().Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))), StringComparison.Ordinal);
        Assert.DoesNotContain("5.89824", table.ToText(from: 3), StringComparison.Ordinal);
        string[] lines = table.ToCsv().Split("\r\n");
        Assert.Equal("step,J,w,dJ/dw", lines[0]);
        Assert.Equal("0,9,3,6", lines[1]);
        Assert.Equal(7, lines.Length);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("rmsprop")]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("adadelta")]
    [InlineData("adagrad")]
    [InlineData("adamax")]
    [InlineData("nadam")]
    [InlineData("ftrl")]
    [InlineData("lion")]
    [InlineData("lamb")]
    [InlineData("adafactor")]
    [InlineData("muon")]
    public void The_first_row_is_the_step_that_the_trace_shows(string optimizer)
    {
        TraceOptions Options() => new() { Optimizer = optimizer };
        (string, double)[] at = [("w", 2), ("b", 8), ("x", -2), ("y", 2)];
        const string Formula = "J = (w*x + b - y)^2/2";
        Trace trace = Trace.Of(Formula, Options(), at);
        Iterations table = Iterations.Of(Formula, Options(), 2, at);
        Assert.Equal(trace.Update!.Parameters.Select(p => p.After[0]), table.Rows[1].Parameters);
        Assert.Equal(trace.Update.ResultAfter, table.Rows[1].Cost);
    }
}
