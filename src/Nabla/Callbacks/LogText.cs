using System.Globalization;

namespace Nabla;

/// <summary>Numbers and times as Keras' progress lines show them.</summary>
internal static class LogText
{
    /// <summary>Four decimals, or four digits and an exponent where the value is 0.001 or less.</summary>
    public static string Value(double value) => Math.Abs(value) > 1e-3 || value == 0 || double.IsNaN(value)
        ? value.ToString("0.0000", CultureInfo.InvariantCulture)
        : value.ToString("0.0000e+00", CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back as the same number, the same in every culture.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Seconds, minutes or hours: <c>12s</c>, <c>1:05</c>, <c>1:02:03</c>.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds}s")
        : time.TotalHours < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");

    /// <summary>The time of one step: <c>2s/step</c>, <c>12ms/step</c> or <c>978us/step</c>.</summary>
    public static string PerStep(TimeSpan time) => time.TotalSeconds >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s/step")
        : time.TotalMilliseconds >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms/step")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:0}us/step");

    /// <summary>Values after one another: <c> - accuracy: 0.8793 - loss: 0.4297</c>.</summary>
    public static string Values(IEnumerable<KeyValuePair<string, double>> values) => string.Concat(values.Select(v => $" - {v.Key}: {Value(v.Value)}"));
}
