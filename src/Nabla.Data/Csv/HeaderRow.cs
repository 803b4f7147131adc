using CsvHelper;

namespace Nabla.Data;

/// <summary>The first line of a CSV file: a name for each column, each once. A column without a name is called by its place.</summary>
internal sealed class HeaderRow
{
    /// <summary>Reads the names from the reader's current row.</summary>
    /// <exception cref="MalformedFileException">There are too many, a name comes twice, or the line holds data.</exception>
    public HeaderRow(string file, CsvReader csv)
    {
        if (csv.FieldCount > CsvTableReader.ColumnLimit)
        {
            throw Error(file, $"expected at most {CsvTableReader.ColumnLimit} columns, received {csv.FieldCount}. Are rows and columns exchanged?");
        }

        Names = new string[csv.FieldCount];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int i = 0; i < Names.Length; i++)
        {
            string name = csv.GetString(i)!.Trim();
            name = name.Length > 0 ? name : $"column_{i + 1}";
            if (CellText.TryNumber(name, out double number) && number != Math.Floor(number))
            {
                throw Error(file, $"expected a name for each column in the first line, received the number {CellText.Shown(name)}. Add a line of names at the top, such as: width,height,species.");
            }

            if (!places.TryAdd(name, i))
            {
                string advice = CellText.TryNumber(name, out _) ? "Is the first line data? Then add a line of names above it." : "Give one of them another name.";
                throw Error(file, $"expected a name of its own for each column, received {CellText.Shown(name)} for columns {places[name] + 1} and {i + 1}. {advice}");
            }

            Names[i] = name;
        }
    }

    /// <summary>The names, in order.</summary>
    public string[] Names { get; }

    private static MalformedFileException Error(string file, string reason) => new(file, "csv", null, $"line 1: {reason}");
}
