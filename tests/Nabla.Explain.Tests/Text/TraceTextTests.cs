namespace Nabla.Explain.Tests.Text;

/// <summary>Traces as text: what stands in the lines, and that nothing strange breaks them.</summary>
public sealed class TraceTextTests
{
    private static string Small(TextOptions? options = null) => Lessons.Named("small").Trace().ToText((options ?? new TextOptions()) with { Lesson = Lessons.Named("small") });

    [Theory]
    [Trait("Lesson", "L83")]
    [InlineData("d = w*x - 1; J = d^2/2", "(with 1/2, as Ng writes it; without it, as 3Blue1Brown does, every gradient doubles)")]
    [InlineData("E1 = (w*x - 1)^2/2; E2 = (w - 2)^2/2; J = E1 + E2", "(with 1/2, as Ng writes it; without it, as 3Blue1Brown does, every gradient doubles)")]
    [InlineData("d = w*x - 1; J = d^2", "(without 1/2, as 3Blue1Brown writes it: every gradient is twice what it is with Ng's 1/2)")]
    [InlineData("J = w*x/2", null)]
    public void A_formula_of_ones_own_says_whose_half_it_has_where_a_course_is_asked_for(string formula, string? remark)
    {
        Trace trace = Trace.Of(formula, ("w", 2), ("x", 3));
        foreach (CourseNotation course in new[] { CourseNotation.Ng, CourseNotation.ThreeBlueOneBrown })
        {
            string cost = trace.ToText(new TextOptions { Notation = course }).Split('\n').First(l => l.StartsWith(" cost:", StringComparison.Ordinal));
            Assert.Equal(remark, cost.Contains("   (", StringComparison.Ordinal) ? cost[(cost.IndexOf("   (", StringComparison.Ordinal) + 3)..] : null);
        }
    }

    [Theory]
    [Trait("Lesson", "L66")]
    [InlineData(" dJ/dw  = x * dJ/dc     -2 * 2                  -4  2 -> 1.996002     -3.998       -4  ok")]
    [InlineData(" dJ/dx  = w * dJ/dc     2 * 2                    4  2 -> 2.004002      4.002        4  ok")]
    [InlineData(" w  2 - 0.01*(-4) = 2.04")]
    [InlineData(" J: 2 -> 1.805")]
    [InlineData(" backpropagation N + P = 6 visits; nudging each parameter N * P = 8")]
    [InlineData("CHECKS: 8 of 8 gradients agree with their nudges")]
    public void The_small_network_has_the_line(string line) => Assert.Contains(line, Small().Split('\n'));

