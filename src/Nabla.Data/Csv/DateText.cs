using System.Globalization;

namespace Nabla.Data;

/// <summary>Tells dates and times of day from other text, in the forms that files have them. Nothing is made of their values: a network takes numbers.</summary>
internal static class DateText
{
    private const int Longest = 40;

    private static readonly string[] Days =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "d.M.yyyy", "d.M.yy", "M/d/yyyy", "d/M/yyyy", "M/d/yy", "d/M/yy", "d-M-yyyy", "M-d-yyyy",
        "d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy", "d-MMM-yy", "MMM d, yyyy", "MMMM d, yyyy", "MMM d yyyy",
        "d. MMM yyyy", "d. MMMM yyyy",
    ];

    private static readonly string[] Times = ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF", "h:mm tt", "h:mm:ss tt"];

    private static readonly string[] Months = ["yyyy-MM", "yyyy/MM", "MM/yyyy", "MMM yyyy", "MMMM yyyy", "MMM-yy", "MMM-yyyy"];

    private static readonly string[] WeekDays = [.. CultureInfo.InvariantCulture.DateTimeFormat.DayNames, .. CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames];

    private static readonly string[] Forms =
    [
        .. Days, .. Times, .. Months,
        .. Days.SelectMany(d => Times.Select(t => $"{d} {t}")),
        .. Times.Take(3).SelectMany(t => new[] { $"yyyy-MM-dd'T'{t}", $"yyyy-MM-dd'T'{t}K", $"yyyy-MM-dd {t}K", $"yyyy-MM-dd {t} K" }),
    ];

    /// <summary>Whether a text is a date or a time.</summary>
    public static bool Is(string text) =>
        text.Length <= Longest && text.Any(char.IsAsciiDigit) && DateTime.TryParseExact(Bare(text), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out _);

    // Without the day of the week, which may be wrong, and the name of the zone: Mon, 01 Jan 2024 10:00:00 GMT.
    private static string Bare(string text)
    {
        text = text.Trim();
        int word = text.TakeWhile(char.IsAsciiLetter).Count();
        if (word < text.Length && text[word] is (' ' or ',') && WeekDays.Contains(text[..word], StringComparer.OrdinalIgnoreCase))
        {
            text = text[word..].TrimStart(' ', ',');
        }

        return text.EndsWith(" GMT", StringComparison.Ordinal) || text.EndsWith(" UTC", StringComparison.Ordinal) ? text[..^4] : text;
    }
}
