namespace Nabla.Explain.Tests.Lab;

/// <summary>Each command of the lab, and what it answers.</summary>
public sealed class LabCommandTests
{
    private readonly LabSession _lab = new();

    [Theory]
    [InlineData("1/2 + 1/3", "5/6")]
    [InlineData("2**10", "1024")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("sqrt(2)", "sqrt(2) = 1.414213562")]
    [InlineData("2^100", "1.2676506e30")]
    [InlineData("diff(w^3, w).subs(w, 2) + 1", "13")]
    public void A_formula_of_numbers_is_computed_exactly_where_it_can_be(string cell, string answer) => Assert.Equal([answer], _lab.Ask(cell));

    [Fact]
    public void A_formula_of_names_is_shown_and_computed_where_all_have_values()
    {
        Assert.Equal(["J = w*x"], _lab.Ask("J = w*x"));
        Assert.Equal(["w = 1/3"], _lab.Ask("let w = 1/3"));
        Assert.Equal(["J = w*x"], _lab.Ask("J"));
        Assert.Equal(["x = 6"], _lab.Ask("x = 6"));
        Assert.Equal(["J = w*x = 2"], _lab.Ask("J"));
        Assert.Equal(["J + w = 7/3"], _lab.Ask("J + w"));
    }

    [Fact]
    public void A_changed_name_changes_all_that_need_it()
    {
        _lab.Ask("c = w*x; J = c^2; w = 2; x = 3");
        Assert.Equal(["J = c^2 = 36"], _lab.Ask("J"));
        _lab.Ask("c = w + x");
        Assert.Equal(["J = c^2 = 25"], _lab.Ask("J"));
    }

    [Fact]
    public void Diff_takes_the_formula_in_view_several_variables_and_intermediates()
    {
        _lab.Ask("c = w*x; J = c^2");
        Assert.Equal(["dJ/dw = 2*w*x^2"], _lab.Ask("diff w"));
        Assert.Equal(["dJ/dc = 2*c"], _lab.Ask("diff J c"));
        Assert.Equal(["d^2J/dw^2 = 2*x^2"], _lab.Ask("diff J w w"));
        Assert.Equal(["d/dw (w^2 + 3*w) = 2*w + 3"], _lab.Ask("diff w^2 + 3*w w"));
        Assert.Equal(["6*w"], _lab.Ask("diff(w**3, w, 2)"));
    }

