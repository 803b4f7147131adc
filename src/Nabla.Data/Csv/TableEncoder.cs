namespace Nabla.Data;

/// <summary>Rows of a table as numbers, by a schema.</summary>
internal static class TableEncoder
{
    /// <summary>The features of rows, float32 [rows, width].</summary>
    /// <param name="table">The table; it has every column of the schema.</param>
    /// <param name="schema">How columns become numbers.</param>
    /// <param name="rows">The rows, from 0.</param>
    /// <param name="unknown">Is told each value that its column cannot have; null where there is none such.</param>
    /// <param name="missing">Is told each column with how many values are missing in it.</param>
    public static NDArray Features(Table table, Schema schema, IReadOnlyList<int> rows, List<string>? unknown, List<string>? missing = null)
    {
        var values = new float[(long)rows.Count * schema.Width];
        int place = 0;
        Span<double> share = new double[schema.Columns.Max(c => c.Width)];
        foreach (SchemaColumn column in schema.Columns)
        {
            TableColumn source = table[column.Name];
            Span<double> cell = share[..column.Width];
            List<int> without = [];
            for (int i = 0; i < rows.Count; i++)
            {
                CellOutcome outcome = source[rows[i]] is double number ? column.Encode(number, cell) : column.Encode(source.TextAt(rows[i]), cell);
                if (outcome == CellOutcome.Unknown)
                {
                    string text = source.TextAt(rows[i])!;
                    unknown?.Add($"row {rows[i] + 1}, '{column.Name}': {column.Expected(text)}, received {CellText.Shown(text)}");
                    cell.Clear();
                }
                else if (outcome == CellOutcome.Missing)
                {
                    without.Add(rows[i] + 1);
                }

                for (int j = 0; j < cell.Length; j++)
                {
                    values[i * schema.Width + place + j] = (float)cell[j];
                }
            }

            if (without.Count > 0)
            {
                string where = $"{(without.Count == 1 ? "row" : "rows")} {string.Join(", ", without.Take(5))}{(without.Count > 5 ? $" and {without.Count - 5} more" : "")}";
                string instead = column.Categories is null ? $"the training mean {column.Mean.ToString("G6", System.Globalization.CultureInfo.InvariantCulture)} stands in" : "no category stands in";
                missing?.Add($"'{column.Name}' is missing in {where}: {instead}");
            }

            place += column.Width;
        }

        return NDArray.Create<float>(values, [rows.Count, schema.Width]);
    }

    /// <summary>The labels of rows: int32 class numbers [rows], or float32 [rows, 1] in the target's unit.</summary>
    /// <exception cref="TrainingDataException">A class is not one of the schema's, or a value is no number.</exception>
    public static NDArray Labels(Table table, Schema schema, IReadOnlyList<int> rows)
    {
        TableColumn column = table[schema.Target.Name];
        List<string> problems = [];
        if (schema.Target.Classes is { } classes)
        {
            Dictionary<string, int> numbers = new(classes.Select((c, i) => KeyValuePair.Create(c, i)), StringComparer.Ordinal);
            var labels = new int[rows.Count];
            for (int i = 0; i < labels.Length; i++)
            {
                if (!numbers.TryGetValue(column.TextAt(rows[i])!, out labels[i]))
                {
                    problems.Add($"row {rows[i] + 1}, '{column.Name}': {SchemaColumn.Text(column.Name, classes).Expected(column.TextAt(rows[i])!).Replace("category", "class", StringComparison.Ordinal)}, received {CellText.Shown(column.TextAt(rows[i])!)}");
                }
            }

            return problems.Count == 0 ? NDArray.From(labels) : throw new ArgumentException(Schema.Problems($"Table '{table.Name}'", problems));
        }

        var values = new float[rows.Count];
        for (int i = 0; i < values.Length; i++)
        {
            if (column[rows[i]] is double number || CellText.TryNumber(column.TextAt(rows[i]), out number))
            {
                values[i] = (float)((number - schema.Target.Mean) / schema.Target.Scale);
            }
            else
            {
                problems.Add($"row {rows[i] + 1}, '{column.Name}': expected a number, received {CellText.Shown(column.TextAt(rows[i])!)}");
            }
        }

        return problems.Count == 0 ? NDArray.Create<float>(values, [rows.Count, 1]) : throw new ArgumentException(Schema.Problems($"Table '{table.Name}'", problems));
    }
}
