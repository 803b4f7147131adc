using System.Collections.Frozen;

namespace Nabla;

/// <summary>
/// How a column of a person's data becomes numbers for a model: a number as (value - mean) x scale, a text as a 1 at the place of its category
/// and 0 elsewhere. A missing number is the mean, so 0; a missing text is no category.
/// </summary>
/// <example><code>
/// SchemaColumn width = SchemaColumn.Measure("width", [1.0, 2.0, 3.0]);
/// Console.WriteLine($"{width.Mean} {width.Width}");                // 2 1
/// SchemaColumn colour = SchemaColumn.Text("colour", ["green", "red"]);
/// </code></example>
public sealed class SchemaColumn
{
    private readonly FrozenDictionary<string, int>? _places;

    private SchemaColumn(string name, double mean, double scale, IReadOnlyList<string>? categories)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("SchemaColumn: expected a name, received none. Rows are read by the names of columns.", nameof(name));
        }

        (Name, Mean, Scale, Categories) = (name, mean, scale, categories);
        if (categories is not null)
        {
            if (categories.Count == 0 || categories.Distinct(StringComparer.Ordinal).Count() != categories.Count)
            {
                throw new ArgumentException($"SchemaColumn '{name}': expected categories, each once, received {(categories.Count == 0 ? "none" : "one twice")}.", nameof(categories));
            }

            _places = categories.Select((c, i) => KeyValuePair.Create(c, i)).ToFrozenDictionary(StringComparer.Ordinal);
        }
        else if (!double.IsFinite(mean) || !double.IsFinite(scale) || scale == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(scale), $"SchemaColumn '{name}': expected a finite mean and a finite scale that is not 0, received {LogText.Exact(mean)} and {LogText.Exact(scale)}.");
        }
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>What is taken from a number; the mean of the training part. 0 for texts.</summary>
    public double Mean { get; }

    /// <summary>What the difference is multiplied with: one over the standard deviation of the training part. 1 for texts.</summary>
    public double Scale { get; }

    /// <summary>The categories of a text, in the order of their places; null for a number.</summary>
    public IReadOnlyList<string>? Categories { get; }

    /// <summary>How many numbers the column becomes.</summary>
    public int Width => Categories?.Count ?? 1;

    /// <summary>A column of numbers.</summary>
    /// <exception cref="ArgumentException">Mean or scale is not finite, or there is no name.</exception>
    public static SchemaColumn Number(string name, double mean = 0, double scale = 1) => new(name, mean, scale, null);

    /// <summary>A column of texts.</summary>
    /// <exception cref="ArgumentException">There are no categories, one comes twice, or there is no name.</exception>
    public static SchemaColumn Text(string name, IEnumerable<string> categories) => new(name, 0, 1, [.. categories]);

    /// <summary>A column of numbers with the mean and deviation of values; NaN counts as missing. Values that are all the same are only shifted.</summary>
    /// <exception cref="ArgumentException">The values are too large to be measured, or there are none.</exception>
    public static SchemaColumn Measure(string name, IEnumerable<double> values)
    {
        // Welford's way: no sum of squares that overflows or cancels.
        double mean = 0;
        double squares = 0;
        int count = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                count++;
                double difference = value - mean;
                mean += difference / count;
                squares += difference * (value - mean);
            }
        }

        double deviation = Math.Sqrt(squares / Math.Max(1, count));
        if (count == 0 || !double.IsFinite(mean) || !double.IsFinite(deviation))
        {
            throw new ArgumentException($"SchemaColumn '{name}': expected finite numbers whose squares are finite, too, received {(count == 0 ? "none" : "larger ones")}. {(count == 0 ? "Leave the column out." : "Divide them first, or leave the column out.")}", nameof(values));
        }

        // Below the rounding of the values themselves there is nothing to measure.
        double scale = deviation > 1e-12 * Math.Abs(mean) && double.IsFinite(1 / deviation) ? 1 / deviation : 1;
        return Number(name, mean, scale);
    }

    /// <summary>The names of the numbers that the column becomes: its own, or <c>colour=red</c> for each category.</summary>
    internal IEnumerable<string> FeatureNames => Categories is null ? [Name] : Categories.Select(c => $"{Name}={c}");

    /// <summary>Makes a number into the column's share of a row.</summary>
    internal CellOutcome Encode(double value, Span<double> destination)
    {
        if (Categories is not null)
        {
            return double.IsNaN(value) ? Encode((string?)null, destination) : Encode(CellText.Of(value), destination);
        }

        destination[0] = double.IsNaN(value) ? 0 : (value - Mean) * Scale;
        return double.IsNaN(value) ? CellOutcome.Missing : float.IsFinite((float)destination[0]) ? CellOutcome.Taken : CellOutcome.Unknown;
    }

    /// <summary>Makes a text into the column's share of a row.</summary>
    internal CellOutcome Encode(string? text, Span<double> destination)
    {
        destination.Clear();
        if (text is null || CellText.IsMissing(text))
        {
            return CellOutcome.Missing;
        }

        if (_places is null)
        {
            return CellText.TryNumber(text, out double number) ? Encode(number, destination) : CellOutcome.Unknown;
        }

        if (!_places.TryGetValue(text, out int place) && !_places.TryGetValue(text.Trim(), out place))
        {
            return CellOutcome.Unknown;
        }

        destination[place] = 1;
        return CellOutcome.Taken;
    }

    /// <summary>Makes any value into the column's share of a row.</summary>
    internal CellOutcome Encode(object? value, Span<double> destination) => value switch
    {
        null => Encode((string?)null, destination),
        string text => Encode(text, destination),
        double number => Encode(number, destination),
        bool truth when _places is null => Encode(truth ? 1.0 : 0.0, destination),
        bool truth => Encode(Categories!.FirstOrDefault(c => c.Equals(truth ? "true" : "false", StringComparison.OrdinalIgnoreCase)) ?? (truth ? "true" : "false"), destination),
        float or decimal or byte or sbyte or short or ushort or int or uint or long or ulong or Half =>
            Encode(value is Half half ? (double)half : Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture), destination),
        _ => Encode(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture), destination),
    };

    /// <summary>What a value should have been, for a message.</summary>
    internal string Expected(string received)
    {
        const int Most = 12;
        if (Categories is null)
        {
            return CellText.TryNumber(received, out _) ? "expected a number that can be computed with"
                : received.Contains(',', StringComparison.Ordinal) ? "expected a number with a point, such as 1.5" : "expected a number";
        }

        string known = string.Join(", ", Categories.Take(Most).Select(CellText.Shown)) + (Categories.Count > Most ? $" and {Categories.Count - Most} more" : "");
        string hint = DidYouMean.Nearest(received, Categories) is { } nearest ? $"; did you mean {CellText.Shown(nearest)}?" : "";
        return $"expected a category from training ({known}{hint})";
    }
}
