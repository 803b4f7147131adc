using System.Text;

namespace Nabla.Data.Tests.Csv;

/// <summary>Tables from text, and what reading damaged ones says.</summary>
internal static class CsvText
{
    public static Table Read(string text, char? separator = null, params string[] textColumns) => Read(Encoding.UTF8.GetBytes(text), separator, textColumns);

    public static Table Read(byte[] bytes, char? separator = null, params string[] textColumns)
    {
        using MemoryStream stream = new(bytes);
        return Table.Read(stream, "x.csv", separator, textColumns);
    }

    public static MalformedFileException Refused(byte[] bytes) => Assert.Throws<MalformedFileException>(() => Read(bytes));

    /// <summary>All values, row by row, missing ones as null.</summary>
    public static object?[][] Values(Table table) => [.. Enumerable.Range(0, table.RowCount).Select(row => table.Columns.Select(c => c[row]).ToArray())];
}
