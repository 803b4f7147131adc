using System.CommandLine;

namespace Nabla.Cli;

/// <summary>What to say about a word that is not known.</summary>
internal static class Unknown
{
    /// <summary>The word, the one that was probably meant, and all that there are.</summary>
    public static string Word(string what, string word, IEnumerable<string> known)
    {
        string[] names = [.. known];
        string hint = DidYouMean.Nearest(word, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return $"{what}: expected one of {string.Join(", ", names)}, received '{word}'.{hint}";
    }

    /// <summary>An option that a command does not have.</summary>
    public static string Option(Command command, string word)
    {
        string name = word.Split('=', ':')[0];
        string[] names = [.. command.Options.Select(o => o.Name)];
        string hint = DidYouMean.Nearest(name, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return $"{(command.Parents.Any() ? $"{command.Name}: " : "")}there is no option '{name}'.{hint}";
    }
}
