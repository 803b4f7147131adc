namespace Nabla;

/// <summary>Did-you-mean: the known name nearest to a mistyped one.</summary>
internal static class Suggestion
{
    /// <summary><c>Did you mean 'softplus'?</c>, or a list of all names where none is near.</summary>
    public static string For(string received, IEnumerable<string> known)
    {
        string[] names = [.. known.Order(StringComparer.Ordinal)];
        string? nearest = names.Where(n => Distance(received, n) <= Math.Max(1, n.Length / 3)).MinBy(n => (Distance(received, n), -CommonStart(received, n)));
        return nearest is null ? $"Known are {string.Join(", ", names)}." : $"Did you mean '{nearest}'?";
    }

    private static int CommonStart(string a, string b) => a.Zip(b).TakeWhile(p => p.First == p.Second).Count();

    // Edits (insertions, deletions, replacements, neighbours swapped) that lead from one to the other, capital letters not counted.
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8)
        {
            return int.MaxValue;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                bool Same(int x, int y) => char.ToLowerInvariant(a[x]) == char.ToLowerInvariant(b[y]);
                rows[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                    rows[i - 1, j - 1] + (Same(i - 1, j - 1) ? 0 : 1));
                if (i > 1 && j > 1 && Same(i - 1, j - 2) && Same(i - 2, j - 1))
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
