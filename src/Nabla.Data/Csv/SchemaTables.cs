namespace Nabla.Data;

/// <summary>Tables for models that know their <see cref="Schema"/>: columns are found by name, in any order.</summary>
/// <example><code>
/// if (model.Metadata?.Schema is { } schema)
/// {
///     Table flowers = Table.Read("new.csv", schema);
///     NDArray answers = model.Predict(schema.Encode(flowers));
/// }
/// </code></example>
public static class SchemaTables
{
    extension(Schema schema)
    {
        /// <summary>A table's rows as a model's input, float32 [rows, width]. A missing number is its training mean, a missing text no category.</summary>
        /// <param name="table">The rows. Columns may stand in any order; others than the schema's are left alone.</param>
        /// <param name="notes">Is told where values are missing and what stands in; null where nobody asks.</param>
        /// <exception cref="ArgumentException">A column is not there, or values are none that it can have; all are named.</exception>
        public NDArray Encode(Table table, ICollection<string>? notes = null)
        {
            ArgumentNullException.ThrowIfNull(table);
            RequireColumns(table, schema.Columns.Select(c => c.Name));
            List<string> unknown = [];
            List<string> missing = [];
            NDArray x = TableEncoder.Features(table, schema, [.. Enumerable.Range(0, table.RowCount)], unknown, missing);
            foreach (string note in missing)
            {
                notes?.Add(note);
            }

            return unknown.Count == 0 ? x : throw new ArgumentException(Schema.Problems($"Table '{table.Name}'", unknown), nameof(table));
        }

        /// <summary>A table's rows with their labels, for measuring a model; rows without a label are left out.</summary>
        /// <param name="table">The rows.</param>
        /// <param name="notes">Is told what is missing; null where nobody asks.</param>
        /// <returns>Samples float32 [rows, width]; labels as in training: class numbers, or numbers in the target's unit.</returns>
        /// <exception cref="ArgumentException">A column is not there, or values are none that it can have; all are named.</exception>
        public (NDArray X, NDArray Y) EncodeWithTarget(Table table, ICollection<string>? notes = null)
        {
            ArgumentNullException.ThrowIfNull(table);
            RequireColumns(table, [.. schema.Columns.Select(c => c.Name), schema.Target.Name]);
            int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(r => table[schema.Target.Name][r] is not null)];
            if (rows.Length < table.RowCount)
            {
                notes?.Add($"{table.RowCount - rows.Length} of {table.RowCount} rows have no '{schema.Target.Name}' and are left out");
            }

            List<string> unknown = [];
            List<string> missing = [];
            NDArray x = TableEncoder.Features(table, schema, rows, unknown, missing);
            foreach (string note in missing)
            {
                notes?.Add(note);
            }

            return unknown.Count == 0
                ? (x, TableEncoder.Labels(table, schema, rows))
                : throw new ArgumentException(Schema.Problems($"Table '{table.Name}'", unknown), nameof(table));
        }
    }

    private static void RequireColumns(Table table, IEnumerable<string> names)
    {
        List<string> problems = [];
        foreach (string name in names.Where(n => !table.Contains(n)))
        {
            string hint = DidYouMean.Nearest(name, table.Columns.Select(c => c.Name)) is { } near ? $" There is '{near}'." : "";
            problems.Add($"expected a column '{name}', as in training, received none.{hint}");
        }

        if (problems.Count > 0)
        {
            problems[^1] += $" The columns are {string.Join(", ", table.Columns.Take(20).Select(c => CellText.Shown(c.Name)))}";
            throw new ArgumentException(Schema.Problems($"Table '{table.Name}'", [.. problems.Select(p => p.TrimEnd('.'))]), nameof(table));
        }
    }
}