    [Fact]
    [Trait("Lesson", "L100")]
    public void The_whole_chain_is_written_on_request()
    {
        Assert.Contains(" dJ/dw = d * 1 * 1 * x = 2 * 1 * 1 * (-2) = -4\n", Small(new TextOptions { Expand = true }), StringComparison.Ordinal);
        Assert.DoesNotContain("CHAINS", Small(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CourseNotation.AsWritten)]
    [InlineData(CourseNotation.Ng)]
    [InlineData(CourseNotation.ThreeBlueOneBrown)]
    [InlineData(CourseNotation.Delta)]
    public void Plain_text_is_ASCII_for_every_lesson(CourseNotation notation)
    {
        foreach (Lesson lesson in Lessons.All)
        {
            string text = lesson.Trace(notation, new TraceOptions { Optimizer = new Adam(), Epsilons = [0.001, 1e-6] })
                .ToText(new TextOptions { Lesson = lesson, Notation = notation, Expand = true, Matrix = true, Exact = true });
            Assert.True(text.All(char.IsAscii), lesson.Name);
        }
    }

    [Fact]
    public void A_screen_gets_signs_and_colours_that_the_words_repeat()
    {
        string text = Small(new TextOptions { Unicode = true, Color = true });
        Assert.Contains("∂J/∂w", text, StringComparison.Ordinal);
        Assert.Contains("✓ ok", text, StringComparison.Ordinal);
        Assert.Contains("\e[38;5;39mFORWARD", text, StringComparison.Ordinal);
        Assert.Contains("\e[38;5;208mBACKWARD", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', Small());
    }

    [Fact]
    [Trait("Lesson", "L82")]
    public void A_layer_is_a_superscript_in_parentheses()
    {
        Lesson chain = Lessons.Named("chain");
        string text = chain.Trace().ToText(new TextOptions { Lesson = chain, Notation = CourseNotation.ThreeBlueOneBrown });
        Assert.Contains("z^(L) = w^(L)*a^(L-1) + b^(L)", text, StringComparison.Ordinal);
        Assert.Contains("dC/dw^(L) ", text, StringComparison.Ordinal);
        Assert.Contains("not a power", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L12")]
    [Trait("Lesson", "L21")]
    public void Ngs_layers_stand_in_square_brackets()
    {
        Lesson larger = Lessons.Named("larger");
        string text = larger.Trace().ToText(new TextOptions { Lesson = larger, Notation = CourseNotation.Ng });
        Assert.Contains("a^[1] = relu(z^[1])", text, StringComparison.Ordinal);
        Assert.Contains("dJ/dw^[2]", text, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Lesson", "L89")]
    [Trait("Lesson", "L105")]
    [InlineData(CourseNotation.ThreeBlueOneBrown, "z_0^(L) = w_00^(L)*a_0^(L-1) + w_01^(L)*a_1^(L-1) + b^(L)")]
    [InlineData(CourseNotation.Ng, "z_1^[2] = w_11^[2]*a_1^[1] + w_12^[2]*a_2^[1] + b^[2]")]
    public void Several_neurons_have_indices_that_start_where_the_course_starts_them(CourseNotation notation, string expected)
    {
        Lesson mazur = Lessons.Named("mazur");
        Assert.Contains(expected, mazur.Trace(notation).ToText(new TextOptions { Lesson = mazur, Notation = notation }), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Lesson", "L107")]
    [InlineData("chain", "delta_3")]
    [InlineData("two-layer", "delta_2")]
    public void Delta_is_the_derivative_before_the_activation(string name, string delta)
    {
        Lesson lesson = Lessons.Named(name);
        string text = lesson.Trace().ToText(new TextOptions { Lesson = lesson, Notation = CourseNotation.Delta });
        Assert.Contains($"\n {delta} ", text, StringComparison.Ordinal);
        Assert.Contains("the derivative before the activation", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_uses_are_two_lines_and_their_sum()
    {
        string[] lines = Trace.Of("J = d*d", ("d", 3)).ToText().Split('\n');
        int first = Array.FindIndex(lines, l => l.StartsWith(" dJ/dd", StringComparison.Ordinal));
        Assert.Contains("= d * dJ/dJ", lines[first], StringComparison.Ordinal);
        Assert.Contains("+ d * dJ/dJ", lines[first + 1], StringComparison.Ordinal);
        Assert.Contains("= the sum of 2 paths", lines[first + 2], StringComparison.Ordinal);
        Assert.Contains("  6  9 -> 9.006001", lines[first + 2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("J = w", "J", 1)]
    [InlineData("w", "J", 1)]
    [InlineData("c = w; J = c^2", "J", 6)]
    [InlineData("a = w^2; J = a", "J", 6)]
    [InlineData("J = w; w", "J'", 1)]
    [InlineData("e = w; J = 2*e", "J", 2)]
    [InlineData("z = 2*w; a = z; b = a; J = a + b", "J", 4)]
    [InlineData("k = 2; J = k*w", "J", 2)]
    public void A_second_name_for_a_value_is_a_value_of_its_own(string formula, string result, double slope)
    {
        Trace trace = Trace.Of(formula, new TraceOptions { Optimizer = new SGD(0.1) }, ("w", 3));
        Assert.Equal(result, trace.Result.Name);
        Assert.Equal(slope, trace["w"].Gradient![0]);
        Assert.True(trace.Holds);
        Assert.Equal(trace.Update!.ResultAfter, Iterations.Of(formula, new TraceOptions { Optimizer = new SGD(0.1) }, 1, ("w", 3)).Rows[1].Cost);
    }

    [Fact]
    public void A_nudge_too_small_to_see_has_the_judges_number_beside_it()
    {
        string text = Trace.Of("J = w^2", new TraceOptions { Epsilons = [1e-16] }, ("w", 3)).ToText();
        Assert.Matches(@"dJ/dw .* 9 -> 9 +0 +0  ok: 6(\.\d+)? with eps = 3e-5", text);
    }

    [Fact]
    public void Values_that_were_not_nudged_are_counted()
    {
        string text = Trace.Of(string.Join("; ", Enumerable.Range(1, 200).Select(i => $"n{i} = {(i == 1 ? "w" : $"n{i - 1}")}*1.001")), ("w", 3)).ToText();
        Assert.Contains("CHECKS: 1 of 1 gradients agree with their nudges; 199 values on the way were not nudged", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L97")]
    public void The_slope_of_a_saturated_sigmoid_does_not_vanish()
    {
        // sigma(40)*sigma(-40) = e^-40/(1 + e^-40)^2, which 1 - sigma(40) = 0 would hide.
        double slope = Math.Exp(-40) / ((1 + Math.Exp(-40)) * (1 + Math.Exp(-40)));
        Trace trace = Trace.Of("a = sigmoid(z); J = 2*a", ("z", 40));
        Assert.Equal(2 * slope, trace["z"].Gradient![0], 1e-12 * slope);
        Assert.Equal(slope, Assert.Single(trace.PathsFrom(trace["z"])).Local![0], 1e-12 * slope);
        Assert.Equal(0, Trace.Of("J = (1 - sigmoid(z))*b", ("z", 40), ("b", 1)).Result.Values[0]); // as it is written
    }

    [Fact]
    [Trait("Lesson", "L62")]
    public void A_linear_activation_is_a_step_of_its_own()
    {
        // L62: a = g(z) = z.
        Trace trace = Trace.Of("z = w*x + b; a = z; J = (a - y)^2/2", ("w", 2), ("b", 8), ("x", -2), ("y", 2));
        Assert.Equal(["w", "x", "b", "z", "a", "y", "J"], trace.Nodes.Select(n => n.Name));
        Assert.Equal(("z", 4.0, 2.0), (trace["a"].Formula, trace["a"].Values[0], trace["a"].Gradient![0]));
        Assert.Equal(1.0, Assert.Single(trace.PathsFrom(trace["z"])).Local![0]);
    }

    [Fact]
    public void Letters_beyond_ASCII_stay_different_names()
    {
        string text = Trace.Of("größe = w*2; grüße = w*3; J = größe*grüße", ("w", 1)).ToText();
        Assert.Contains(@"gr\u00F6\u00DFe = w*2", text, StringComparison.Ordinal);
        Assert.Contains(@"gr\u00FC\u00DFe = w*3", text, StringComparison.Ordinal);
    }

    [Fact]
    public void At_a_kink_nothing_is_judged_and_nothing_fails()
    {
        Trace trace = Trace.Of("J = relu(z)", ("z", 0));
        Assert.Contains("kink, no verdict", trace.ToText(), StringComparison.Ordinal);
        Assert.Contains("1 at a kink", trace.ToText(), StringComparison.Ordinal);
        Assert.True(trace.Holds);
    }

    [Fact]
    public void Relu_prints_as_it_was_typed() => Assert.Contains("J = relu(z)  relu(2)  = 2", Trace.Of("J = relu(z)", ("z", 2)).ToText(), StringComparison.Ordinal);

    [Theory]
    [InlineData(double.NaN, "w=NaN")]
    [InlineData(double.PositiveInfinity, "w=inf")]
    [InlineData(double.NegativeInfinity, "w=-inf")]
    [InlineData(1e-300, "w=1e-300")]
    [InlineData(-0.0, "w=0")]
    public void Strange_values_are_shown(double w, string shown) =>
        Assert.Contains($" {shown}\n", Trace.Of("J = w^2/2 + w", new TraceOptions { Optimizer = new SGD() }, ("w", w)).ToText(), StringComparison.Ordinal);

    [Theory]
    [InlineData("J = where(x > 0, x, x)*0 + y", "x")]
    [InlineData("J = floor(x) + y", "x")]
    public void A_gradient_of_zero_is_not_a_missing_one(string formula, string name)
    {
        Trace trace = Trace.Of(formula, ("x", 1.5), ("y", 2));
        Assert.Equal(trace[name].GradientState == GradientState.Computed ? "0" : "no gradient passes", trace.ToText().Contains("no gradient passes", StringComparison.Ordinal) ? "no gradient passes" : "0");
    }

    [Theory]
    [InlineData(6.000999999999479, false, "6.001")]
    [InlineData(6.000999999999479, true, "6.000999999999479")]
    [InlineData(5.263158e-5, false, "5.263158e-5")]
    [InlineData(1e21, false, "1e21")]
    [InlineData(-0.0, true, "-0")]
    [InlineData(0.1, true, "0.1")]
    [InlineData(2, false, "2")]
    public void Numbers_have_ten_digits_or_all(double value, bool exact, string expected) => Assert.Equal(expected, Numerals.Of(value, exact));

    [Fact]
    public void A_fraction_that_was_typed_stays_one()
    {
        Trace trace = Lessons.Named("small").Trace(("w", 1.0 / 3));
        Assert.Equal("16/3", trace["d"].ExactValue);
        Assert.Equal("128/9", trace["J"].ExactValue);
    }

    [Theory]
    [InlineData("J = w^100000", 1.5)]
    [InlineData("a = w*w; b = a*a; c = b*b; d = c*c; e = d*d; f = e*e; g = f*f; h = g*g; i = h*h; k = i*i; l = k*k; m = l*l; n = m*m; o = n*n; J = o*o", 1.01)]
    public void Fractions_that_nobody_would_read_are_not_computed(string formula, double w) => Assert.Null(Trace.Of(formula, ("w", w)).Result.ExactValue);

    [Fact]
    public void Exact_text_shows_fractions()
    {
        string text = Trace.Of("J = 1/w", ("w", 3)).ToText(new TextOptions { Exact = true });
        Assert.Contains("0.3333333333333333, exactly 1/3", text, StringComparison.Ordinal);
        Assert.Contains("-0.1111111111111111, exactly -1/9", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_has_a_row_a_value()
    {
        string[] rows = Lessons.Named("small").Trace().ToCsv().Split("\r\n");
        Assert.Equal("name,element,role,formula,value,gradient,epsilon,nudged,ratio,central,check", rows[0]);
        Assert.Contains(rows, r => r.StartsWith("c,,Value,w*x,-4,2,0.001,2.002000", StringComparison.Ordinal));
        Assert.Equal(8 + 2, rows.Length);
    }

    [Fact]
    public void An_unknown_lesson_offers_the_nearest()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Lessons.Named("mazurr"));
        Assert.Contains("received 'mazurr'. Did you mean 'mazur'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lesson_takes_only_its_own_names_once()
    {
        Assert.Contains("received 'q'", Assert.Throws<ArgumentException>(() => Lessons.Named("small").Trace(("q", 1))).Message, StringComparison.Ordinal);
        Assert.Contains("expected one value for 'w', received two", Assert.Throws<ArgumentException>(() => Lessons.Named("small").Trace(("w", 1), ("w", 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_are_shown_as_text_without_control_characters()
    {
        Trace trace = Trace.Of("J = w^2", new TraceOptions { Title = "<script>\e[2J\u0007é" }, ("w", 3));
        string text = trace.ToText();
        Assert.StartsWith("<script>", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text);
        Assert.True(text.All(char.IsAscii));
    }
}