    [Fact]
    public void Steps_name_the_rule_of_each_step()
    {
        string[] lines = _lab.Ask("steps sin(w^2)");
        Assert.Contains(lines, l => l.Contains("chain rule", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("power rule", StringComparison.Ordinal));
        Assert.Equal("d/dw (sin(w^2)) = 2*w*cos(w^2)", lines[^1]);
        Assert.Equal(lines, _lab.Ask("diff sin(w^2) w steps"));
    }

    [Fact]
    public void Subs_is_exact_simultaneous_and_about_the_last_result()
    {
        _lab.Ask("J = w^2*x");
        _lab.Ask("diff J w");
        Assert.Equal(["4*x"], _lab.Ask("subs w=2"));
        Assert.Equal(["w*x^2"], _lab.Ask("subs J w=x x=w"));
        Assert.Equal(["1/3"], _lab.Ask("subs J w=1/3, x = 3"));
    }

    [Fact]
    public void A_result_can_be_named_by_a_command_and_the_formula_stays_in_view()
    {
        _lab.Ask("J = w^2");
        Assert.Equal(["slope = 2*w"], _lab.Ask("slope = diff J w"));
        _lab.Ask("w = 5");
        Assert.Contains("J = w^2 = 25", _lab.Ask("nudge w"));
        Assert.Equal(["slope = 2*w = 10"], _lab.Ask("slope"));
    }

    [Fact]
    public void Nudge_takes_an_intermediate_and_a_value_for_this_once()
    {
        _lab.Ask("c = w*x; J = c^2; w = 2; x = -2");
        Assert.Equal(["c = -4", "J = c^2 = 16"], _lab.Ask("nudge c 0.001")[..2]);
        Assert.Equal(["w = 1", "J = c^2 = 4"], _lab.Ask("nudge J w 0.001 w=1")[..2]);
        Assert.Equal(["w = 2"], _lab.Ask("w"));
    }

    [Fact]
    public void Nudge_tells_a_kink_and_judges_nothing_there()
    {
        _lab.Ask("z = 0");
        Assert.Equal("A kink: from below the ratio is 0, from above 1. There is no one derivative here.", _lab.Ask("nudge relu(z) z 0.1")[^1]);
    }

    [Fact]
    public void Plot_draws_stars_in_a_frame_and_marks_the_current_point()
    {
        _lab.Ask("J = w^2; w = 3");
        string[] lines = _lab.Ask("plot J w -4 4");
        Assert.Equal(17, lines.Length);
        Assert.Contains(lines, l => l.Contains('O', StringComparison.Ordinal));
        Assert.StartsWith("     -4 ", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith(" 4", lines[^1], StringComparison.Ordinal);

        // A parabola: stars at both upper corners, none at the upper middle.
        Assert.Matches(@"\|\*\*.*\*\*$", lines[1]);
        Assert.DoesNotContain("*", lines[1][30..50], StringComparison.Ordinal);
    }

    [Fact]
    public void A_plot_of_a_pole_keeps_the_rest_readable()
    {
        LabPlot plot = ((LabPart.Plot)_lab.Run("plot 1/t t -4 4")!.Parts[0]).Data;
        Assert.InRange(plot.High, 1, 10);
        Assert.InRange(plot.Low, -10, -1);
    }

    [Fact]
    public void A_plot_in_a_terminal_is_of_Braille_dots()
    {
        LabCell cell = _lab.Run("plot sin(t) t -3 3")!;
        Assert.Contains(new LabText(unicode: true, 80).Lines(cell), l => l.Any(c => c is > '\u2800' and <= '\u28ff'));
    }

    [Fact]
    public void Graph_shows_named_values_or_each_operation()
    {
        _lab.Ask("c = w*x; J = c^2");
        Assert.Equal(["J = c^2", "`- c = w*x", "   |- w", "   `- x"], _lab.Ask("graph"));
        Assert.Equal(["J = t1 + b", "|- t1 = w*x", "|  |- w", "|  `- x", "`- b"], _lab.Ask("graph w*x + b").Select(l => l.Replace("J'", "J", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_value_that_is_used_twice_has_two_lines_and_is_opened_once()
    {
        string[] lines = _lab.Ask("a = w + 1; J = a*a");
        Assert.Equal(["J = a*a", "|- a = w + 1", "|  `- w", "`- a = w + 1   (as above)"], _lab.Ask("graph J"));
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    [Trait("Lesson", "L62")]
    public void Explain_writes_the_small_network_forward_and_backward()
    {
        _lab.Ask("c=w*x; a=c+b; d=a-y; J=d^2/2");
        string text = string.Join('\n', _lab.Ask("explain J w=2 x=-2 b=8 y=2"));
        Assert.Matches(@"c +.*2\*\(-2\)", text);
        Assert.Matches(@"dJ/dw.*-4", text);
    }

    [Fact]
    public void Vars_lists_formulas_values_and_symbols()
    {
        _lab.Ask("J = w*x; w = 2");
        Assert.Equal(["name  is        value", "J     w*x", "w     a value   2", "x     a symbol"], _lab.Ask("vars"));
    }

    [Fact]
    public void Undo_takes_back_one_cell_after_the_other()
    {
        _lab.Ask("w = 2");
        _lab.Ask("w = 3");
        Assert.NotNull(_lab.Run("w = ")!.Error);
        Assert.Equal(["Took back: w = 3"], _lab.Ask("undo"));
        Assert.Equal(["w = 2"], _lab.Ask("w"));
        _lab.Ask("undo");
        _lab.Ask("undo");
        Assert.Equal("undo: expected a cell to take back, received none: this is the beginning.", _lab.Run("undo")!.Error);
    }

    [Fact]
    public void Clear_forgets_all()
    {
        _lab.Ask("w = 2");
        _lab.Ask("clear");
        Assert.Equal(1, _lab.Next);
        Assert.Equal(["No names yet. Try J = w^2, then w = 3."], _lab.Ask("vars"));
    }

    [Fact]
    public void The_script_runs_to_the_same_answers_again()
    {
        foreach (string cell in (string[])["# a remark", "J = w**2", "w = 3", "dif J", "diff J w", "nudge w 0.002", "history"])
        {
            _lab.Run(cell);
        }

        Assert.Equal("# a remark\nJ = w**2\nw = 3\ndiff J w\nnudge w 0.002\n", _lab.Script);
        LabSession again = new();
        foreach (string line in _lab.Script.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            again.Ask(line);
        }

        LabText text = new(unicode: false, 80);
        Assert.Equal(_lab.Cells.Where(c => c.Error is null).SelectMany(text.Lines), again.Cells.SelectMany(text.Lines));
    }

    [Fact]
    public void Every_example_of_the_help_works()
    {
        foreach (LabCommand command in LabCommand.All.Where(c => c.Name != "save"))
        {
            LabSession lab = new();
            lab.Ask("J = w^2; w = 3");
            Assert.NotEmpty(lab.Ask($"help {command.Name}"));
            Assert.NotEmpty(command.Examples);
            Assert.All(command.Examples, e => lab.Ask(e));
        }
    }

    [Fact]
    public void Names_beyond_ASCII_are_spelled_where_only_ASCII_can_be_shown()
    {
        LabCell cell = _lab.Run("α = 2; ö = w₁²")!;
        Assert.Equal(["alpha = 2", @"\u00F6 = w1^2"], new LabText(unicode: false, 80).Lines(cell));
        Assert.Equal(["α = 2", "ö = w₁²"], new LabText(unicode: true, 80).Lines(cell));
    }

    [Fact]
    public void Cells_may_be_typed_as_a_lecture_prints_them()
    {
        Assert.Equal(["J = 1/2*(w1 - 1)^2"], _lab.Ask("J = ½(w₁−1)²"));
        Assert.Equal(["w1 = 3"], _lab.Ask("w₁ = 3"));
        Assert.Equal(["dJ/dw1 = w1 - 1 = 2"], _lab.Ask("diff J w₁"));
        Assert.Equal(["9/2"], _lab.Ask("subs J w₁=4"));
    }
}
