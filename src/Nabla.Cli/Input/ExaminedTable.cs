using System.Collections;
using Nabla.Data;
using Nabla.Explain;

namespace Nabla.Cli.Input;

/// <summary>A CSV file as the doctor looks at it: the cells as they are in the file, and what training would make of them.</summary>
internal static class ExaminedTable
{
    /// <summary>What there is to say of it.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="table">The cells.</param>
    /// <param name="prepared">What was made of them.</param>
    public static Diagnosis Diagnose(string name, Table table, PreparedTable prepared)
    {
        Dictionary<string, SchemaColumn> used = prepared.Schema.Columns.ToDictionary(c => c.Name);
        ColumnFacts[] all = [.. prepared.Columns.Select(Facts)];
        DataSplit parts = prepared.Parts;
        TableFacts facts = new(
            [.. all.Where(c => c.Name != prepared.Schema.Target.Name)],
            all.Single(c => c.Name == prepared.Schema.Target.Name),
            prepared.Columns.Single(c => c.Name == prepared.Schema.Target.Name).Done["target: ".Length..],
            (parts.XTrain.Dims[0].Size, parts.XTest.Dims[0].Size));
        DataFacts data = new(parts.XTrain, parts.YTrain)
        {
            TestX = parts.XTest,
            Names = prepared.Schema.FeatureNames,
            ClassNames = prepared.Schema.Target.Classes ?? [],
            FileRows = ([.. prepared.Rows.Training.Select(r => r + 1)], [.. prepared.Rows.Test.Select(r => r + 1)]),
        };
        return Diagnosis.OfTable(name, facts, data);

        ColumnFacts Facts(ColumnReport report) => new(
            report.Name,
            prepared.Refused.ContainsKey(report.Name) ? ColumnFate.Refused
                : used.TryGetValue(report.Name, out SchemaColumn? column) ? column.Categories is null ? ColumnFate.Standardised : ColumnFate.OneHot
                : report.Done == "ignored" ? ColumnFate.Ignored : ColumnFate.LeftOut,
            prepared.Refused.TryGetValue(report.Name, out string? why) ? why : report.Done.StartsWith("left out: ", StringComparison.Ordinal) ? report.Done["left out: ".Length..] : report.Done,
            new Cells(table[report.Name]));
    }

    // A cell is looked up when it is asked for: a large table is not held twice.
    private sealed class Cells(TableColumn column) : IReadOnlyList<object?>
    {
        public int Count => column.Count;

        public object? this[int index] => column[index];

        public IEnumerator<object?> GetEnumerator()
        {
            for (int row = 0; row < column.Count; row++)
            {
                yield return column[row];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
