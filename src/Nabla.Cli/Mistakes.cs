using System.CommandLine;
using System.CommandLine.Parsing;

namespace Nabla.Cli;

/// <summary>What to say where the words of a command line do not fit it: who, what was expected, what came, what to type. The parser's own words for these do not.</summary>
internal static class Mistakes
{
    // What an option takes, where no example shows it.
    private static readonly Dictionary<string, string> Samples = new() { ["FILE"] = "result.json", ["NAME"] = "w", ["N"] = "10", ["NAME=VALUE"] = "w=2", ["RATE"] = "0.01", ["S"] = "60" };

    /// <summary>The sentence; null where the parser's own, or that of a command's check, says it.</summary>
    public static string? Of(ParseResult words)
    {
        Command command = words.CommandResult.Command;
        if (words.UnmatchedTokens is [string unknown, ..])
        {
            return unknown.StartsWith('-') ? Unknown.Option(command, unknown)
                : command.Name == CommandLine.Name ? Unknown.Word("command", unknown, command.Subcommands.Select(c => c.Name))
                : $"{command.Name}: '{unknown}' is one word too many.";
        }

        return words.Errors.Select(e => e.SymbolResult).OfType<OptionResult>().Select(o => Option(command, o)).FirstOrDefault(m => m is not null) ?? Missing(words, command);
    }

    private static string? Missing(ParseResult words, Command command)
    {
        Argument[] required = [.. command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0)];
        string[] given = [.. required.SelectMany(a => words.GetResult(a)?.Tokens.Select(t => t.Value) ?? [])];
        string[] missing = [.. required.Where(a => a.Arity.MinimumNumberOfValues > (words.GetResult(a)?.Tokens.Count ?? 0)).Select(a => a.Name)];
        return missing.Length == 0 ? null
            : $"{command.Name}: expected {Listed([.. required.Select(a => a.Name)])}, as in '{Help.ExampleOf(command.Name)}', received {(given.Length == 0 ? "none" : $"no {Listed(missing)} after '{given[^1]}'")}.";
    }

    // An option without its value, or said more often than it may be. A check of the value itself has its own words.
    private static string? Option(Command command, OptionResult option)
    {
        string name = option.Option.Name;
        string takes = option.Option.HelpName ?? "a value";
        return option.Tokens.Count < option.Option.Arity.MinimumNumberOfValues
                ? $"{name}: expected {takes} after it, as in '{Help.ExampleOf(command.Name, name) ?? $"{name} {Samples.GetValueOrDefault(takes, takes)}"}', received nothing."
            : option.Tokens.Count > option.Option.Arity.MaximumNumberOfValues || (option.IdentifierTokenCount > 1 && option.Option.Arity.MaximumNumberOfValues <= 1)
                ? $"{name}: expected it once, received {Math.Max(option.IdentifierTokenCount, 2)}{(option.Tokens.Count > 0 ? $": {string.Join(", ", option.Tokens.Select(t => t.Value))}" : " times")}. Leave all but one out."
            : null;
    }

    private static string Listed(string[] names) => names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
}
