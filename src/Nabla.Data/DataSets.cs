namespace Nabla.Data;

/// <summary>The packaged data sets by name, for command lines and menus.</summary>
public static class DataSets
{
    private static readonly (string Name, Func<DataSet> Load)[] Sets =
    [
        ("mnist", Mnist.LoadSet),
        ("digits", Digits.Load),
        ("iris", Iris.Load),
        ("wine", Wine.Load),
        ("breast_cancer", BreastCancer.Load),
    ];

    /// <summary>The names that <see cref="Load"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Sets.Select(s => s.Name)];

    /// <summary>The packaged set of that name, decoded anew.</summary>
    /// <param name="name">One of <see cref="Names"/>, in any case; a hyphen or a space counts as an underscore.</param>
    /// <exception cref="ArgumentException">No set has that name; the message proposes the nearest.</exception>
    public static DataSet Load(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string wanted = Normal(name);
        foreach ((string known, Func<DataSet> load) in Sets)
        {
            if (known == wanted)
            {
                return load();
            }
        }

        string nearest = Names.MinBy(known => EditDistance(known, wanted))!;
        string hint = EditDistance(nearest, wanted) <= Math.Max(2, wanted.Length / 3) ? $" Did you mean '{nearest}'?" : string.Empty;
        throw new ArgumentException($"DataSets: expected one of {string.Join(", ", Names)}, received '{name}'.{hint}", nameof(name));
    }

    /// <summary>Whether <see cref="Load"/> knows the name.</summary>
    public static bool Contains(string name) => Names.Contains(Normal(name));

    private static string Normal(string name) => name.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    // Levenshtein's distance, one row of the table at a time.
    private static int EditDistance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
