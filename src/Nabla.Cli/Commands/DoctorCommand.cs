using System.CommandLine;
using System.Text;
using Nabla.Cli.Input;
using Nabla.Cli.Rendering;
using Nabla.Data;
using Nabla.Explain;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla doctor [MODEL] DATA...</c>: exit code 0 where nothing is found, 1 where something is, 2 where nothing could be looked at.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string[]> words = new("MODEL DATA")
        {
            Description = $"A file that 'nabla train' or Save wrote, then the data that it learns from; or the data alone. {DataSource.Description}",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> file = Words.Path("--data", "The same as DATA: --data flowers.csv.");
        Option<string?> target = Words.Path("--target", "The column of a CSV file to predict, where there is no model that knows it.");
        target.HelpName = "NAME";
        Option<string> task = Words.Choice("--task", "NAME", "What the target is: binary, classes, real or non-negative. Default: found by looking.", [.. TableWords.Tasks.Keys]);
        Option<string[]> ignore = Words.Names("--ignore", "Columns of a CSV file to leave out.");
        Option<string[]> text = Words.Names("--text", "Columns of a CSV file to take as text although they hold numbers.");
        Option<char?> separator = Words.Separator();
        Option<string?> json = Words.Json();
        Command command = new("doctor", "Looks a model and its data over: what keeps it from learning, with evidence and what to do. Exit code 0: nothing found; 1: something; 2: the words or files cannot be used.")
        {
            words, file, target, task, ignore, text, separator, json,
        };
        command.SetAction(said =>
        {
            string[] named = [.. said.GetValue(words) ?? [], .. said.GetValue(file) is { } one ? new[] { one } : []];
            try
            {
                TableWords table = new()
                {
                    Target = said.GetValue(target),
                    Task = TableWords.Tasks[said.GetValue(task)!],
                    Separator = said.GetValue(separator),
                    Ignore = said.GetValue(ignore) ?? [],
                    Text = said.GetValue(text) ?? [],
                };
                return Run(terminal, named, table, said.GetValue(json));
            }
            catch (Exception e) when (e is not (UsageException or ParseException or OperationCanceledException))
            {
                // 1 says that something is wrong with a network: what could not be looked at must not.
                throw new UsageException(e.Message);
            }
        });
        return command;
    }

    private static int Run(Terminal terminal, string[] words, TableWords table, string? json)
    {
        if (words.FirstOrDefault(w => w.Length > 1 && w[0] == '-') is { } option)
        {
            throw new UsageException(Unknown.Option(Create(terminal), option));
        }

        if (words.Length == 0)
        {
            throw new UsageException($"doctor: expected a model and its data, or data alone, received nothing. Type, for one: {Invocation.Name} doctor mnist.nabla mnist");
        }

        OutputFile.Check("--json", json, words);
        bool hasModel = table.Target is null && IsModel(words[0]);
        if (hasModel && words.Length == 1)
        {
            throw new UsageException($"doctor: expected the data that '{words[0]}' learns from after it, received none. Type, for one: {Invocation.Name} doctor {words[0]} mnist");
        }

        Diagnosis diagnosis = hasModel ? OfModel(terminal, words[0], words[1..], table.Separator) : OfData(words, table);
        terminal.Output.Write(diagnosis.ToText(terminal.Width).ReplaceLineEndings("\n"));
        if (json is not null)
        {
            AtomicFile.Write(json, stream => stream.Write(Encoding.UTF8.GetBytes(diagnosis.ToJson())));
        }

        return diagnosis.IsHealthy ? ExitCode.Success : ExitCode.Failure;
    }

    // What is named .nabla is a model; of another name, a file that no kind of data has.
    private static bool IsModel(string word) =>
        Path.GetExtension(word).Equals(".nabla", StringComparison.OrdinalIgnoreCase)
        || (!DataSets.Contains(word) && File.Exists(word) && !TableWords.IsTable(word) && Path.GetExtension(word).ToUpperInvariant() is not (".NPY" or ".NPZ"));

    private static Diagnosis OfModel(Terminal terminal, string path, string[] data, char? separator)
    {
        Model model = ModelSource.Load(path);
        DataSource source = TableRows.For(model, path, data) is { } schema
            ? TableRows.WithTarget(schema, data[0], separator, terminal.Error)
            : DataSource.Load(data);
        (NDArray x, NDArray y, NDArray? test) = Samples(source);
        return source.Schema is null ? model.Diagnose(ModelSource.Samples(model, x), y, test is null ? null : ModelSource.Samples(model, test)) : model.Diagnose(x, y, test);
    }

    private static Diagnosis OfData(string[] data, TableWords table)
    {
        if (DataSource.IsTable(data, table))
        {
            (Table read, PreparedTable prepared) = table.Examine(data[0], DataSource.DivisionSeed);
            return ExaminedTable.Diagnose(Path.GetFileNameWithoutExtension(data[0]), read, prepared);
        }

        DataSource source = DataSource.Load(data, table);
        (NDArray x, NDArray y, NDArray? test) = Samples(source);
        return Diagnosis.OfData(x, y, test, source.FeatureNames, source.Name);
    }

    private static (NDArray X, NDArray Y, NDArray? Test) Samples(DataSource source)
    {
        if (source.Parts is { } parts)
        {
            return (parts.XTrain, parts.YTrain, parts.XTest);
        }

        (NDArray x, NDArray y) = source.ForTesting();
        return (x, y, null);
    }
}
