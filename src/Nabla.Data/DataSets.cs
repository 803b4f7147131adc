namespace Nabla.Data;

/// <summary>The packaged data sets by name, for command lines and menus.</summary>
/// <example><code>
/// Console.WriteLine(string.Join(", ", DataSets.Names));   // mnist, digits, iris, wine, breast_cancer
/// DataSet chosen = DataSets.Load("breast cancer");
/// </code></example>
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

        string hint = DidYouMean.Nearest(name, Names) is { } nearest ? $" Did you mean '{nearest}'?" : string.Empty;
        throw new ArgumentException($"DataSets: expected one of {string.Join(", ", Names)}, received '{name}'.{hint}", nameof(name));
    }

    /// <summary>Whether <see cref="Load"/> knows the name.</summary>
    public static bool Contains(string name) => Names.Contains(Normal(name));

    private static string Normal(string name) => name.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
}
