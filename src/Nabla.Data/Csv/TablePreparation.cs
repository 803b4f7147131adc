namespace Nabla.Data;

/// <summary>From a table to what a model trains on: the task found, a fifth held out, columns measured on the rest, everything said.</summary>
internal static class TablePreparation
{
    /// <summary>Prepares a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="target">The column to predict.</param>
    /// <param name="task">What kind of thing it is; null finds out.</param>
    /// <param name="ignore">Columns to leave out.</param>
    /// <param name="testFraction">The share held out.</param>
    /// <param name="seed">Which rows those are.</param>
    /// <param name="leavesOut">Whether columns that cannot be trained on are left out, to look at the rest; else they are an error.</param>
    public static PreparedTable Run(Table table, string target, TargetKind? task, IReadOnlyCollection<string> ignore, double testFraction, int seed, bool leavesOut = false)
    {
        TableColumn targetColumn = table[target];
        foreach (string name in ignore)
        {
            _ = table[name];
            if (name == target)
            {
                throw new ArgumentException($"Table '{table.Name}': expected to ignore a column other than the target, received '{name}' for both.", nameof(ignore));
            }
        }

        TargetReader reader = new(table, targetColumn, task);
        (int[] train, int[] test) = Divide(targetColumn, reader, testFraction, seed);
        FeatureReader features = new(table, reader.Rows, train);
        SchemaTarget schemaTarget = reader.Measure(train);
        foreach (TableColumn column in table.Columns)
        {
            if (column.Name == target)
            {
                features.Reports.Add(new ColumnReport(target, column.Kind, Describe(schemaTarget)));
            }
            else if (ignore.Contains(column.Name))
            {
                features.Reports.Add(new ColumnReport(column.Name, column.Kind, "ignored"));
            }
            else
            {
                features.Add(column);
            }
        }

        if (features.Problems.Count > 0 && !leavesOut)
        {
            List<string> problems = features.Problems;
            if (features.Refused.Count > 1)
            {
                problems.Add($"To leave all of them out: --ignore {string.Join(',', features.Refused.Keys)}");
            }

            throw new TrainingDataException($"Table '{table.Name}'", problems);
        }

        if (features.Columns.Count == 0)
        {
            throw new TrainingDataException($"Table '{table.Name}'", [$"expected a column to predict '{target}' from, received none that can be used ({string.Join("; ", features.Reports.Select(r => $"'{r.Name}' {r.Done}"))})."]);
        }

        Schema schema = new(features.Columns, schemaTarget);
        List<string> notes = [];
        if (reader.Rows.Length < table.RowCount)
        {
            notes.Add($"{Many(table.RowCount - reader.Rows.Length, "row")} without a value for '{target}' left out");
        }

        NDArray xTrain = TableEncoder.Features(table, schema, train, null);
        List<string> unknown = [];
        NDArray xTest = TableEncoder.Features(table, schema, test, unknown);
        if (unknown.Count > 0)
        {
            notes.Add($"{Many(unknown.Count, "value")} of the test part is in no category of the training part, and counts as none: {string.Join("; ", unknown.Take(3))}");
        }

        DataSplit parts = new(xTrain, TableEncoder.Labels(table, schema, train), xTest, TableEncoder.Labels(table, schema, test));
        return new PreparedTable(schema, parts, features.Reports, notes, reader.Explain(schemaTarget)) { Refused = features.Refused, Rows = (train, test) };
    }

    // Stratified for classes; a class with a single row is learned from, since it cannot be on both sides.
    private static (int[] Train, int[] Test) Divide(TableColumn target, TargetReader reader, double testFraction, int seed)
    {
        if (!reader.IsClasses)
        {
            return Divide(reader.Rows, NDArray.Zeros(DType.Int32, [reader.Rows.Length]), testFraction, seed, stratified: false);
        }

        Dictionary<string, int> counts = new(reader.Rows.Select(r => target.TextAt(r)!).CountBy(t => t), StringComparer.Ordinal);
        string[] names = [.. counts.Keys.Order(StringComparer.Ordinal)];
        int[] single = [.. reader.Rows.Where(r => counts[target.TextAt(r)!] == 1)];
        int[] others = [.. reader.Rows.Where(r => counts[target.TextAt(r)!] > 1)];
        if (others.Length == 0)
        {
            throw new TrainingDataException($"Table target '{target.Name}'", ["expected classes with several rows each, received a different value in every row."]);
        }

        Dictionary<string, int> numbers = new(names.Select((n, i) => KeyValuePair.Create(n, i)));
        (int[] train, int[] test) = Divide(others, NDArray.From((int[])[.. others.Select(r => numbers[target.TextAt(r)!])]), testFraction, seed, stratified: true);
        return ([.. train, .. single], test);
    }

    private static (int[] Train, int[] Test) Divide(int[] rows, NDArray labels, double testFraction, int seed, bool stratified)
    {
        NDArray numbers = NDArray.From(rows);
        DataSplit split = stratified ? Split.Stratified(numbers, labels, testFraction, seed) : Split.Random(numbers, labels, testFraction, seed);
        return (split.XTrain.ToArray<int>(), split.XTest.ToArray<int>());
    }

    private static string Describe(SchemaTarget target) => target.Kind switch
    {
        TargetKind.Binary or TargetKind.Classes => $"target: {target.Classes!.Count} classes ({string.Join(", ", target.Classes.Take(4).Select(CellText.Bare))}{(target.Classes.Count > 4 ? ", ..." : "")})",
        TargetKind.NonNegative => FormattableString.Invariant($"target: divided by its mean, {target.Scale:G4}"),
        _ => FormattableString.Invariant($"target: standardised, mean {target.Mean:G4}, deviation {target.Scale:G4}"),
    };

    private static string Many(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
