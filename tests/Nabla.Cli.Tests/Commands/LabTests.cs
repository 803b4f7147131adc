namespace Nabla.Cli.Tests.Commands;

/// <summary>The command <c>nabla lab</c>: cells from a file, from a pipe, exit codes, plain ASCII.</summary>
public sealed class LabTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    [Trait("Lesson", "L58")]
    public void L58_a_script_shows_each_cell_and_its_answer()
    {
        Outcome outcome = Workplace.Run("lab", Script("# the lecture", "J = w**2", "", "diff J w", "subs w=2"));
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal(["[1]> # the lecture", "[2]> J = w**2", "J = w^2", "[3]> diff J w", "dJ/dw = 2*w", "[4]> subs w=2", "4"], outcome.Lines);
    }

    [Fact]
    public void Cells_can_be_piped_in()
    {
        Outcome outcome = Workplace.Pipe("J = 1/w\ndiff J w\nquit\n1 + 1\n", "lab");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal(["[1]> J = 1/w", "J = 1/w", "[2]> diff J w", "dJ/dw = -1/w^2", "[3]> quit"], outcome.Lines);
    }

    [Fact]
    public void The_first_error_ends_a_script_with_exit_code_1()
    {
        Outcome outcome = Workplace.Pipe("J = w^2\n\ndif J\n1 + 1\n", "lab");
        Assert.Equal(1, outcome.Code);
        Assert.StartsWith("line 3: lab: expected", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'diff'?", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("[2]> dif J", outcome.Lines[^1]);
    }

    [Fact]
    public void A_script_goes_on_where_it_is_asked_to_and_still_tells_of_the_error()
    {
        Outcome outcome = Workplace.Pipe("dif J\n1 + 1\n", "lab", "--keep-going");
        Assert.Equal(1, outcome.Code);
        Assert.NotEmpty(outcome.Error);
        Assert.Equal("2", outcome.Lines[^1]);
    }

    [Fact]
    public void All_that_is_written_into_a_pipe_is_ASCII()
    {
        Outcome outcome = Workplace.Pipe(
            "α = w^2; w = 3\nplot α w\ntangent α w\ngraph α\nexplain α\nnudge α w 0.1\nsteps sin(w^2)\nvars\nhelp\nquux α\n", "lab", "--keep-going");
        Assert.All(outcome.Output + outcome.Error, c => Assert.True(char.IsAscii(c), $"'{c}'"));
        Assert.Contains("alpha = w^2", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_is_saved_as_a_page_and_as_a_script_that_runs_again()
    {
        Outcome outcome = Workplace.Pipe($"J = w^2\nw = 3\nnudge w\nsave {_place["s.lab"]}\n", "lab", "--save", _place["lab.html"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal("J = w^2\nw = 3\nnudge w\n", File.ReadAllText(_place["s.lab"]));
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(_place["lab.html"]), StringComparison.Ordinal);
        Assert.Equal(0, Workplace.Run("lab", _place["s.lab"]).Code);
    }

    [Theory]
    [InlineData("SCRIPT: expected a file of cells, received 'none.lab', which does not exist.", "none.lab")]
    [InlineData("lab: there is no option '--kep-going'. Did you mean '--keep-going'?", "--kep-going")]
    public void Wrong_words_are_told(string message, params string[] args)
    {
        Outcome outcome = Workplace.Run(["lab", .. args]);
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_may_not_be_written_over_the_script()
    {
        string script = Script("1 + 1");
        Outcome outcome = Workplace.Run("lab", script, "--save", script);
        Assert.Equal(2, outcome.Code);
        Assert.Equal("1 + 1\n", File.ReadAllText(script));
    }

    private string Script(params string[] cells)
    {
        string path = _place["cells.lab"];
        File.WriteAllText(path, string.Join('\n', cells) + "\n");
        return path;
    }
}
