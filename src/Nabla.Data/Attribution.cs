namespace Nabla.Data;

/// <summary>Who made a data set, under which licence it may be used, and where it came from. Keep it with anything built from the data.</summary>
/// <param name="Creators">The people who made the data.</param>
/// <param name="Licence">The licence's short name: <c>CC BY 4.0</c>.</param>
/// <param name="Source">Where the data was published.</param>
/// <param name="Citation">The work that introduced it.</param>
/// <example><code>
/// Attribution source = Iris.Attribution;
/// Console.WriteLine($"{source.Creators}, {source.Licence}");
/// </code></example>
public sealed record Attribution(string Creators, string Licence, string Source, string Citation)
{
    /// <summary>One line for a terminal or a caption.</summary>
    public override string ToString() => $"{Creators}; {Source}; {Licence}";
}
