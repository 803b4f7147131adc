namespace Nabla.Data;

/// <summary>One column of a <see cref="Table"/>: a name, and a number or a text in each row, or nothing where the value is missing.</summary>
/// <example><code>
/// var height = new TableColumn("height", [1.82, double.NaN]);
/// var eyes = new TableColumn("eyes", ["blue", null]);
/// Console.WriteLine($"{height.MissingCount} {eyes[0]}");          // 1 blue
/// </code></example>
public sealed class TableColumn
{
    private readonly double[]? _numbers;
    private readonly int[]? _codes;
    private readonly string[] _texts = [];

    /// <summary>A column of numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">A value a row; NaN where it is missing.</param>
    /// <exception cref="ArgumentException">A value is infinite, or there is no name.</exception>
    public TableColumn(string name, IEnumerable<double> values)
    {
        (Name, _numbers) = (Checked(name), [.. values]);
        int infinite = Array.FindIndex(_numbers, double.IsInfinity);
        if (infinite >= 0)
        {
            throw new ArgumentException($"TableColumn '{name}': expected finite numbers, or NaN for a missing one; received infinity in row {infinite + 1}. Use NaN, or leave the row out.", nameof(values));
        }

        MissingCount = _numbers.Count(double.IsNaN);
        Kind = MissingCount == _numbers.Length ? ColumnKind.Empty : ColumnKind.Number;
    }

    /// <summary>A column of texts. One of nothing but dates is <see cref="ColumnKind.Date"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">A value a row; null where it is missing.</param>
    /// <exception cref="ArgumentException">There is no name.</exception>
    public TableColumn(string name, IEnumerable<string?> values)
    {
        Name = Checked(name);
        TextCodes texts = new();
        foreach (string? value in values)
        {
            texts.Add(value);
        }

        (_codes, _texts) = texts.Finish();
        MissingCount = _codes.Count(c => c < 0);
        Kind = MissingCount == _codes.Length ? ColumnKind.Empty : _texts.All(DateText.Is) ? ColumnKind.Date : ColumnKind.Text;
    }

    internal TableColumn(string name, ColumnKind kind, double[]? numbers, (int[] Codes, string[] Texts)? texts, int missing, string? firstText, bool textByWish = false)
    {
        (Name, Kind, _numbers, MissingCount, FirstText, IsTextByWish) = (name, kind, numbers, missing, firstText, textByWish);
        if (texts is { } held)
        {
            (_codes, _texts) = held;
        }
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What the values are.</summary>
    public ColumnKind Kind { get; }

    /// <summary>The number of rows.</summary>
    public int Count => _numbers?.Length ?? _codes!.Length;

    /// <summary>In how many rows the value is missing.</summary>
    public int MissingCount { get; }

    /// <summary>The different texts, in the order in which they first come; none for numbers.</summary>
    public IReadOnlyList<string> DistinctTexts => _texts;

    /// <summary>Which cell made a column with numbers in it one of text: <c>'n.a.' in row 7 (line 8)</c>; null where none did.</summary>
    public string? FirstText { get; }

    /// <summary>Whether the column was asked to be text whatever it holds.</summary>
    internal bool IsTextByWish { get; }

    /// <summary>The value in a row, from 0: a double, a string, or null where it is missing.</summary>
    public object? this[int row] => _numbers is not null
        ? double.IsNaN(_numbers[row]) ? null : _numbers[row]
        : _codes![row] < 0 ? null : _texts[_codes[row]];

    /// <summary>What the values are like, in some words: <c>from 4.3 to 7.9</c>, <c>3 different: setosa, versicolor, virginica</c>.</summary>
    public string Description
    {
        get
        {
            const int Samples = 3;
            string values = Kind switch
            {
                ColumnKind.Empty => "no values",
                ColumnKind.Number => $"from {CellText.Of(_numbers!.Where(double.IsFinite).Min())} to {CellText.Of(_numbers!.Where(double.IsFinite).Max())}",
                _ => $"{_texts.Length} different: {string.Join(", ", _texts.Take(Samples).Select(CellText.Bare))}{(_texts.Length > Samples ? ", ..." : "")}",
            };
            string missing = MissingCount > 0 && Kind != ColumnKind.Empty ? $"; {MissingCount} missing" : "";
            return $"{values}{missing}{(FirstText is null ? "" : $"; text since {FirstText}")}";
        }
    }

    /// <summary>The number in a row, from 0; NaN where it is missing.</summary>
    /// <exception cref="InvalidOperationException">The column holds texts.</exception>
    public double NumberAt(int row) => _numbers is not null
        ? _numbers[row]
        : throw new InvalidOperationException($"TableColumn '{Name}': expected numbers, but the column is {Kind}{(FirstText is null ? "" : $" since {FirstText}")}. Read texts with TextAt.");

    /// <summary>The text in a row, from 0, a number as its shortest digits; null where it is missing.</summary>
    public string? TextAt(int row) => this[row] is double number ? CellText.Of(number) : (string?)this[row];

    /// <summary><c>height: Number, 2 rows, 1 missing</c>.</summary>
    public override string ToString() => $"{Name}: {Kind}, {Count} rows{(MissingCount > 0 ? $", {MissingCount} missing" : "")}";

    private static string Checked(string name) => string.IsNullOrWhiteSpace(name)
        ? throw new ArgumentException("TableColumn: expected a name, received none. Columns are found by their names.", nameof(name))
        : name;
}
