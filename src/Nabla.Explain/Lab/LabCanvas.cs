namespace Nabla.Explain;

/// <summary>A plot in characters: Braille dots where the other end shows them, else stars.</summary>
internal static class LabCanvas
{
    private const int Rows = 15;
    private const int MostColumns = 72;
    private const int Braille = 0x2800;

    // The eight dots of a Braille character, by row and column.
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    /// <summary>The lines of a plot.</summary>
    public static IEnumerable<string> Lines(LabPlot plot, bool unicode, int width)
    {
        string[] labels = [Numerals.Of(Rounded(plot.High, plot)), Numerals.Of(Rounded(plot.Low, plot))];
        int margin = labels.Max(l => l.Length) + 1;
        int columns = Math.Clamp(width - margin - 2, 20, MostColumns);
        char[][] cells = [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Repeat(' ', columns).ToArray())];
        Axes(plot, cells, unicode);
        for (int i = 0; i < plot.Curves.Length; i++)
        {
            Draw(plot, plot.Curves[i], cells, unicode, i == 0 ? '*' : '.');
        }

        if (plot.Point is { } point && Row(plot, point.Y) is >= 0 and < Rows and var row && Column(plot, point.X, columns) is var column)
        {
            cells[row][column] = unicode ? '●' : 'O';
        }

        for (int r = 0; r < Rows; r++)
        {
            string label = r == 0 ? labels[0] : r == Rows - 1 ? labels[1] : "";
            yield return $"{label.PadLeft(margin)} {(unicode ? '│' : '|')}{new string(cells[r]).TrimEnd()}";
        }

        yield return $"{new string(' ', margin + 1)}{(unicode ? '└' : '+')}{new string(unicode ? '─' : '-', columns)}";
        string from = Numerals.Of(plot.From), to = Numerals.Of(plot.To);
        int space = Math.Max(1, columns - from.Length - to.Length);
        string middle = plot.Variable.Length + 2 <= space ? plot.Variable.PadLeft((space + plot.Variable.Length) / 2).PadRight(space) : new string(' ', space);
        yield return $"{new string(' ', margin + 2)}{from}{middle}{to}";
    }

    // The frame's edges are wider than the curve by a hair: three digits tell where they are.
    private static double Rounded(double height, LabPlot plot)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(plot.High - plot.Low)) - 2);
        return double.IsFinite(unit) && unit > 0 ? Math.Round(height / unit) * unit : height;
    }

    private static void Axes(LabPlot plot, char[][] cells, bool unicode)
    {
        int columns = cells[0].Length;
        bool hasZeroRow = plot.Low < 0 && plot.High > 0;
        bool hasZeroColumn = plot.From < 0 && plot.To > 0;
        for (int c = 0; hasZeroRow && c < columns; c++)
        {
            cells[Row(plot, 0)][c] = unicode ? '┄' : '-';
        }

        for (int r = 0; hasZeroColumn && r < Rows; r++)
        {
            ref char cell = ref cells[r][Column(plot, 0, columns)];
            cell = cell == ' ' ? (unicode ? '┊' : ':') : '+';
        }
    }

    private static void Draw(LabPlot plot, LabCurve curve, char[][] cells, bool unicode, char mark)
    {
        int columns = cells[0].Length;
        int fine = unicode ? 2 : 1;
        int fineRows = Rows * (unicode ? 4 : 1);
        double step = (plot.To - plot.From) / (columns * fine);
        int? before = null;
        for (int c = 0; c < columns * fine; c++)
        {
            double place = (c + 0.5) * step / (plot.To - plot.From) * (plot.X.Length - 1);
            double y = curve.Y[Math.Clamp((int)Math.Round(place), 0, plot.X.Length - 1)];
            if (!double.IsFinite(y))
            {
                before = null;
                continue;
            }

            double height = (plot.High - y) / (plot.High - plot.Low) * fineRows;
            int row = (int)Math.Clamp(Math.Floor(height), -1, fineRows);
            bool isInside = row >= 0 && row < fineRows;
            (int first, int last) = before is { } b && (isInside || (b >= 0 && b < fineRows)) && Math.Abs(b - row) > 1 ? (Math.Min(b, row) + 1, Math.Max(b, row) - 1) : (row, row);
            foreach (int r in Enumerable.Range(first, Math.Max(0, last - first + 1)).Append(row).Where(r => r >= 0 && r < fineRows))
            {
                ref char cell = ref cells[unicode ? r / 4 : r][c / fine];
                cell = unicode ? (char)((cell is >= (char)Braille and < (char)(Braille + 256) ? cell : Braille) | Dots[r % 4, c % 2]) : cell == '*' ? cell : mark;
            }

            before = row;
        }
    }

    private static int Row(LabPlot plot, double y) => (int)Math.Clamp(Math.Floor((plot.High - y) / (plot.High - plot.Low) * Rows), -1, Rows);

    private static int Column(LabPlot plot, double x, int columns) => (int)Math.Clamp(Math.Floor((x - plot.From) / (plot.To - plot.From) * columns), 0, columns - 1);
}
