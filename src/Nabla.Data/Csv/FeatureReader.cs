namespace Nabla.Data;

/// <summary>Decides what becomes of each feature column; what cannot be trained on is collected as problems, each with what to do.</summary>
/// <param name="table">The table.</param>
/// <param name="rows">The rows that count.</param>
/// <param name="train">Those of them that may be measured.</param>
internal sealed class FeatureReader(Table table, int[] rows, int[] train)
{
    /// <summary>A text of more different values would make the network wide and teach it little.</summary>
    public const int MostCategories = 50;

    // Below so few rows every text is different by chance.
    private const int FewTexts = 10;

    /// <summary>The columns that the model takes.</summary>
    public List<SchemaColumn> Columns { get; } = [];

    /// <summary>Every column with what was done.</summary>
    public List<ColumnReport> Reports { get; } = [];

    /// <summary>What cannot be trained on.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>The columns that have to be left out or changed, and why.</summary>
    public OrderedDictionary<string, string> Refused { get; } = [];

    /// <summary>Takes a column.</summary>
    public void Add(TableColumn column)
    {
        int missing = rows.Count(r => column[r] is null);
        string done = column.Kind switch
        {
            _ when missing == rows.Length => "left out: no values",
            ColumnKind.Date => Refuse(column, $"expected numbers or categories, received dates such as {CellText.Shown(column.DistinctTexts[0])}. Turn them into numbers (a year, days since the first), or leave the column out"),
            ColumnKind.Text => Text(column, missing),
            _ => Number(column, missing),
        };
        Reports.Add(new ColumnReport(column.Name, column.Kind, done));
    }

    private string Number(TableColumn column, int missing)
    {
        double[] values = [.. rows.Select(column.NumberAt).Where(double.IsFinite)];
        double[] measured = [.. train.Select(column.NumberAt).Where(double.IsFinite)];
        if (IsCalledId(column.Name) && values.Length > FewTexts && values.All(v => v == Math.Floor(v)) && values.Distinct().Count() == values.Length)
        {
            return Refuse(column, "expected something to learn from, received a different whole number in every row, as numbers of rows and customers are. Leave the column out");
        }

        if (AreDays(values))
        {
            return Refuse(column, $"expected quantities, received days such as {CellText.Of(values[0])}, whose differences mean nothing. Turn them into numbers (a year, days since the first), or leave the column out");
        }

        if (measured.Length == 0 || (values.Distinct().Take(2).Count() == 1 && missing == 0))
        {
            return measured.Length == 0 ? "left out: no values in the training part" : $"left out: {CellText.Of(values[0])} in every row";
        }

        SchemaColumn schema = SchemaColumn.Measure(column.Name, measured);
        Columns.Add(schema);
        string filled = missing > 0 ? $"; {missing} missing, the mean stands in" : "";
        return $"standardised: mean {Short(schema.Mean)}, deviation {Short(1 / schema.Scale)}{filled}";
    }

    private string Text(TableColumn column, int missing)
    {
        int present = rows.Length - missing;
        int different = rows.Select(column.TextAt).Where(t => t is not null).Distinct(StringComparer.Ordinal).Count();
        string since = Since(column);
        if (different > FewTexts && !column.IsTextByWish && WrittenNumber.IsAllOf(column))
        {
            return Refuse(column, $"expected numbers, received {different} that are written otherwise.{since} Write them so, take them for categories (--text {column.Name}), or leave the column out");
        }

        if (different > FewTexts && 10 * different > 8 * present)
        {
            return Refuse(column, $"expected categories, received {different} different texts in {present} rows, as names and ids are.{since} Leave the column out");
        }

        if (different > MostCategories)
        {
            return Refuse(column, $"expected at most {MostCategories} categories, received {different}.{since} Put rare ones together, or leave the column out");
        }

        string[] categories = [.. train.Select(column.TextAt).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (categories.Length == 0 || (different == 1 && missing == 0))
        {
            return categories.Length == 0 ? "left out: no values in the training part" : $"left out: {CellText.Shown(categories[0])} in every row";
        }

        Columns.Add(SchemaColumn.Text(column.Name, categories));
        string shown = string.Join(", ", categories.Take(4).Select(CellText.Bare)) + (categories.Length > 4 ? ", ..." : "");
        string filled = missing > 0 ? $"; {missing} missing, no category stands in" : "";
        return $"one-hot: {categories.Length} categories ({shown}){filled}{(column.FirstText is null ? "" : $"; text since {column.FirstText}")}";
    }

    private string Refuse(TableColumn column, string problem)
    {
        string why = $"{problem}: --ignore {column.Name} (in code, ignore: [\"{column.Name}\"]).";
        Problems.Add($"column '{column.Name}' of table '{table.Name}': {why}");
        Refused.Add(column.Name, why);
        return "refused";
    }

    // Why a column of numbers may have been taken for words.
    private static string Since(TableColumn column) => WrittenNumber.Advice(column) is { Length: > 0 } advice && column.FirstText is null
        ? advice
        : column.FirstText is null ? "" : $" {column.FirstText} made the column text: if it should be numbers, correct that.";

    // 20240131: every day of a century and more is one of so many eight-digit numbers that no other column looks like it.
    private static bool AreDays(double[] values) =>
        values.Distinct().Take(3).Count() == 3
        && values.All(v => v == Math.Floor(v) && v is >= 1900_01_01 and <= 2100_12_31 && DateText.Is(FormattableString.Invariant($"{v:0000'-'00'-'00}")));

    private static bool IsCalledId(string name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Id", StringComparison.Ordinal)
        || name.Equals("index", StringComparison.OrdinalIgnoreCase) || name.Equals("row", StringComparison.OrdinalIgnoreCase) || name == "column_1";

    private static string Short(double value) => value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture);
}
