using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Nabla.Cli.Input;
using Nabla.Cli.Rendering;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla predict MODEL DATA...</c>.</summary>
internal static class PredictCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> path = Words.Model();
        Argument<string[]> data = Words.Data(required: true, "Samples: a packaged set or an IDX folder (its test part), a CSV file with the columns of training, or a .npy or .npz file with features.");
        Option<char?> separator = Words.Separator();
        Option<string?> json = Words.Json();
        Command command = new("predict", "Answers one line a sample: the class and its probability, or the predicted quantities, with tabs between them.") { path, data, separator, json };
        command.SetAction(words => Run(terminal, words.GetValue(path)!, words.GetValue(data)!, words.GetValue(separator), words.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, string path, string[] data, char? separator, string? json)
    {
        OutputFile.Check("--json", json, [path, .. data]);
        Model model = ModelSource.Load(path);
        NDArray samples = TableRows.For(model, path, data) is { } schema
            ? TableRows.Features(schema, data[0], separator, terminal.Error)
            : ModelSource.Samples(model, DataSource.LoadFeatures(data));

        // A file without rows has no answers, and no batch to trace.
        Answers answers = samples.Dims[0].Size == 0 ? Answers.None : Answers.Of(model, model.Predict(samples, TestReport.BatchSize));
        StringBuilder lines = new();
        for (int row = 0; row < answers.Count; row++)
        {
            if (answers.ClassNames.Count > 0)
            {
                int best = answers.Class(row);
                lines.Append(CultureInfo.InvariantCulture, $"{OneLine(answers.ClassNames[best])}\t{answers[row][best]:0.0000}\n");
            }
            else
            {
                lines.AppendJoin('\t', answers[row].ToArray().Select(v => ((float)v).ToString("R", CultureInfo.InvariantCulture))).Append('\n');
            }
        }

        terminal.Answers.Write(lines);
        if (json is not null)
        {
            new JsonResult().Add("modelPath", Path.GetFullPath(path)).Add("count", answers.Count).Add("answers", w => Write(w, answers)).Save(json);
        }

        return ExitCode.Success;
    }

    // One row an answer, whatever a class is called.
    private static string OneLine(string name) => string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c));

    private static void Write(Utf8JsonWriter writer, Answers answers)
    {
        writer.WriteStartArray();
        for (int row = 0; row < answers.Count; row++)
        {
            writer.WriteStartObject();
            if (answers.ClassNames.Count > 0)
            {
                writer.WriteString("class", answers.ClassNames[answers.Class(row)]);
            }

            writer.WriteStartArray(answers.ClassNames.Count > 0 ? "probabilities" : "values");
            foreach (double value in answers[row])
            {
                if (double.IsFinite(value))
                {
                    writer.WriteNumberValue(value);
                }
                else
                {
                    writer.WriteNullValue();
                }
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
