using Nabla.Data;

namespace Nabla.Cli.Rendering;

/// <summary>What was made of a CSV file: each column with its type and what was done, the task, and what happened to rows.</summary>
internal static class ColumnTable
{
    private const int Most = 60;
    private const int WidestName = 30;

    public static void Write(TextWriter output, PreparedTable table)
    {
        int width = Math.Min(WidestName, table.Columns.Max(c => c.Name.Length));
        output.WriteLine();
        foreach (ColumnReport column in table.Columns.Take(Most))
        {
            string kind = column.Kind switch { ColumnKind.Number => "number", ColumnKind.Text => "text", ColumnKind.Date => "date", _ => "empty" };
            output.WriteLine($"          {Plain(column.Name).PadRight(width)}  {kind,-6}  {Plain(column.Done)}");
        }

        if (table.Columns.Count > Most)
        {
            output.WriteLine($"          and {Text.Many(table.Columns.Count - Most, "column")} more");
        }

        foreach (string note in table.Notes)
        {
            output.WriteLine($"Note      {Plain(note)}");
        }

        output.WriteLine($"Task      {Plain(table.Explanation)}");
    }

    // What a stranger's file calls its columns must not steer the terminal.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
