using System.Globalization;

namespace Nabla.Cli.Tests.Commands;

/// <summary>check-chain, worksheet, speed, and explain on a model.</summary>
public sealed class LearnersTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [Trait("Lesson", "L111")]
    [InlineData(0, "Right: dC/dw2 = ", "2*(a3-y) * s'(z3) * w3 * s'(z2) * a1")]
    [InlineData(1, "dz3/da2 = w3 belongs here", "2*(a3-y) * s'(z3) * a2 * s'(z2) * a1")]
    [InlineData(1, "Missing: w3", "2*(a3-y) * s'(z3) * s'(z2) * a1")]
    public void A_chain_is_checked(int code, string said, string chain)
    {
        Outcome outcome = Workplace.Run("check-chain", "chain", "dC/dw2", chain);
        Assert.Equal((code, ""), (outcome.Code, outcome.Error));
        Assert.Contains(said, outcome.Output, StringComparison.Ordinal);
        Assert.True(outcome.Output.All(c => c < 128));
    }

    [Fact]
    public void A_chain_for_a_formula_of_ones_own_is_checked() =>
        Assert.Equal(0, Workplace.Run("check-chain", "c=w*x; J=c^2", "dJ/dw", "2*c*x", "w=2", "x=3").Code);

    [Theory]
    [InlineData("Did you mean 'chain'?", "check-chain", "chian", "dC/dw2", "1")]
    [InlineData("received 'w9'", "check-chain", "chain", "dC/dw9", "1")]
    [InlineData("expected NAME, DERIVATIVE and CHAIN, as in", "check-chain")]
    [InlineData("speed: expected --images and --seconds together", "speed", "--images", "3")]
    [InlineData("--seconds: expected a number above 0", "speed", "--images", "3", "--seconds", "0")]
    public void Words_that_mean_nothing_are_told(string message, params string[] words)
    {
        Outcome outcome = Workplace.Run(words);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L122")]
    public void A_worksheet_is_printed_and_marked()
    {
        Assert.Contains("__________", Workplace.Run("worksheet", "small", "--json", _place["w.json"]).Output, StringComparison.Ordinal);
        Assert.Equal(13, _place.Json("w.json").GetProperty("items").GetArrayLength());
        Assert.Contains("= -4", Workplace.Run("worksheet", "small", "--answers").Output, StringComparison.Ordinal);
        File.WriteAllText(_place["mine.txt"], "c = -4\ndJ/dw = 4\n");
        Outcome outcome = Workplace.Run("worksheet", "small", "--check", _place["mine.txt"]);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("right  c = -4", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("WRONG  dJ/dw = 4  The sign is wrong: look at the sign of x = -2.", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 13 right", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L120")]
    public void Three_hours_for_half_of_MNIST_are_not_normal()
    {
        Outcome outcome = Workplace.Run("speed", "--images", "30000", "--seconds", "10800");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("20,175 parameters", outcome.Output, StringComparison.Ordinal);

        // 784*25 + 25*15 + 15*10 forward; as much again for the kernels, and what carries the error back over two layers.
        Assert.Contains("40,775 multiply-adds a sample: 20,125 forward, 20,650 for the gradients", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("0.36 s a sample (2.78 a second), 36 s a batch of 100", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("times too slow", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_no_gradient_that_fails()
    {
        Outcome outcome = Workplace.Run("explain", "nosuch.nabla", "iris");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("nosuch.nabla", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Lesson", "L120")]
    public void A_time_that_no_machine_can_reach_is_no_normal_one()
    {
        Outcome outcome = Workplace.Run("speed", "--images", "60000", "--seconds", "0.00001");
        Assert.Contains("more than the", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("That is normal", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("1.67e-10 s a sample", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_model_is_opened_on_some_rows()
    {
        string path = _place.Train("iris");
        Outcome outcome = Workplace.Run(
            "explain", path, "iris", "--examples", "0,2", "--param", "W^[1][3,2]", "--json", _place["m.json"], "--html", _place["m.html"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("SAMPLES (2;", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("ELEMENT W^[1][3,2]", outcome.Output, StringComparison.Ordinal);
        Assert.True(outcome.Output.All(c => c < 128));
        Assert.Equal(2, Nabla.Explain.Trace.Load(_place["m.json"]).Examples.Count);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(_place["m.html"]), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("Lesson", "L99")]
    public void The_training_of_a_model_is_a_table()
    {
        Outcome outcome = Workplace.Run("explain", _place.Train("iris"), "iris", "--examples", "0,1", "--iterations", "2..3", "--param", "b^[1][0]", "--csv", _place["steps.csv"]);
        Assert.Equal(0, outcome.Code);
        string[] lines = outcome.Output.Split('\n');
        Assert.StartsWith("ITERATIONS", lines[0], StringComparison.Ordinal);
        Assert.Equal(["0", "2", "3"], lines[2..5].Select(l => l.TrimStart().Split(' ')[0]));
        Assert.Contains("dJ/db^[1][0]", lines[1], StringComparison.Ordinal);
        string[][] cells = [.. File.ReadLines(_place["steps.csv"]).Skip(1).Select(l => l.Split(','))];
        Assert.Equal(["0", "2", "3"], cells.Select(c => c[0]));
        double[] costs = [.. cells.Select(c => double.Parse(c[1], CultureInfo.InvariantCulture))];
        Assert.True(costs[2] < costs[0], $"{costs[0]}, then {costs[2]}");
    }

    [Theory]
    [InlineData("expected data after the model")]
    [InlineData("expected rows from 0 to 29, received 99", "iris", "--examples", "99")]
    [InlineData("--examples: expected rows counted from 0", "iris", "--examples", "a")]
    [InlineData("--html: the page shows a single step of a model", "iris", "--iterations", "1..3", "--html", "x.html")]
    [InlineData("--learning-rate: a model's own optimizer makes its step", "iris", "--learning-rate", "0.5")]
    [InlineData("--parameters: a model's own weights are what its training changes", "iris", "--parameters", "W^[1]")]
    [InlineData("Iterations: expected one of 'W^[1][0,0]'", "iris", "--iterations", "2", "--param", "z^[1][0,0]")]
    [InlineData("--notation: a model's values are called W^[1]", "iris", "--notation", "3b1b")]
    [InlineData("--matrix and --expand: they are for formulas and lessons", "iris", "--matrix")]
    public void A_model_without_fitting_data_is_told(string message, params string[] more)
    {
        Outcome outcome = Workplace.Run(["explain", _place.Train("iris"), .. more]);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }
}
