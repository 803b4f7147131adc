using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla;

/// <summary>Paths with places for numbers, as Python writes them: <c>{epoch:02d}</c>, <c>{val_loss:.2f}</c>.</summary>
internal static partial class PathPattern
{
    /// <summary>The path of an epoch or batch; both count from 1 in it.</summary>
    /// <exception cref="ArgumentException">A place for a number that is not there, or a format that is not known.</exception>
    public static string Fill(string pattern, int epoch, int? batch, IReadOnlyDictionary<string, double> logs) => Place().Replace(pattern, match =>
    {
        string key = match.Groups[1].Value;
        string format = match.Groups[2].Value;
        double value = key switch
        {
            "epoch" => epoch + 1,
            "batch" when batch is { } number => number + 1,
            _ => logs.TryGetValue(key, out double logged)
                ? logged
                : throw DidYouMean.Unknown($"ModelCheckpoint: '{pattern}'", key, ["epoch", .. batch is null ? Array.Empty<string>() : ["batch"], .. logs.Keys]),
        };
        return Text(value, format) ?? throw new ArgumentException($"ModelCheckpoint: '{pattern}' expected formats such as 02d, d, .2f or .3e, received '{format}'.");
    });

    private static string? Text(double value, string format)
    {
        Match parts = Format().Match(format);
        if (!parts.Success || (parts.Groups[3].Value == "d" && value != Math.Floor(value)))
        {
            return null;
        }

        string digits = parts.Groups[2].Value;
        string text = parts.Groups[3].Value switch
        {
            "f" => value.ToString("F" + (digits.Length > 0 ? digits : "6"), CultureInfo.InvariantCulture),
            "e" => value.ToString($"0.{new string('0', digits.Length > 0 ? int.Parse(digits, CultureInfo.InvariantCulture) : 6)}e+00", CultureInfo.InvariantCulture),
            _ => LogText.Exact(value),
        };
        string width = parts.Groups[1].Value;
        return width.Length == 0 ? text : text.PadLeft(int.Parse(width, CultureInfo.InvariantCulture), width[0] == '0' ? '0' : ' ');
    }

    [GeneratedRegex(@"\{(\w+)(?::([^{}]*))?\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"^(\d{1,2})?(?:\.(\d{1,2}))?([dfe])?$")]
    private static partial Regex Format();
}
