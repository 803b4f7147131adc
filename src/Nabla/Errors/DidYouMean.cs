namespace Nabla;

/// <summary>Finds the known name that a mistyped one probably stands for.</summary>
internal static class DidYouMean
{
    /// <summary>The message for a name that is not known: who, what was received, the likely name, and all known ones.</summary>
    /// <param name="who">What kind of thing was asked for: <c>Optimizer</c>.</param>
    /// <param name="name">The name that was received.</param>
    /// <param name="known">The names that exist.</param>
    /// <param name="advice">What else to try; added at the end.</param>
    public static ArgumentException Unknown(string who, string? name, IEnumerable<string> known, string advice = "")
    {
        string[] names = [.. known];
        string hint = Nearest(name, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return new ArgumentException($"{who}: expected one of {string.Join(", ", names.Select(n => $"'{n}'"))}, received {(name is null ? "null" : $"'{name}'")}.{hint}{(advice.Length > 0 ? " " + advice : "")}");
    }

    /// <summary>The known name nearest to <paramref name="name"/>, or null where none is near.</summary>
    public static string? Nearest(string? name, IEnumerable<string> known)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        string typed = Letters(name);
        (string Name, int Distance)[] ranked = [.. known.Select(k => (k, Distance(typed, Letters(k)))).OrderBy(p => p.Item2)];

        // A third of the letters may be wrong: enough for two typing slips in a long name, too few to turn one name into another.
        return ranked.Length > 0 && ranked[0].Distance <= Math.Max(1, typed.Length / 3) ? ranked[0].Name : null;
    }

    // Case and underscores are what people mix up most: relu and ReLU, SparseCategoricalCrossEntropy and sparse_categorical_crossentropy.
    private static string Letters(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    // Levenshtein's distance with one row.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
