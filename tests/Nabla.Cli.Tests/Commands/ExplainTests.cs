using Nabla.Explain;

namespace Nabla.Cli.Tests.Commands;

/// <summary>The words of <c>nabla explain</c>.</summary>
public sealed class ExplainTests : IDisposable
{
    private const string Formula = "c=w*x; a=c+b; d=a-y; J=d^2/2";

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Without_words_the_lessons_are_listed()
    {
        Outcome outcome = Workplace.Run("explain");
        Assert.Equal(0, outcome.Code);
        Assert.All(Lessons.All, l => Assert.Contains($"  {l.Name} ", outcome.Output, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Lesson", "L62")]
    public void A_formula_with_names_is_opened()
    {
        Outcome outcome = Workplace.Run("explain", Formula, "w=2", "b=8", "x=-2", "y=2");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("2 -> 1.996002", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(" J: 2 -> 1.805", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("J = w^2")]
    [InlineData("J = w**2")]
    public void Both_signs_of_a_power_are_read(string formula) =>
        Assert.Contains("J = w^2  3^2  = 9", Workplace.Run("explain", formula, "w=3").Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("explain", "-w^2")]
    [InlineData("explain", "-w")]
    [InlineData("worksheet", "-2*w")]
    [InlineData("diff", "-1/w")]
    public void A_formula_may_begin_with_a_minus_and_a_misspelt_option_is_none(string command, string formula)
    {
        Outcome outcome = command == "diff" ? Workplace.Run(command, formula) : Workplace.Run(command, formula, "w=2");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains(formula, outcome.Output, StringComparison.Ordinal);
        Assert.Contains("there is no option '-epsilon'", Workplace.Run("explain", "-epsilon", "w=2").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w=3", "w=3")]
    [InlineData("w=1/4", "w=0.25")]
    [InlineData("w=ln(1)", "w=0")]
    [InlineData("w=-1e-3", "w=-0.001")]
    [InlineData("w=NaN", "w=NaN")]
    [InlineData("w=inf", "w=inf")]
    public void Values_of_a_lesson_can_be_replaced(string word, string shown) =>
        Assert.Contains($" {shown}  ", Workplace.Run("explain", "small", word).Output, StringComparison.Ordinal);

    [Fact]
    public void A_file_or_pipe_gets_plain_ASCII()
    {
        foreach (Lesson lesson in Lessons.All)
        {
            Outcome outcome = Workplace.Run("explain", lesson.Name, "--matrix", "--expand", "--notation", "3b1b");
            Assert.Equal((0, ""), (outcome.Code, outcome.Error));
            Assert.True(outcome.Output.All(c => c < 128), lesson.Name);
        }
    }

    [Fact]
    public void A_screen_gets_signs_and_colours()
    {
        Outcome outcome = Workplace.Run(["explain", "small"], live: true);
        Assert.Contains("∂J/∂w", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("\e[", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_go_to_files()
    {
        Outcome outcome = Workplace.Run("explain", "small", "--csv", _place["t.csv"], "--json", _place["t.json"]);
        Assert.Equal(0, outcome.Code);
        Assert.Equal(-4, Trace.Load(_place["t.json"])["w"].Gradient![0]);
        Assert.Contains("w,,Parameter,,2,-4,0.001,1.996002", File.ReadAllText(_place["t.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L99")]
    public void Iterations_are_rows_and_csv()
    {
        Outcome outcome = Workplace.Run("explain", "J = w^2", "w=3", "--learning-rate", "0.1", "--iterations", "1..4", "--csv", _place["i.csv"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal(["3", "2.4", "1.92", "1.536", "1.2288"], outcome.Lines[2..7].Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]));
        Assert.Equal(" cost: J = w^2", outcome.Lines[7]);
        Assert.Equal(6, File.ReadAllLines(_place["i.csv"]).Length);
    }

    [Fact]
    public void Iterations_are_a_record_and_a_page_to_play()
    {
        Outcome outcome = Workplace.Run("explain", "small", "--iterations", "3..5", "--json", _place["i.json"], "--html", _place["i.html"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        using System.Text.Json.JsonDocument record = System.Text.Json.JsonDocument.Parse(File.ReadAllText(_place["i.json"]));
        Assert.Equal([0, 3, 4, 5], record.RootElement.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("steps").GetInt32()));
        Assert.Contains("id=\"player\"", File.ReadAllText(_place["i.html"]), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L42")]
    public void Adam_takes_its_own_rate_and_shows_effective_ones()
    {
        string output = Workplace.Run("explain", "small", "--optimizer", "adam").Output;
        Assert.Contains("UPDATE (Adam, alpha = 0.001", output, StringComparison.Ordinal);
        Assert.Contains("effective rate", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Did you mean 'small'?", "explain", "smal")]
    [InlineData("expected a number for 'w', such as w=2 or w=1/3, received 'abc'", "explain", "small", "w=abc")]
    [InlineData("received 'q'", "explain", "small", "q=1")]
    [InlineData("expected one value for 'w', received two", "explain", "small", "w=1", "w=2")]
    [InlineData("expected a name and its value, such as w=2, received 'larger'", "explain", "small", "larger")]
    [InlineData("--epsilon: expected numbers above 0", "explain", "small", "--epsilon", "0")]
    [InlineData("--epsilon: expected numbers above 0", "explain", "small", "--epsilon", "0.1,-1")]
    [InlineData("--epsilon: expected numbers above 0", "explain", "small", "--epsilon", "NaN")]
    [InlineData("--iterations: expected a count", "explain", "small", "--iterations", "5..2")]
    [InlineData("--iterations: expected a count", "explain", "small", "--iterations", "0")]
    [InlineData("A formula has an operator", "explain", "no")]
    [InlineData("w=inf", "explain", "small", "w=1e400")]
    [InlineData("expected a formula with a name in it that can be changed", "explain", "J=5")]
    [InlineData("Did you mean 'adam'?", "explain", "small", "--optimizer", "adm")]
    [InlineData("--notation: expected one of", "explain", "small", "--notation", "greek")]
    [InlineData("there is no option '--matrx'. Did you mean '--matrix'?", "explain", "small", "--matrx")]
    public void Words_that_mean_nothing_are_told(string message, params string[] words)
    {
        Outcome outcome = Workplace.Run(words);
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("received none for x. Give one, such as x=2", "explain", "J = w*x", "w=2")]
    [InlineData("expected values for w, received one for 'z'", "explain", "J = w^2", "w=2", "z=1")]
    [InlineData("expected one value for 'w', received 2", "explain", "J = w^2", "w=2", "w=3")]
    [InlineData("expected a number, a name, a function or '(', received the end", "explain", "J = w*", "w=2")]
    [InlineData("expected a formula such as w^2, received nothing", "explain", "")]
    [InlineData("'E' is Euler's number here. Give the value another name, such as E_total", "explain", "E = w^2", "w=2")]
    [InlineData("'c' has a meaning already", "explain", "c = w; c = 2*w", "w=2")]
    [InlineData("expected parameters among w, received 'v'", "explain", "J = w^2", "w=2", "--parameters", "v")]
    public void Formulas_and_values_that_do_not_fit_are_told(string message, params string[] words)
    {
        Outcome outcome = Workplace.Run(words);
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        string[] lines = outcome.Error.TrimEnd('\n').Split('\n');
        Assert.True(lines is [_] or [_, _, [' ', .., '^']], "One line, or the formula and a mark under the place.");
    }

    [Fact]
    public void The_mark_stands_under_the_place()
    {
        string[] lines = Workplace.Run("explain", "J = w*+", "w=2").Error.Split('\n');
        Assert.Equal(["  J = w*+", "         ^"], lines[1..3]);
    }

    [Fact]
    public void Names_are_listed_with_commas()
    {
        string text = Workplace.Run("explain", "small", "--parameters", "w, x").Output;
        Assert.Contains("f_{w,x}(b)", text, StringComparison.Ordinal);
        Assert.Equal(text, Workplace.Run("explain", "small", "--parameters", "w", "--parameters", "x").Output);
    }

    [Theory]
    [InlineData(1, "CHECKS: J is inf here", "J = 1/w", "w=0")]
    [InlineData(1, "CHECKS: J is NaN here", "J = log(w)", "w=-1")]
    [InlineData(0, "1 at a kink, where there is no derivative to check", "J = relu(w) + v", "w=0", "v=1")]
    public void The_exit_code_tells_whether_all_checks_held(int code, string last, params string[] words)
    {
        Outcome outcome = Workplace.Run(["explain", .. words]);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(last, outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L33")]
    public void Roundoff_shows_all_digits_and_learns_nothing()
    {
        string text = Workplace.Run("explain", "roundoff", "--epsilon", "1,0.1").Output;
        Assert.Contains("= 0.00019999999999997797", text, StringComparison.Ordinal); // 1.0001 - 0.9999 in double, as the lecture prints it: 0.000199999999999978
        Assert.Contains("nothing is learned here", text, StringComparison.Ordinal);
        Assert.Contains("NUDGES OF n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("UPDATE", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_s_own_alpha_is_not_the_learning_rate()
    {
        string text = Workplace.Run("explain", "α=β*2; J=α^2", "β=3").Output;
        Assert.Contains("beta := beta - rate*dJ/dbeta", text, StringComparison.Ordinal);
        Assert.Contains("rate = 0.01", text, StringComparison.Ordinal);
    }
}
