namespace Nabla.Data;

/// <summary>Finds out what a target column asks for, and makes labels of it.</summary>
internal sealed class TargetReader
{
    // More names than this are no classes but identities.
    private const int MostClasses = 100;
    private const int FewestRows = 5;

    private readonly string _who;
    private readonly TableColumn _column;

    /// <summary>Decides on the kind of task.</summary>
    /// <exception cref="TrainingDataException">The column cannot be a target, or not one of the kind asked for.</exception>
    public TargetReader(Table table, TableColumn column, TargetKind? asked)
    {
        (_who, _column) = ($"Table '{table.Name}', target '{column.Name}'", column);
        Rows = [.. Enumerable.Range(0, table.RowCount).Where(row => column[row] is not null)];
        if (column.Kind == ColumnKind.Date)
        {
            throw Error($"expected classes or a number, received dates such as {CellText.Shown(column.DistinctTexts[0])}. Turn them into numbers first, such as days from now.");
        }

        if (Rows.Length < FewestRows)
        {
            throw Error($"expected at least {FewestRows} rows with a value, so that a fifth can be held out; received {Rows.Length}{(column.MissingCount > 0 ? $" ({column.MissingCount} are missing)" : "")}. Bring more rows.");
        }

        bool isNumber = column.Kind == ColumnKind.Number;
        int different = isNumber ? Numbers.Distinct().Count() : column.DistinctTexts.Count;
        if (different < 2)
        {
            throw Error($"expected values that differ, received {CellText.Shown(column.TextAt(Rows[0])!)} in every row. There is nothing to learn.");
        }

        TargetKind found = isNumber ? ChoosingTable.KindOf(Numbers) : different == 2 ? TargetKind.Binary : TargetKind.Classes;
        Kind = asked switch
        {
            null => found,
            TargetKind.Real or TargetKind.NonNegative when !isNumber => throw Error($"expected numbers for a quantity, received text such as {CellText.Shown(column.DistinctTexts[0])}{Since}.{WrittenNumber.Advice(column)} Correct it, or train for classes."),
            TargetKind.NonNegative when Numbers.Min() < 0 => throw Error($"expected numbers that are never below 0, received {CellText.Of(Numbers.Min())}. Choose real."),
            TargetKind.Binary when different > 2 => throw Error($"expected two different values, received {different}. Choose classes{(isNumber ? ", or real" : "")}."),
            TargetKind.Classes when different == 2 => TargetKind.Binary,
            { } kind => kind,
        };
        Different = different;
        if (IsClasses && (different > MostClasses || (different > 10 && 2 * different > Rows.Length)))
        {
            throw Error($"expected classes with several rows each, received {different} different values in {Rows.Length} rows{Since}. {(isNumber ? "Choose real." : Advice ?? "Names and free text cannot be predicted.")}");
        }

        if (asked is null && different > 10 && !column.IsTextByWish && WrittenNumber.IsAllOf(column))
        {
            throw Error($"expected classes or numbers, received {different} numbers that are written otherwise.{WrittenNumber.Advice(column)} Write them so, or choose classes.");
        }
    }

    /// <summary>The rows with a value.</summary>
    public int[] Rows { get; }

    /// <summary>The kind of task.</summary>
    public TargetKind Kind { get; }

    /// <summary>How many different values there are.</summary>
    public int Different { get; }

    /// <summary>Whether the answer is a class.</summary>
    public bool IsClasses => Kind is TargetKind.Binary or TargetKind.Classes;

    private IEnumerable<double> Numbers => Rows.Select(_column.NumberAt);

    private string? Advice => WrittenNumber.Advice(_column) is { Length: > 0 } advice ? advice.Trim() : null;

    private string Since => _column.FirstText is null ? "" : $" ({_column.FirstText} made the column text)";

    /// <summary>The target, measured on some rows.</summary>
    public SchemaTarget Measure(IReadOnlyList<int> rows)
    {
        if (!IsClasses)
        {
            return SchemaTarget.Measure(_column.Name, Kind, [.. rows.Select(_column.NumberAt)]);
        }

        // Numbers in their order, words in the alphabet's: no class' place depends on the order of rows.
        IEnumerable<int> ordered = _column.Kind == ColumnKind.Number ? rows.OrderBy(_column.NumberAt) : rows.OrderBy(r => _column.TextAt(r), StringComparer.Ordinal);
        return SchemaTarget.OfClasses(_column.Name, ordered.Select(r => _column.TextAt(r)!).Distinct(StringComparer.Ordinal));
    }

    /// <summary>The choice in a line.</summary>
    public string Explain(SchemaTarget target)
    {
        string other = Kind switch
        {
            TargetKind.Binary or TargetKind.Classes when _column.Kind == ColumnKind.Number => "a quantity: task real",
            TargetKind.NonNegative => Different <= 20 ? "linear: task real; classes: task classes" : "linear: task real",
            _ => "",
        };
        return $"{target.Name}: {target.Output.Reason}{(other.Length > 0 ? $" ({other})" : "")}";
    }

    private TrainingDataException Error(string problem) => new(_who, [problem]);
}
