using System.Globalization;
using System.Text;

namespace Nabla.Data;

/// <summary>Reads the packaged tables: plain numbers between commas, the class number last. (Files of strangers take the CSV reader.)</summary>
internal static class EmbeddedTable
{
    /// <summary>Features float32 [rows, columns - 1], labels int32 [rows], and the names the header row gives to the classes.</summary>
    public static (NDArray X, NDArray Y, string[] ClassNames) Read(EmbeddedFile file, bool hasHeader)
    {
        string[] lines = Encoding.ASCII.GetString(file.Read()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        // The header: samples, features, then a name for each class.
        string[] classNames = hasHeader ? lines[0].Split(',')[2..] : [];
        ReadOnlySpan<string> rows = lines.AsSpan(hasHeader ? 1 : 0);
        int features = rows[0].Count(c => c == ',');
        var x = new float[rows.Length * features];
        var y = new int[rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            ReadOnlySpan<char> line = rows[row];
            int column = 0;
            foreach (Range cell in line.Split(','))
            {
                if (column < features)
                {
                    x[row * features + column++] = float.Parse(line[cell], NumberStyles.Float, CultureInfo.InvariantCulture);
                }
                else
                {
                    y[row] = int.Parse(line[cell], NumberStyles.None, CultureInfo.InvariantCulture);
                }
            }
        }

        return (NDArray.Wrap(x, [rows.Length, features]), NDArray.Wrap(y, [rows.Length]), classNames);
    }
}
