using System.Globalization;
using System.Text;

namespace Nabla.Explain;

/// <summary>
/// Numbers as people read them, the one place that writes them: so many significant digits, none of them a zero at the end. On a terminal in plain ASCII, in
/// print (pages and drawings) with a true minus sign and ∞; the pages' numbers.js writes the same as <see cref="Printed"/>.
/// </summary>
internal static class Numerals
{
    private const int Shown = 10;
    private const int Short = 4;

    // Beyond these powers of ten a row of zeros says less than the power does; in print there is more room than in a table.
    private const int SmallestPlain = -4;
    private const int LargestPlain = 9;
    private const int SmallestPrinted = -5;
    private const int LargestPrinted = 14;

    /// <summary>A number in ASCII, with ten digits at most.</summary>
    /// <param name="value">The number.</param>
    /// <param name="exact">All digits, so that the text reads back as the same double.</param>
    public static string Of(double value, bool exact = false) => exact && double.IsFinite(value) ? Exponent(value.ToString("R", CultureInfo.InvariantCulture)) : Of(value, Shown);

    /// <summary>A number in ASCII. A zero has no sign: it is an accident of arithmetic that only the exact view needs.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">The most significant digits.</param>
    public static string Of(double value, int digits) => Write(value == 0 ? 0 : value, digits, "-", "inf", SmallestPlain, LargestPlain);

    /// <summary>A number in ASCII with four digits: for ratios and what is measured roughly.</summary>
    public static string Brief(double value) => Of(value, Short);

    /// <summary>A number in print.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">The most significant digits.</param>
    public static string Printed(double value, int digits = Shown) => Write(value, digits, "−", "∞", SmallestPrinted, LargestPrinted);

    /// <summary>A number in print with four digits.</summary>
    public static string PrintedBrief(double value) => Printed(value, Short);

    /// <summary>A number as it reads back to the same bits, as programs write it.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The number as a factor or term after an operator: in parentheses where it begins with a minus.</summary>
    public static string Operand(double value, bool exact = false) => Of(value, exact) is ['-', ..] text ? $"({text})" : Of(value, exact);

    /// <summary>A share in percent, with one decimal.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");

    /// <summary>A count with commas between thousands.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A place in a drawing.</summary>
    public static string Place(double value) => (Math.Round(value * 10) / 10).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Write(double value, int significant, string minus, string infinity, int smallest, int largest)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        string sign = double.IsNegative(value) ? minus : "";
        if (double.IsInfinity(value))
        {
            return sign + infinity;
        }

        if (value == 0)
        {
            return sign + "0";
        }

        // d.ddddddddde±xxx
        string text = Math.Abs(value).ToString(string.Create(CultureInfo.InvariantCulture, $"E{significant - 1}"), CultureInfo.InvariantCulture);
        int at = text.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = text[..at].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        return sign + (exponent < smallest || exponent > largest ? Scientific(digits, exponent, minus) : Plain(digits, exponent));
    }

    private static string Scientific(string digits, int exponent, string minus) =>
        $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? minus : "")}{Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)}";

    private static string Plain(string digits, int exponent)
    {
        StringBuilder text = new();
        if (exponent < 0)
        {
            return text.Append("0.").Append('0', -exponent - 1).Append(digits).ToString();
        }

        string whole = digits.PadRight(exponent + 1, '0');
        text.Append(whole.AsSpan(0, exponent + 1));
        return whole.Length > exponent + 1 ? text.Append('.').Append(whole.AsSpan(exponent + 1)).ToString() : text.ToString();
    }

    // 1E+20 of a program is 1e20 to a person.
    private static string Exponent(string text) => text.IndexOf('E', StringComparison.Ordinal) is >= 0 and var at
        ? $"{text[..at]}e{int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)}"
        : text;
}
