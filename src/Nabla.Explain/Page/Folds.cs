using System.Globalization;

namespace Nabla.Explain;

/// <summary>
/// Long lists in parts that are folded: nobody reads 500 rows in a row, and a browser lays out only what is open. Without a script they open as well, and on
/// paper all stand open.
/// </summary>
internal static class Folds
{
    /// <summary>The class of what is folded; the script brings it up to date when it opens.</summary>
    public const string Style = "fold";

    // Lists up to the first length stay whole; longer ones come in parts of the second.
    private const int Longest = 100;
    private const int Part = 50;

    /// <summary>Whether a list of so many items arrives folded.</summary>
    public static bool AreFor(int count) => count > Longest;

    /// <summary>The parts of a list.</summary>
    /// <param name="count">How many items it has.</param>
    /// <param name="what">What they are, in one word: <c>Values</c>.</param>
    /// <param name="start">The number of the first item.</param>
    /// <param name="nameOf">The name of an item, by its place.</param>
    /// <param name="open">How many parts arrive open.</param>
    /// <param name="part">The content of a part: where it begins, and how many items it has.</param>
    public static IEnumerable<Element> Of(int count, string what, int start, Func<int, string> nameOf, int open, Func<int, int, Element> part)
    {
        for (int at = 0; at < count; at += Part)
        {
            int some = Math.Min(Part, count - at);
            (string from, string to) = (nameOf(at), nameOf(at + some - 1));
            yield return new Element("details", ("class", Style), ("open", at < open * Part ? "" : null))
            {
                new Element("summary") { $"{what} {Id(start + at)} to {Id(start + at + some - 1)}: {from}{(from == to ? "" : $" … {to}")}" },
                part(at, some),
            };
        }
    }

    private static string Id(int number) => number.ToString(CultureInfo.InvariantCulture);
}
