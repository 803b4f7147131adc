using System.Globalization;
using System.Text;

namespace Nabla.Data;

/// <summary>
/// Rows of a person's own data: columns of numbers and texts, with missing values. <see cref="Read(string, char?, IReadOnlyCollection{string}?)"/>
/// takes a CSV file and finds out what each column is; printing the table shows it.
/// </summary>
/// <example><code>
/// var table = new Table([new TableColumn("width", [1.4, 4.7]), new TableColumn("species", ["setosa", "versicolor"])]);
/// Console.WriteLine(table);                                       // the columns and what they are
/// Console.WriteLine(table["species"][1]);                         // versicolor
/// </code></example>
public sealed class Table
{
    private readonly Dictionary<string, TableColumn> _byName = new(StringComparer.Ordinal);

    /// <summary>A table of columns.</summary>
    /// <param name="columns">The columns, each with a name of its own, all of one length.</param>
    /// <param name="name">What the table is called in messages.</param>
    /// <exception cref="ArgumentException">There are no columns, their lengths differ, or a name comes twice.</exception>
    public Table(IEnumerable<TableColumn> columns, string name = "table")
    {
        ArgumentNullException.ThrowIfNull(columns);
        (Name, Columns) = (name, [.. columns]);
        if (Columns.Count == 0)
        {
            throw new ArgumentException($"Table '{name}': expected at least one column, received none.", nameof(columns));
        }

        foreach (TableColumn column in Columns)
        {
            if (column.Count != Columns[0].Count)
            {
                throw new ArgumentException($"Table '{name}': expected columns of one length, received {Columns[0].Count} rows in '{Columns[0].Name}' and {column.Count} in '{column.Name}'.", nameof(columns));
            }

            if (!_byName.TryAdd(column.Name, column))
            {
                throw new ArgumentException($"Table '{name}': expected a name of its own for each column, received '{column.Name}' twice.", nameof(columns));
            }
        }
    }

    /// <summary>What the table is called: a file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount => Columns[0].Count;

    /// <summary>The column of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message offers the nearest.</exception>
    public TableColumn this[string column] => _byName.TryGetValue(column, out TableColumn? found)
        ? found
        : throw DidYouMean.Unknown($"Table '{Name}' column", column, Columns.Select(c => c.Name));

    /// <summary>Whether there is a column of a name.</summary>
    public bool Contains(string column) => _byName.ContainsKey(column);

    /// <summary>A row by column names, from 0: doubles, strings, and null for a missing value.</summary>
    public IReadOnlyDictionary<string, object?> Row(int row) => Columns.ToDictionary(c => c.Name, c => c[row]);

    /// <summary>Reads a CSV file: UTF-8, or UTF-16 with its mark; a first line of names; numbers with a point, whatever the country.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">What stands between cells; null looks which of <c>, ; tab |</c> it is.</param>
    /// <param name="text">Columns to take as text although they hold numbers, such as postal codes.</param>
    /// <exception cref="MalformedFileException">The file is not such a table; the message names the line or the byte.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static Table Read(string path, char? separator = null, IReadOnlyCollection<string>? text = null)
    {
        using FileStream stream = PlainFile.OpenRead(path);
        return Read(stream, path, separator, text);
    }

    /// <summary>Reads a CSV file for a schema: columns that were texts in training stay texts, even where all of them are numbers now.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">What the model was trained on.</param>
    /// <param name="separator">What stands between cells; null looks.</param>
    /// <exception cref="MalformedFileException">The file is not such a table; the message names the line or the byte.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static Table Read(string path, Schema schema, char? separator = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        using FileStream stream = PlainFile.OpenRead(path);
        IEnumerable<string> texts = schema.Columns.Where(c => c.Categories is not null).Select(c => c.Name);
        bool targetIsText = schema.Target.Classes?.Any(c => !CellText.TryNumber(c, out double number) || CellText.Of(number) != c) ?? false;
        return ReadAs(stream, path, separator, [.. texts, .. targetIsText ? [schema.Target.Name] : Array.Empty<string>()]);
    }

    /// <summary>Reads CSV from a stream, to its end.</summary>
    /// <param name="stream">The bytes; they are copied first where the stream cannot seek.</param>
    /// <param name="name">Named in errors.</param>
    /// <param name="separator">What stands between cells; null looks which of <c>, ; tab |</c> it is.</param>
    /// <param name="text">Columns to take as text although they hold numbers.</param>
    /// <exception cref="MalformedFileException">The content is not such a table; the message names the line or the byte.</exception>
    public static Table Read(Stream stream, string name = "stream", char? separator = null, IReadOnlyCollection<string>? text = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Table table = ReadAs(stream, name, separator, text ?? []);
        return text?.FirstOrDefault(t => !table.Contains(t)) is { } unknown ? throw DidYouMean.Unknown($"csv '{name}' column", unknown, table.Columns.Select(c => c.Name)) : table;
    }

    /// <summary>Makes the table ready for training: finds out the task, holds a part out, and makes numbers of all columns, measured on the rest.</summary>
    /// <param name="target">The column to predict.</param>
    /// <param name="task">What kind of thing it is; null finds out by <see cref="ChoosingTable"/>'s rules.</param>
    /// <param name="ignore">Columns to leave out.</param>
    /// <param name="testFraction">The share held out; of every class the same share.</param>
    /// <param name="seed">The same seed holds out the same rows.</param>
    /// <exception cref="TrainingDataException">The target or columns cannot be trained on; each is named with what to do.</exception>
    /// <exception cref="ArgumentException">A column is not there.</exception>
    public PreparedTable Prepare(string target, TargetKind? task = null, IReadOnlyCollection<string>? ignore = null, double testFraction = 0.2, int seed = 0) =>
        TablePreparation.Run(this, target, task, ignore ?? [], testFraction, seed);

    /// <summary>Writes the table as CSV in UTF-8; a missing value is an empty cell. A crash leaves the old file or the new one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">What to put between cells.</param>
    /// <exception cref="IOException">The file could not be written.</exception>
    public void Save(string path, char separator = ',') => AtomicFile.Write(path, stream => Save(stream, separator));

    /// <summary>Writes the table as CSV in UTF-8; a missing value is an empty cell.</summary>
    /// <param name="stream">Where to write; it stays open.</param>
    /// <param name="separator">What to put between cells.</param>
    public void Save(Stream stream, char separator = ',') => CsvTableWriter.Write(this, stream, CheckedSeparator(separator));

    /// <summary>The columns and what they are, one a line.</summary>
    public override string ToString()
    {
        int width = Math.Min(40, Columns.Max(c => c.Name.Length));
        StringBuilder text = new($"{Name}: {RowCount} rows\n");
        foreach (TableColumn column in Columns)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {column.Name.PadRight(width)}  {column.Kind,-6}  {column.Description}\n");
        }

        return text.ToString();
    }

    /// <summary>Reads CSV; names of text columns that are not there are none.</summary>
    internal static Table ReadAs(Stream stream, string name, char? separator, IReadOnlyCollection<string> text)
    {
        CsvTableReader reader = new(name, separator is null ? null : CheckedSeparator(separator.Value), text);
        if (stream.CanSeek)
        {
            return reader.Read(stream);
        }

        using MemoryStream copy = new();
        stream.CopyTo(copy);
        copy.Position = 0;
        return reader.Read(copy);
    }

    private static char CheckedSeparator(char separator) => separator is ',' or ';' or '\t' or '|' or ' ' or ':'
        ? separator
        : throw new ArgumentException($"Table: expected a separator of comma, semicolon, tab, bar, blank or colon, received '{separator}'.", nameof(separator));
}
