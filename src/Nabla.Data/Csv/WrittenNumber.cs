using System.Globalization;
using System.Text;

namespace Nabla.Data;

/// <summary>
/// Numbers as people and countries write them: <c>12,5</c>, <c>$1,200.50</c>, <c>45 %</c>. They are not read as numbers, for nobody can tell whether
/// 1,234 is a little or a lot; but a column of them is known for what it is, so that what to write instead can be said.
/// </summary>
internal static class WrittenNumber
{
    private const int Longest = 40;

    /// <summary>The number as programs write it, or null where the text is none.</summary>
    public static string? Plain(string text)
    {
        if (text.Length > Longest)
        {
            return null;
        }

        StringBuilder kept = new();
        foreach (char c in text)
        {
            if (c == '%' || char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol)
            {
                continue;
            }

            // A minus as printed, and what stands between thousands in Paris and in Zurich.
            kept.Append(c == '\u2212' ? '-' : c is '\u00A0' or '\u202F' or '\'' or '\u2019' ? ' ' : c);
        }

        string bare = kept.ToString().Trim();
        char mark = bare.LastIndexOf(',') is var comma && bare.LastIndexOf('.') is var point && comma > point && !(point < 0 && IsGrouped(bare, ',')) ? ',' : '.';
        int end = bare.LastIndexOf(mark);
        bool grouped = mark == '.' && end >= 0 && end != bare.IndexOf('.');
        string whole = end < 0 || grouped ? bare : bare[..end];
        foreach (char separator in " ,.")
        {
            if (whole.Contains(separator, StringComparison.Ordinal))
            {
                whole = IsGrouped(whole, separator) ? whole.Replace(separator.ToString(), "", StringComparison.Ordinal) : "";
            }
        }

        string number = whole.Replace(" ", "", StringComparison.Ordinal) + (end < 0 || grouped ? "" : $".{bare[(end + 1)..]}");
        return whole.Length > 0 && CellText.TryNumber(number, out double value) ? CellText.Of(value) : null;
    }

    /// <summary>Whether every value of a text column is a number, and some are written otherwise than programs do.</summary>
    public static bool IsAllOf(TableColumn column) =>
        column.Kind == ColumnKind.Text && column.DistinctTexts.All(t => Plain(t) is not null) && Example(column) is not null;

    /// <summary>A sentence about why numbers may have become text, with a blank before it; empty where they are none.</summary>
    public static string Advice(TableColumn column)
    {
        if (IsAllOf(column))
        {
            string example = Example(column)!;
            return $" Numbers are taken as programs write them: {CellText.Shown(example)} is {CellText.Shown(Plain(example)!)}.";
        }

        string? word = column.DistinctTexts.FirstOrDefault(t => !CellText.TryNumber(t, out _));
        return word is not null && 2 * column.DistinctTexts.Count(t => CellText.TryNumber(t, out _)) > column.DistinctTexts.Count
            ? $" Most values are numbers, but {CellText.Shown(word)} is none: correct it, or leave it empty."
            : "";
    }

    private static string? Example(TableColumn column) => column.DistinctTexts.FirstOrDefault(t => !CellText.TryNumber(t, out _));

    // Digits in threes but for the first: 1,234,567.
    private static bool IsGrouped(string text, char separator)
    {
        string[] parts = text.TrimStart('-', '+').Split(separator);
        return parts.Length > 1 && parts[0].Length is > 0 and < 4 && parts[0][0] != '0' && parts.All(p => p.All(char.IsAsciiDigit)) && parts.Skip(1).All(p => p.Length == 3);
    }
}
