namespace Nabla.Explain;

/// <summary>What a lesson shows beside its one step.</summary>
internal static class LessonTables
{
    public static IEnumerable<string> Lines(Trace trace, Lesson lesson, Wording words)
    {
        foreach (LessonTable table in lesson.Tables)
        {
            TextTable cells = new([.. Heads(table).Select(h => $">{h}")]);
            foreach (string[] row in Rows(trace, table, words.Number))
            {
                cells.Add(row);
            }

            yield return table.Title;
            foreach (string line in cells.Lines())
            {
                yield return line;
            }

            yield return $" {table.Note}";
        }
    }

    /// <summary>What stands above the columns.</summary>
    public static IEnumerable<string> Heads(LessonTable table) => table.Variables.Concat(table.Columns.Select(c => c.Header));

    /// <summary>The cells, computed at the values of the trace.</summary>
    public static IEnumerable<string[]> Rows(Trace trace, LessonTable table, Func<double, string> number)
    {
        (string Name, double Value)[] known = [.. trace.Nodes.Where(n => n.Role is TraceRole.Input or TraceRole.Parameter).Select(n => (n.Name, n.Values[0]))];
        for (int row = 0; row < table.Rows.Count; row++)
        {
            yield return
            [
                .. table.Rows[row].Select(number),
                .. table.Columns.Select((c, column) => c.Arithmetic == Arithmetic.Float32
                    ? ((float)table.Compute(row, column, known)).ToString("G9", System.Globalization.CultureInfo.InvariantCulture)
                    : number(table.Compute(row, column, known))),
            ];
        }
    }
}
