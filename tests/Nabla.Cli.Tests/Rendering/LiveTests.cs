using System.Text.RegularExpressions;

namespace Nabla.Cli.Tests.Rendering;

/// <summary>What a person at a screen sees while a network trains.</summary>
public sealed partial class LiveTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    private string Train(int epochs, int width = 120)
    {
        using StringWriter output = new() { NewLine = "\n" };
        Terminal screen = new(output, TextWriter.Null, live: true, unicode: true, width);
        Assert.Equal(0, CommandLine.Run(["train", "iris", "--epochs", $"{epochs}", "--out", _place["m.nabla"]], screen));
        return output.ToString();
    }

    [Fact]
    public void The_line_is_drawn_over_while_the_epoch_runs()
    {
        string[] lines = [.. Train(2).Split('\n').Where(l => l.Contains("Epoch 2/2", StringComparison.Ordinal))];
        string line = Assert.Single(lines);
        Assert.StartsWith("\r", line, StringComparison.Ordinal);
        string last = Colours().Replace(line.Split('\r')[^1], "");
        Assert.Matches(@"^Epoch 2/2  4/4 ━{20} \S+ \S+/step - accuracy: 0\.\d{4} - loss: \d\.\d{4}$", last);
    }

    [Fact]
    public void A_narrow_screen_never_wraps_the_line()
    {
        foreach (string drawn in Train(2, width: 40).Split('\n').Where(l => l.Contains("Epoch", StringComparison.Ordinal)).SelectMany(l => l.Split('\r')))
        {
            Assert.InRange(Colours().Replace(drawn, "").Length, 0, 39);
        }
    }

    [Fact]
    public void Of_many_epochs_some_lines_stay()
    {
        // Every third of sixty, so that what came before stays in sight.
        string[] stayed = [.. Train(60).Split('\n').Where(l => l.Contains("Epoch", StringComparison.Ordinal)).Select(l => l.Split('\r')[^1])];
        Assert.Equal(20, stayed.Length);
        Assert.StartsWith("Epoch  3/60", stayed[0], StringComparison.Ordinal);
        Assert.StartsWith("Epoch 60/60", stayed[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_layers_are_drawn_with_lines()
    {
        Assert.Contains("┃ Layer (type)", Train(1), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\e\[[\d;]*[A-Za-z]")]
    private static partial Regex Colours();
}
