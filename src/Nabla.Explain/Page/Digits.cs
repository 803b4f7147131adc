using System.Globalization;
using System.Text;

namespace Nabla.Explain;

/// <summary>Numbers as the page shows them: at most 10 significant digits, no trailing zeros, a true minus sign. Script/numbers.js writes the same.</summary>
internal static class Digits
{
    // Beyond these a row of zeros says less than a power of ten.
    private const int SmallestPlain = -5;
    private const int LargestPlain = 14;

    /// <summary>A number to read.</summary>
    /// <param name="value">The number.</param>
    /// <param name="significant">The most significant digits.</param>
    public static string Text(double value, int significant = 10)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        string sign = double.IsNegative(value) ? "−" : "";
        if (double.IsInfinity(value))
        {
            return sign + "∞";
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
        return sign + (exponent is < SmallestPlain or > LargestPlain ? Scientific(digits, exponent) : Plain(digits, exponent));
    }

    /// <summary>A number with all its digits, as it reads back to the same bits.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A place in a drawing.</summary>
    public static string Place(double value) => (Math.Round(value * 10) / 10).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Scientific(string digits, int exponent) =>
        $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? "−" : "")}{Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)}";

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
}
