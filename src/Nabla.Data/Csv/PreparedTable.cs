namespace Nabla.Data;

/// <summary>
/// A table made ready for training: numbers for the model, a part held out, and the schema that makes the same of new rows. Means, deviations
/// and categories come from the training part alone.
/// </summary>
/// <example><code>
/// var table = new Table([new TableColumn("x", Enumerable.Range(0, 20).Select(i => (double)i)), new TableColumn("y", Enumerable.Range(0, 20).Select(i => 2.5 * i))]);
/// PreparedTable data = table.Prepare(target: "y");
/// Console.WriteLine(data.Explanation);                            // y: a number never below 0, so one relu output: ...
/// Console.WriteLine(data.Parts.XTrain.Type);                      // float32[16,1]
/// </code></example>
public sealed class PreparedTable
{
    internal PreparedTable(Schema schema, DataSplit parts, IReadOnlyList<ColumnReport> columns, IReadOnlyList<string> notes, string explanation) =>
        (Schema, Parts, Columns, Notes, Explanation) = (schema, parts, columns, notes, explanation);

    /// <summary>How rows become numbers and what answers mean; save it with the model: <c>new ModelMetadata { Schema = data.Schema }</c>.</summary>
    public Schema Schema { get; }

    /// <summary>
    /// Samples float32 [rows, width] to learn from and to test with. Labels are int32 class numbers [rows], or float32 [rows, 1] in the target's
    /// own unit (<see cref="SchemaTarget.Scale"/>).
    /// </summary>
    public DataSplit Parts { get; }

    /// <summary>What was done with each column.</summary>
    public IReadOnlyList<ColumnReport> Columns { get; }

    /// <summary>What there is to say about rows: some dropped, some filled.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Columns that training would refuse, and why; none unless they were to be left out.</summary>
    internal IReadOnlyDictionary<string, string> Refused { get; init; } = new Dictionary<string, string>();

    /// <summary>The rows to learn from and those held out, from 0.</summary>
    internal (IReadOnlyList<int> Training, IReadOnlyList<int> Test) Rows { get; init; }

    /// <summary>Which task was found, which output layer and loss that means, and what to say to choose otherwise.</summary>
    public string Explanation { get; }
}
