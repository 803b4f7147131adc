using System.CommandLine;
using Nabla.Cli.Input;
using Nabla.Cli.Rendering;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla evaluate MODEL DATA...</c>.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> path = Words.Model();
        Argument<string[]> data = Words.Data(required: true, $"{DataSource.Description} The test part where there is one, else all rows.");
        Option<char?> separator = Words.Separator();
        Option<string?> json = Words.Json();
        Command command = new("evaluate", "Measures a model on samples whose labels are known.") { path, data, separator, json };
        command.SetAction(words => Run(terminal, words.GetValue(path)!, words.GetValue(data)!, words.GetValue(separator), words.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, string path, string[] data, char? separator, string? json)
    {
        OutputFile.Check("--json", json, [path, .. data]);
        Model model = ModelSource.Load(path);
        DataSource source = TableRows.For(model, path, data) is { } schema
            ? TableRows.WithTarget(schema, data[0], separator, terminal.Error)
            : DataSource.Load(data);
        (NDArray x, NDArray y) = source.ForTesting();
        NDArray samples = source.Schema is null ? ModelSource.Samples(model, x) : x;
        EvaluationResult measured = model.Evaluate(samples, y, TestReport.BatchSize);
        TestReport report = new(terminal, source, samples, y);
        terminal.Output.WriteLine(source.Parts is null
            ? $"Data      {source.Name}: all {Text.Many(x.Dims[0].Size, "row")}, for no part of it is set apart for tests"
            : $"Data      {source.Name}: the {Text.Count(x.Dims[0].Size)} samples kept back for the test");
        QuantityScore? quantities = report.Quantities(model, model.Threads);
        report.Score(measured, quantities, "");
        report.Details(model, model.Threads);
        if (json is not null)
        {
            JsonResult result = new();
            foreach ((string key, double value) in measured)
            {
                result.Add(key, key == "loss" && source.Schema is not null && quantities is not null ? quantities.MeanSquaredError : value);
            }

            if (quantities is not null)
            {
                result.Add("r2", quantities.R2).Add("meanAbsoluteError", quantities.MeanAbsoluteError);
            }

            result.Add("samples", x.Dims[0].Size).Add("modelPath", Path.GetFullPath(path)).Save(json);
        }

        return ExitCode.Success;
    }
}
