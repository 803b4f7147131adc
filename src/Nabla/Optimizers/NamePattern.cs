using System.Text.RegularExpressions;

namespace Nabla;

/// <summary>Regular expressions that choose weights by their names, as Keras does; matched in linear time, because files may hold them.</summary>
internal static class NamePattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>Refuses what is no regular expression.</summary>
    public static void Check(IEnumerable<string> patterns, string who)
    {
        foreach (string pattern in patterns)
        {
            try
            {
                _ = new Regex(pattern, Options);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                throw new ArgumentException($"{who} expected parts of weights' names, or regular expressions, received '{pattern}': {e.Message} Such as \"bias\" or \"norm.*/gamma\".", e);
            }
        }
    }

    /// <summary>Whether one of the patterns is found in a name.</summary>
    public static bool Finds(IReadOnlyList<string> patterns, string name) => patterns.Any(p => Regex.IsMatch(name, p, Options));

    /// <summary>The pattern of one name alone.</summary>
    public static string Exactly(string name) => $"^{Regex.Escape(name)}$";
}
