namespace Nabla.Explain;

/// <summary>What a lesson shows beside its one step.</summary>
internal static class LessonTables
{
    public static IEnumerable<string> Lines(Trace trace, Lesson lesson, Wording words)
    {
        (string Name, double Value)[] known = [.. trace.Nodes.Where(n => n.Role is TraceRole.Input or TraceRole.Parameter).Select(n => (n.Name, n.Values[0]))];
        foreach (LessonTable table in lesson.Tables)
        {
            TextTable cells = new([.. table.Variables.Concat(table.Columns.Select(c => c.Header)).Select(h => $">{h}")]);
            for (int row = 0; row < table.Rows.Count; row++)
            {
                cells.Add([
                    .. table.Rows[row].Select(words.Number),
                    .. table.Columns.Select((c, column) => c.Arithmetic == Arithmetic.Float32
                        ? ((float)table.Compute(row, column, known)).ToString("G9", System.Globalization.CultureInfo.InvariantCulture)
                        : lesson.Name == "roundoff" ? Numerals.Of(table.Compute(row, column, known), exact: true) : words.Number(table.Compute(row, column, known))),
                ]);
            }

            yield return table.Title;
            foreach (string line in cells.Lines())
            {
                yield return line;
            }

            yield return $" {table.Note}";
        }
    }
}
