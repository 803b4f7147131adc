using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Nabla;

/// <summary>What the text of a cell says: nothing, a number, or a word. The same rules for files and for rows that a program makes.</summary>
internal static class CellText
{
    /// <summary>The words that stand for a missing value, in any case; an empty cell is one, too.</summary>
    public static IReadOnlyList<string> MissingWords { get; } = ["NA", "N/A", "NaN", "null", "?"];

    private static readonly int LongestMissing = MissingWords.Max(w => w.Length);

    /// <summary>Whether a cell says that its value is missing.</summary>
    public static bool IsMissing(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        if (cell.Length > LongestMissing)
        {
            return false;
        }

        foreach (string word in MissingWords)
        {
            if (cell.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return cell.IsEmpty;
    }

    /// <inheritdoc cref="IsMissing(ReadOnlySpan{char})"/>
    public static bool IsMissing(ReadOnlySpan<byte> utf8)
    {
        // White space around a short word is rare and short; anything longer than this is a value.
        const int Longest = 32;
        if (utf8.Length > Longest)
        {
            return utf8.Trim(" \t\r\n"u8).Length <= LongestMissing && IsMissing(Encoding.UTF8.GetString(utf8));
        }

        Span<char> text = stackalloc char[Longest];
        Utf8.ToUtf16(utf8, text, out _, out int length);
        return IsMissing(text[..length]);
    }

    /// <summary>A finite decimal number as programs write it: a point, an exponent, no separators of thousands, the same in every country.</summary>
    public static bool TryNumber(ReadOnlySpan<char> cell, out double value) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <inheritdoc cref="TryNumber(ReadOnlySpan{char}, out double)"/>
    public static bool TryNumber(ReadOnlySpan<byte> utf8, out double value) =>
        double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A value for a message, quoted.</summary>
    public static string Shown(string text) => $"'{Bare(text)}'";

    /// <summary>A value for a message: cut where it is long, without what would disturb a terminal.</summary>
    public static string Bare(string text)
    {
        const int Longest = 40;
        StringBuilder shown = new();
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            shown.Append(char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator ? ' ' : c);
        }

        return shown.Append(text.Length > Longest ? "..." : "").ToString();
    }
}
