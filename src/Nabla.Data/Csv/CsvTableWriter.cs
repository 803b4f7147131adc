using CsvHelper;

namespace Nabla.Data;

/// <summary>Writes a table so that reading gives the same values: shortest digits that read back exactly, quotes where they are needed.</summary>
internal static class CsvTableWriter
{
    public static void Write(Table table, Stream stream, char separator)
    {
        CsvWriterOptions options = new() { Separator = separator, NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace };
        using CsvWriter csv = CsvWriter.Create(stream, options, leaveOpen: true);
        foreach (TableColumn column in table.Columns)
        {
            csv.WriteField(column.Name);
        }

        csv.EndRecord();
        for (int row = 0; row < table.RowCount; row++)
        {
            foreach (TableColumn column in table.Columns)
            {
                // Without quotes a missing value that is alone in its row would be a blank line, which is no row.
                string? text = column.TextAt(row);
                csv.WriteField(text ?? "", text is null && table.Columns.Count == 1 ? CsvQuoting.Always : options.Quoting);
            }

            csv.EndRecord();
        }
    }
}
