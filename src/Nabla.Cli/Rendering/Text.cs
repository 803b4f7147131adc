using System.Globalization;

namespace Nabla.Cli.Rendering;

/// <summary>Numbers and words as people and shells read them, the same in every country.</summary>
internal static class Text
{
    /// <summary>With commas between thousands.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 epoch</c>, <c>8 epochs</c>.</summary>
    public static string Many(long count, string what) => $"{Count(count)} {what}{(count == 1 ? "" : "s")}";

    /// <summary>Seconds, or minutes and seconds.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s");

    /// <summary>A loss or a metric: four decimals, or four digits and an exponent where it is small.</summary>
    public static string Value(double value) => value.ToString(Math.Abs(value) > 1e-3 || value == 0 ? "0.0000" : "0.0000e+00", CultureInfo.InvariantCulture);

    /// <summary>A word as a shell takes it: quoted where it must be.</summary>
    public static string Word(string word) =>
        word.All(c => char.IsLetterOrDigit(c) || c is '/' or '\\' or '.' or '-' or '_' or ':' or ',') ? word : $"\"{word}\"";
}
