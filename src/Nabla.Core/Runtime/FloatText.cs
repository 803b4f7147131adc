using System.Globalization;
using System.Numerics;

namespace Nabla;

/// <summary>Floating-point numbers as text, by the rules of NumPy's printing, in every culture alike.</summary>
/// <remarks>
/// Digits are the shortest that read back to the same value, cut at 8 decimals. A column has its points under each other; where plain
/// decimals would not do (large, tiny, or more than three decades apart) every number of it is written with an exponent.
/// </remarks>
internal static class FloatText
{
    private const int Decimals = 8;

    /// <summary>A lone number with all its digits and at least one decimal: <c>3.0</c>, <c>1e-05</c>.</summary>
    internal static string Scalar<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!T.IsFinite(value))
        {
            return NonFinite(value);
        }

        (string sign, string digits, int exponent) = Shortest(value);
        if (exponent is >= -4 and < 16)
        {
            string point = Point(digits, exponent);
            return sign + (point.EndsWith('.') ? point + "0" : point);
        }

        string fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return $"{sign}{digits[0]}{fraction}{ExponentPart(exponent, 2)}";
    }

    /// <summary>Numbers of one column, still to be padded on the left.</summary>
    internal static string[] Column<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] sizes = [.. values.Where(v => T.IsFinite(v) && !T.IsZero(v)).Select(v => Math.Abs(double.CreateChecked(v)))];
        bool exponents = sizes.Length > 0 && (sizes.Max() >= 1e8 || sizes.Min() < 1e-4 || sizes.Max() / sizes.Min() > 1000);
        return exponents ? WithExponents(values) : WithPoints(values);
    }

    private static string[] WithPoints<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var words = new string[values.Length];
        int after = 0;
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = T.IsFinite(values[i]) ? CutPoint(values[i]) : NonFinite(values[i]);
            after = Math.Max(after, T.IsFinite(values[i]) ? AfterPoint(words[i]) : 0);
        }

        for (int i = 0; i < words.Length; i++)
        {
            words[i] = T.IsFinite(values[i]) ? words[i] + new string(' ', after - AfterPoint(words[i])) : words[i];
        }

        return words;
    }

    private static int AfterPoint(string word) => word.Length - 1 - word.IndexOf('.', StringComparison.Ordinal);

    private static string CutPoint<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (string sign, string digits, int exponent) = Shortest(value);
        return digits.Length - 1 - exponent > Decimals
            ? value.ToString("F8", CultureInfo.InvariantCulture).TrimEnd('0')
            : sign + Point(digits, exponent);
    }

    private static string[] WithExponents<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] finite = [.. values.Where(T.IsFinite)];
        int after = Math.Min(Decimals, finite.Max(v => Shortest(v).Digits.Length - 1));
        int width = finite.Max(v => Math.Abs(Shortest(v).Exponent)) > 99 ? 3 : 2;
        return Array.ConvertAll(values, v => T.IsFinite(v) ? WithExponent(v, after, width) : NonFinite(v));
    }

    private static string WithExponent<T>(T value, int after, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (string sign, string digits, int exponent) = Shortest(value);
        if (digits.Length - 1 > after)
        {
            (sign, digits, exponent) = Parse(value.ToString($"E{after}", CultureInfo.InvariantCulture));
        }

        return $"{sign}{digits[0]}.{digits[1..].PadRight(after, '0')}{ExponentPart(exponent, width)}";
    }

    private static string ExponentPart(int exponent, int width) =>
        (exponent < 0 ? "e-" : "e+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    // Digits d0 d1 d2 ... with the value d0.d1d2... * 10^exponent, written out with a point and no more zeros than needed.
    private static string Point(string digits, int exponent) => exponent < 0
        ? "0." + new string('0', -exponent - 1) + digits
        : digits.PadRight(exponent + 1, '0').Insert(exponent + 1, ".");

    private static string NonFinite<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.IsNaN(value) ? "nan" : T.IsPositive(value) ? "inf" : "-inf";

    private static (string Sign, string Digits, int Exponent) Shortest<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Parse(value.ToString("R", CultureInfo.InvariantCulture));

    // Takes .NET's text apart: "-12.5", "1E-05", "1.5E+20".
    private static (string Sign, string Digits, int Exponent) Parse(string text)
    {
        string sign = text.StartsWith('-') ? "-" : "";
        string[] parts = text[sign.Length..].Split('E');
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        string digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        exponent += (point < 0 ? digits.Length : point) - 1;
        string significant = digits.TrimStart('0');
        exponent -= digits.Length - significant.Length;
        significant = significant.TrimEnd('0');
        return significant.Length == 0 ? (sign, "0", 0) : (sign, significant, exponent);
    }
}
