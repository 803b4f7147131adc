using System.Globalization;
using Spectre.Console;

namespace Nabla.Cli.Rendering;

/// <summary>How often each class was taken for each other: a row for the truth, a column for the answer.</summary>
internal static class ConfusionTable
{
    private const int MostColumns = 16;
    private const int LongestList = 10;

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

    /// <summary>The table, zeros left out; with many classes a list of the commonest mistakes instead.</summary>
    public static void Write(Terminal terminal, int[,] counts, IReadOnlyList<string> names)
    {
        if (names.Count > MostColumns)
        {
            WriteList(terminal, counts, names);
            return;
        }

        Table table = new() { Border = terminal.Unicode ? TableBorder.Rounded : TableBorder.Ascii2 };
        table.AddColumn(new TableColumn("truth \\ answer").NoWrap());
        foreach (string name in names)
        {
            table.AddColumn(new TableColumn(Markup.Escape(name)).RightAligned().NoWrap());
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

        terminal.Styled.Write(table);
    }

    private static void WriteList(Terminal terminal, int[,] counts, IReadOnlyList<string> names)
    {
        var mistakes =
            from truth in Enumerable.Range(0, names.Count)
            from answer in Enumerable.Range(0, names.Count)
            where truth != answer && counts[truth, answer] > 0
            orderby counts[truth, answer] descending
            select $"{counts[truth, answer],6}  {names[truth]} taken for {names[answer]}";
        terminal.Output.WriteLine("The commonest mistakes:");
        foreach (string mistake in mistakes.Take(LongestList))
        {
            terminal.Output.WriteLine(mistake);
        }
    }
}
