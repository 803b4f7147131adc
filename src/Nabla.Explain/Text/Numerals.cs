using System.Globalization;

namespace Nabla.Explain;

/// <summary>Numbers as people read them: at most ten digits, none of them a zero at the end; or all digits there are.</summary>
internal static class Numerals
{
    private const string Shown = "G10";

    /// <summary>The text of a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="exact">All digits, so that the text reads back as the same double.</param>
    public static string Of(double value, bool exact = false)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
        }

        // A zero with a sign is an accident of arithmetic that only the exact view needs.
        string text = (value == 0 && !exact ? 0 : value).ToString(exact ? "R" : Shown, CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0 ? text : $"{text[..exponent]}e{int.Parse(text[(exponent + 1)..], CultureInfo.InvariantCulture)}";
    }

    /// <summary>The number as a factor or term after an operator: in parentheses where it begins with a minus.</summary>
    public static string Operand(double value, bool exact = false) => Of(value, exact) is ['-', ..] text ? $"({text})" : Of(value, exact);

    /// <summary>A count with commas between thousands.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
