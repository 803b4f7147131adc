using Nabla.Data;

namespace Nabla.Cli.Input;

/// <summary>Rows of a CSV file for a model that was trained on one: columns by name, in any order; what is missing is told.</summary>
internal static class TableRows
{
    private const int MostNotes = 10;

    /// <summary>The schema to read DATA with, where it is a CSV file; null where it is not.</summary>
    /// <exception cref="UsageException">The model was not trained on a CSV file.</exception>
    public static Schema? For(Model model, string path, IReadOnlyList<string> data)
    {
        bool named = DataSets.Contains(data[0]) || Directory.Exists(data[0]);
        if (data.Count != 1 || named || !(TableWords.IsTable(data[0]) || (model.Metadata?.Schema is not null && File.Exists(data[0]) && !IsArrays(data[0]))))
        {
            return null;
        }

        return model.Metadata?.Schema
            ?? throw new UsageException($"DATA: '{path}' was not trained on a CSV file, so its columns have no names to be found by; received '{data[0]}'. Give a .npy file with {model.InputType?.Dims[1..].Count ?? 0} columns, or train again with: {Invocation.Name} train FILE.csv --target NAME");
    }

    /// <summary>The rows as samples; the target's column is left alone.</summary>
    public static NDArray Features(Schema schema, string path, char? separator, TextWriter notes)
    {
        List<string> said = [];
        NDArray x = schema.Encode(Table.Read(path, schema, separator), said);
        Tell(said, notes);
        return x;
    }

    /// <summary>The rows with their labels.</summary>
    /// <exception cref="InvalidDataException">No row has a label.</exception>
    public static DataSource WithTarget(Schema schema, string path, char? separator, TextWriter notes)
    {
        List<string> said = [];
        Table table = Table.Read(path, schema, separator);
        (NDArray x, NDArray y) = schema.EncodeWithTarget(table, said);
        if (x.Dims[0].Size == 0)
        {
            throw new InvalidDataException($"{table.Name}: expected rows with a value for '{schema.Target.Name}', received none. To get answers for rows without it: {Invocation.Name} predict.");
        }

        Tell(said, notes);
        return DataSource.OfRows(table.Name, schema, x, y);
    }

    private static bool IsArrays(string path) => Path.GetExtension(path).ToUpperInvariant() is ".NPY" or ".NPZ";

    private static void Tell(List<string> said, TextWriter notes)
    {
        foreach (string note in said.Take(MostNotes))
        {
            notes.WriteLine($"note: {note}");
        }

        if (said.Count > MostNotes)
        {
            notes.WriteLine($"note: {said.Count - MostNotes} more columns have missing values");
        }
    }
}
