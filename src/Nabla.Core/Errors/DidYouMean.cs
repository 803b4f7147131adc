namespace Nabla;

/// <summary>Finds the known name that a mistyped one probably stands for.</summary>
internal static class DidYouMean
{
    // A list of more names than this is scrolled past.
    private const int MostListed = 100;

    /// <summary>The message for a name that is not known: who, what was received, the likely name, and all known ones.</summary>
    /// <param name="who">What kind of thing was asked for: <c>Optimizer</c>.</param>
    /// <param name="name">The name that was received.</param>
    /// <param name="known">The names that exist.</param>
    /// <param name="advice">What else to try; added at the end.</param>
    public static ArgumentException Unknown(string who, string? name, IEnumerable<string> known, string advice = "")
    {
        string[] names = [.. known];
        string hint = Nearest(name, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        string all = string.Join(", ", names.Take(MostListed).Select(n => $"'{n}'")) + (names.Length > MostListed ? $" and {names.Length - MostListed} more" : "");
        return new ArgumentException($"{who}: expected one of {all}, received {(name is null ? "null" : $"'{name}'")}.{hint}{(advice.Length > 0 ? " " + advice : "")}");
    }

    /// <summary>The known name nearest to <paramref name="name"/>, or null where none is near.</summary>
    public static string? Nearest(string? name, IEnumerable<string> known)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        string typed = Letters(name);
        (string Name, int Distance)[] ranked = [.. known.Select(k => (k, Distance(typed, Letters(k)))).OrderBy(p => p.Item2).ThenByDescending(p => CommonStart(typed, Letters(p.k)))];

        // A third of the letters may be wrong: enough for two typing slips in a long name, too few to turn one name into another.
        return ranked.Length > 0 && ranked[0].Distance <= Math.Max(1, typed.Length / 3) ? ranked[0].Name : null;
    }

    // Among names as near, people keep the beginning: sinn is sin rather than sign.
    private static int CommonStart(string a, string b) => a.Zip(b).TakeWhile(p => p.First == p.Second).Count();

    // Case and underscores are what people mix up most: relu and ReLU, SparseCategoricalCrossEntropy and sparse_categorical_crossentropy.
    private static string Letters(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    // Insertions, deletions, substitutions and swaps of neighbours; an abbreviation of three letters or more is as near as one slip.
    private static int Distance(string a, string b)
    {
        if (a.Length >= 3 && b.StartsWith(a, StringComparison.Ordinal))
        {
            return Math.Min(1, b.Length - a.Length);
        }

        var table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                bool same = a[i - 1] == b[j - 1];
                int best = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (same ? 0 : 1));
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                table[i, j] = swapped ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
            }
        }

        return table[a.Length, b.Length];
    }
}
