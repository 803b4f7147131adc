namespace Nabla.Cli.Tests.Commands;

/// <summary>Help, of every command that there is.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Commands =>
        [.. Workplace.Run("--help").Lines.SkipWhile(l => l != "Commands:").Skip(1).TakeWhile(l => l.Length > 0).Select(l => l.Trim().Split(' ')[0])];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_help_that_ends_with_examples(string command)
    {
        Outcome outcome = Workplace.Run(command, "--help");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("Examples:", outcome.Lines);
        Assert.Contains($"nabla {command}", outcome.Lines[^1] + outcome.Lines[Array.IndexOf(outcome.Lines, "Examples:") + 1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_commands_are_listed() => Assert.Contains("explain", Commands.Select(c => c.Data));
}
