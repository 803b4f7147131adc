using System.CommandLine;
using Nabla.Cli.Input;
using Nabla.Cli.Rendering;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla summary MODEL</c>.</summary>
internal static class SummaryCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> path = Words.Model();
        Option<string?> json = Words.Json();
        Command command = new("summary", "Shows a model's layers, what it takes, and what its answers mean.") { path, json };
        command.SetAction(words => Run(terminal, words.GetValue(path)!, words.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, string path, string? json)
    {
        OutputFile.Check("--json", json, path);
        Model model = ModelSource.Load(path);
        terminal.WriteDrawing(model.Summary());
        terminal.Output.WriteLine();
        Describe(terminal, "Input", model.InputType is { } input ? $"{input.Dims[1..]} a sample" : null);
        Describe(terminal, "Columns", List(model.Metadata?.Columns));
        Describe(terminal, "Classes", List(model.Metadata?.Classes));
        Describe(terminal, "Answers", model.Metadata?.Schema?.Target is { } target ? $"{target.Name}: {target.Output.Reason}" : null);
        Describe(terminal, "Loss", model.Loss?.ClassName);
        Describe(terminal, "Trained by", model.Optimizer?.ClassName);
        if (json is not null)
        {
            new JsonResult()
                .Add("name", model.Name)
                .Add("parameters", model.CountParams())
                .Add("layers", w =>
                {
                    w.WriteStartArray();
                    foreach (Layer layer in model.Layers)
                    {
                        w.WriteStartObject();
                        w.WriteString("name", layer.Name);
                        w.WriteString("className", layer.ClassName);
                        w.WriteNumber("parameters", layer.CountParams());
                        w.WriteEndObject();
                    }

                    w.WriteEndArray();
                })
                .Add("modelPath", Path.GetFullPath(path))
                .Save(json);
        }

        return ExitCode.Success;
    }

    private static string? List(IReadOnlyList<string>? names) => names is null ? null : string.Join(", ", names);

    private static void Describe(Terminal terminal, string what, string? text)
    {
        if (text is not null)
        {
            terminal.Output.WriteLine($"{what,-12}{text}");
        }
    }
}
