using System.Globalization;
using Spectre.Console;

namespace Nabla.Cli.Rendering;

/// <summary>How often each class was taken for each other: a row for the truth, a column for the answer.</summary>
internal static class ConfusionTable
{
    /// <summary>Counts of (truth, answer).</summary>
    public static int[,] Count(ReadOnlySpan<int> truth, ReadOnlySpan<int> answers, int classes)
    {
        var counts = new int[classes, classes];
        for (int i = 0; i < truth.Length; i++)
        {
            counts[truth[i], answers[i]]++;
        }

        return counts;
    }

    /// <summary>The table, zeros left out and the diagonal marked.</summary>
    public static Table Render(int[,] counts, IReadOnlyList<string> names)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn("truth \\ answer"));
        foreach (string name in names)
        {
            table.AddColumn(new TableColumn(Markup.Escape(name)).RightAligned());
        }

        for (int row = 0; row < names.Count; row++)
        {
            List<string> cells = [Markup.Escape(names[row])];
            for (int column = 0; column < names.Count; column++)
            {
                int count = counts[row, column];
                string text = count.ToString(CultureInfo.InvariantCulture);
                cells.Add(count == 0 ? "" : row == column ? $"[green]{text}[/]" : $"[red]{text}[/]");
            }

            table.AddRow([.. cells]);
        }

        return table;
    }
}
