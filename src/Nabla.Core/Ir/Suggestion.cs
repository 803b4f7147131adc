namespace Nabla;

/// <summary>The hint behind a parser's message about an unknown name.</summary>
internal static class Suggestion
{
    /// <summary><c>Did you mean 'softplus'?</c>, or a list of all names where none is near.</summary>
    public static string For(string received, IEnumerable<string> known)
    {
        string[] names = [.. known.Order(StringComparer.Ordinal)];
        return DidYouMean.Nearest(received, names) is { } nearest ? $"Did you mean '{nearest}'?" : $"Known are {string.Join(", ", names)}.";
    }
}
