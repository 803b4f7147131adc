using System.Text.Json;

namespace Nabla.Cli.Tests.Commands;

/// <summary>nabla diff: derivative, derivation, exact value, and the nudge beside it.</summary>
public sealed class DiffTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    [Trait("Lesson", "L55")]
    [Trait("Lesson", "L59")]
    [Trait("Lesson", "L61")]
    public void L59_and_L61_the_exact_quarter_stands_beside_its_nudge()
    {
        Outcome outcome = Workplace.Run("diff", "1/w", "--at", "w=2");
        Assert.Equal(
            """
            J = 1/w
            dJ/dw = -1/w^2

            DERIVATION
              1  d/dw (1/w) = -1/w^2   [quotient rule: (1/u)' = -u'/u^2]
              2    dw/dw = 1   [identity rule: (w)' = 1]

            AT w = 2
              J = 1/2 = 0.5
              dJ/dw = -1/4 = -0.25

            NUDGE w
              eps = 0.001: J 0.5 -> 0.49975012494, ratio -0.2498750625, central -0.2500000625
            CHECK slope of both sides -0.25 (eps = 2e-5): agrees with -0.25

            """.ReplaceLineEndings("\n"),
            outcome.Output);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
    }

    [Theory]
    [InlineData("w^2", "w=3", "9.006001", "ratio 6.001")]
    [InlineData("w^3", "w=2", "8.012006001", "ratio 12.006001")]
    [InlineData("w", "w=2", "2.001", "ratio 1")]
    [Trait("Lesson", "L55")]
    public void L55_each_lesson_function_is_nudged(string formula, string at, string after, string ratio)
    {
        Outcome outcome = Workplace.Run("diff", formula, "--at", at);
        Assert.Equal(0, outcome.Code);
        Assert.Contains($"-> {after}, {ratio}", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_gets_the_signs_of_mathematics_and_a_file_plain_ASCII()
    {
        string[] args = ["diff", "alpha*sigmoid(w)^2", "--wrt", "w", "--at", "w=0,alpha=1/3"];
        Outcome screen = Workplace.Run(args, live: true);
        Assert.Contains("∂J/∂w", screen.Output, StringComparison.Ordinal);
        Assert.Contains("α*σ(w)²", screen.Output, StringComparison.Ordinal);
        Assert.All(Workplace.Run(args).Output, c => Assert.InRange(c, '\n', '~'));
    }

    [Theory]
    [InlineData("always-partial", @"\frac{\partial J}{\partial w} = 3 w^{2}")]
    [InlineData("auto", @"\frac{d J}{d w} = 3 w^{2}")]
    [Trait("Lesson", "L56")]
    public void L56_the_notation_heads_the_derivative(string notation, string latex) =>
        Assert.Contains(latex, Workplace.Run("diff", "w^3", "--latex", "--notation", notation).Output, StringComparison.Ordinal);

    [Fact]
    public void The_record_for_machines_has_steps_and_nudges()
    {
        Outcome outcome = Workplace.Run("diff", "J = (w*x + b - y)^2/2", "--wrt", "w", "--at", "w=2", "x=-2", "b=8", "y=2", "--epsilon", "0.001,0.1", "--json", _place["d.json"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        JsonElement json = _place.Json("d.json");
        Assert.Equal("x*(w*x + b - y)", json.GetProperty("derivative").GetString());
        Assert.Equal("-4", json.GetProperty("exact").GetString());
        Assert.Equal(-4, json.GetProperty("value").GetDouble());
        Assert.Equal("constant factor rule", json.GetProperty("steps")[0].GetProperty("rule").GetString());
        Assert.Equal(2, json.GetProperty("nudges").GetArrayLength());
        Assert.Equal(1.996002, json.GetProperty("nudges")[0].GetProperty("result").GetDouble(), 1e-12);
        Assert.Equal("agrees", json.GetProperty("verdict").GetString());
    }

    [Fact]
    public void A_kink_is_told_and_a_pole_does_not_crash()
    {
        Outcome kink = Workplace.Run("diff", "relu(w)", "--at", "w=0");
        Assert.Equal(0, kink.Code);
        Assert.Contains("a kink, no verdict", kink.Output, StringComparison.Ordinal);
        Outcome pole = Workplace.Run("diff", "1/w", "--at", "w=0");
        Assert.Equal(1, pole.Code); // what cannot be judged does not hold, as in explain
        Assert.Equal(1, Workplace.Run("explain", "1/w", "w=0").Code);
        Assert.Contains("dJ/dw = -inf", pole.Output, StringComparison.Ordinal);
        Assert.Contains("no verdict", pole.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expected the name to differentiate by, for 'w*x' has 2: w, x. Add --wrt w.", "w*x")]
    [InlineData("has no name to differentiate by", "3")]
    [InlineData("Did you mean 'w1'?", "w1*x", "--wrt", "w2")]
    [InlineData("received none for x", "w*x", "--wrt", "w", "--at", "w=2")]
    [InlineData("expected a name and its value, such as w=2, received 'w'", "w^2", "--at", "w")]
    [InlineData("expected a number in 'w=two'", "w^2", "--at", "w=two")]
    [InlineData("expected a number in 'w='", "w^2", "--at", "w=")]
    [InlineData("received one for 'v'", "w^2", "--at", "w=2", "v=3")]
    public void Words_that_mean_nothing_are_told_as_such(string message, params string[] args)
    {
        Outcome outcome = Workplace.Run(["diff", .. args]);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>One way to ASCII, whichever command writes: names of formulas as they are typed, other letters by their code.</summary>
    [Theory]
    [InlineData("diff", "ö*½α₁²", "--wrt", "α₁")]
    [InlineData("explain", "J = ö*½α₁²", "α₁=2", "ö=3")]
    [InlineData("check-chain", "J = ö*½α₁²", "dJ/dα₁", "ö·α₁", "alpha1=2", "ö=3")]
    [InlineData("worksheet", "J = ö*½α₁²", "α₁=2", "ö=3")]
    public void Letters_beyond_ASCII_are_written_in_one_way(params string[] words)
    {
        Outcome outcome = Workplace.Run(words);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.All(outcome.Output, c => Assert.True(char.IsAscii(c), $"'{c}' in {outcome.Output}"));
        Assert.Contains(@"\u00F6", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("alpha1", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('?', outcome.Output);
    }

    [Fact]
    public void A_mark_stays_under_its_place_where_letters_become_longer()
    {
        string error = Workplace.Run("diff", "ö*½(α + 2w)").Error;
        Assert.Contains("  \\u00F6*1/2*(alpha + 2w)\n" + new string(' ', 2 + @"\u00F6*1/2*(alpha + 2".Length) + "^", error, StringComparison.Ordinal);
        Assert.Contains("Write products with *, as in 2*w", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pi*w^2", "dJ/dw = 2*pi*w")]
    [InlineData("erf(w)", "dJ/dw = 2*exp(-w^2)/sqrt(pi)")]
    public void A_number_with_a_name_keeps_it_in_every_line(string formula, string slope)
    {
        string text = Workplace.Run("diff", formula, "--at", "w=1").Output + Workplace.Run("explain", formula, "w=1").Output;
        Assert.Contains(slope, text, StringComparison.Ordinal);
        Assert.DoesNotContain("3.1415926535", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1.1283791670", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_formula_with_a_slip_is_pointed_at()
    {
        Outcome outcome = Workplace.Run("diff", "2w");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("expected an operator before 'w'", outcome.Error, StringComparison.Ordinal);
    }
}
