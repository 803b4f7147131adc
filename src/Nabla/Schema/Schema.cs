namespace Nabla;

/// <summary>
/// What a person's rows are and what a model makes of them: how each column becomes numbers, and what the answers mean. Kept in the model's file
/// (<see cref="ModelMetadata.Schema"/>), so that rows can be answered wherever the model is loaded.
/// </summary>
/// <example><code>
/// var schema = new Schema([SchemaColumn.Number("width", mean: 2, scale: 0.5), SchemaColumn.Text("colour", ["green", "red"])], SchemaTarget.OfClasses("ripe", ["no", "yes"]));
/// NDArray numbers = schema.Encode([new Dictionary&lt;string, object> { ["colour"] = "red", ["width"] = 4 }]);
/// Console.WriteLine(numbers);                                     // 1, 0, 1
/// </code></example>
public sealed class Schema
{
    /// <summary>A schema.</summary>
    /// <param name="columns">The columns in the order of the model's inputs.</param>
    /// <param name="target">What the model answers.</param>
    /// <exception cref="ArgumentException">There are no columns, or two names are the same.</exception>
    public Schema(IEnumerable<SchemaColumn> columns, SchemaTarget target)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(target);
        (Columns, Target) = ([.. columns], target);
        string? twice = Columns.Select(c => c.Name).Append(target.Name).CountBy(n => n).FirstOrDefault(n => n.Value > 1).Key;
        if (Columns.Count == 0 || twice is not null)
        {
            throw new ArgumentException($"Schema: expected columns with names of their own, received {(twice is null ? "none" : $"'{twice}' twice")}.", nameof(columns));
        }

        Width = Columns.Sum(c => c.Width);
    }

    /// <summary>The columns in the order of the model's inputs.</summary>
    public IReadOnlyList<SchemaColumn> Columns { get; }

    /// <summary>What the model answers.</summary>
    public SchemaTarget Target { get; }

    /// <summary>How many numbers a row becomes.</summary>
    public int Width { get; }

    /// <summary>What each of these numbers is: a column's name, or <c>colour=red</c>.</summary>
    public IReadOnlyList<string> FeatureNames => [.. Columns.SelectMany(c => c.FeatureNames)];

    /// <summary>Makes rows into a model's input, <c>[rows, width]</c>. A missing number is its training mean, a missing text no category.</summary>
    /// <param name="rows">Values by column names, in any order; names that the schema does not have are left alone.</param>
    /// <param name="dtype">float32 or float64.</param>
    /// <exception cref="ArgumentException">A column is not there, or a value is none that it can have; everything found is named with its row.</exception>
    public NDArray Encode<TValue>(IEnumerable<IReadOnlyDictionary<string, TValue>> rows, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(rows);
        List<double> values = [];
        List<string> problems = [];
        double[] buffer = new double[Width];
        int row = 0;
        foreach (IReadOnlyDictionary<string, TValue> cells in rows)
        {
            row++;
            int place = 0;
            foreach (SchemaColumn column in Columns)
            {
                Span<double> share = buffer.AsSpan(place, column.Width);
                place += column.Width;
                if (!cells.TryGetValue(column.Name, out TValue? value))
                {
                    string hint = DidYouMean.Nearest(column.Name, cells.Keys) is { } near ? $" (there is '{near}')" : "";
                    problems.Add($"row {row}: expected a value for '{column.Name}', received none{hint}. Give null where it is not known");
                }
                else if (column.Encode((object?)value, share) == CellOutcome.Unknown)
                {
                    string text = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
                    problems.Add($"row {row}, '{column.Name}': {column.Expected(text)}, received {CellText.Shown(text)}");
                }
            }

            values.AddRange(buffer);
        }

        return problems.Count == 0
            ? NDArray.Create<double>([.. values], [row, Width]).AsType(dtype)
            : throw new ArgumentException(Problems("Schema", problems), nameof(rows));
    }

    /// <summary>Many problems in one message: the first few, and how many more.</summary>
    internal static string Problems(string who, IReadOnlyList<string> problems)
    {
        const int Most = 10;
        return problems.Count == 1
            ? $"{who}: {problems[0]}."
            : $"{who}: {problems.Count} things do not fit:\n{string.Join("\n", problems.Take(Most).Select(p => $"- {p}."))}{(problems.Count > Most ? $"\n- and {problems.Count - Most} more." : "")}";
    }
}
