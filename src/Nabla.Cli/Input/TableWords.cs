using Nabla.Data;

namespace Nabla.Cli.Input;

/// <summary>What was said about a CSV file: the column to predict, and how to read the others.</summary>
internal sealed record TableWords
{
    /// <summary>The words for kinds of tasks; several mean the same.</summary>
    public static IReadOnlyDictionary<string, TargetKind?> Tasks { get; } = new Dictionary<string, TargetKind?>
    {
        ["auto"] = null,
        ["binary"] = TargetKind.Binary,
        ["classes"] = TargetKind.Classes,
        ["real"] = TargetKind.Real,
        ["non-negative"] = TargetKind.NonNegative,
        ["classification"] = TargetKind.Classes,
        ["regression"] = TargetKind.Real,
    };

    private static readonly string[] Endings = [".csv", ".tsv", ".tab", ".txt"];

    /// <summary>The column to predict, or null.</summary>
    public string? Target { get; init; }

    /// <summary>The kind of task, or null to find out.</summary>
    public TargetKind? Task { get; init; }

    /// <summary>What stands between cells, or null to find out.</summary>
    public char? Separator { get; init; }

    /// <summary>Columns to leave out, as typed.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Columns that are text whatever they hold, as typed.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Whether a file is a table by its ending.</summary>
    public static bool IsTable(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a file and makes it ready for training.</summary>
    /// <exception cref="UsageException">No target was named, or not one of the file's columns.</exception>
    /// <exception cref="IOException">The file cannot be read as a table.</exception>
    public PreparedTable Prepare(string path, int seed)
    {
        (Table table, string[] ignore) = Read(path);
        return table.Prepare(Target!, Task, ignore, seed: seed);
    }

    /// <summary>The same for looking at it: columns that training would refuse are left out and told, not an error.</summary>
    /// <inheritdoc cref="Prepare" path="/exception"/>
    public (Table Table, PreparedTable Prepared) Examine(string path, int seed)
    {
        (Table table, string[] ignore) = Read(path);
        return (table, TablePreparation.Run(table, Target!, Task, ignore, testFraction: 0.2, seed, leavesOut: true));
    }

    private (Table Table, string[] Ignore) Read(string path)
    {
        string[] text = [.. Text.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        Table table = Known("--text", () => Table.Read(path, Separator, text));
        string[] ignore = [.. Ignore.SelectMany(i => table.Contains(i) ? [i] : i.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        if (Target is null)
        {
            string last = table.Columns[^1].Name;
            throw new UsageException($"--target: expected the column to predict, received none. The columns of {table.Name} are {string.Join(", ", table.Columns.Take(20).Select(c => c.Name))}{(table.Columns.Count > 20 ? ", ..." : "")}. Type, for one: --target {Rendering.Text.Word(last)}");
        }

        Column(table, "--target", Target);
        foreach (string name in ignore)
        {
            Column(table, "--ignore", name);
        }

        return (table, ignore);
    }

    private static void Column(Table table, string option, string name)
    {
        if (!table.Contains(name))
        {
            throw new UsageException(Unknown.Word(option, name, table.Columns.Take(50).Select(c => c.Name)));
        }
    }

    private static T Known<T>(string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }
}
