namespace Nabla.Data;

/// <summary>What became of a column when a table was prepared for training.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Done">What was done with it: standardised, one-hot, left out and why, the target.</param>
/// <example><code>
/// var table = new Table([new TableColumn("x", Enumerable.Range(0, 20).Select(i => (double)i)), new TableColumn("y", Enumerable.Range(0, 20).Select(i => 2.5 * i))]);
/// foreach (ColumnReport column in table.Prepare("y").Columns) Console.WriteLine($"{column.Name}: {column.Done}");
/// </code></example>
public sealed record ColumnReport(string Name, ColumnKind Kind, string Done);
