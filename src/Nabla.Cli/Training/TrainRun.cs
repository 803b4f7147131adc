using System.Diagnostics;
using System.Globalization;
using Nabla.Cli.Input;
using Nabla.Cli.Rendering;
using Nabla.Data;
using Nabla.Explain;

namespace Nabla.Cli.Training;

/// <summary>One <c>nabla train</c>: shows the data and the network, trains, saves, measures, and tells what to try next.</summary>
/// <param name="settings">What was asked for.</param>
/// <param name="terminal">Where to write.</param>
internal sealed class TrainRun(TrainSettings settings, Terminal terminal)
{
    /// <summary>Trains.</summary>
    /// <param name="interruption">Ends the training early; the model so far is saved.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run(CancellationToken interruption)
    {
        DataSource source = DataSource.Load(settings.Data, settings.Table);
        string modelPath = settings.Out ?? $"{source.Name}.nabla";
        OutputFile.Check("--out", modelPath, settings.Data);
        OutputFile.Check("--json", settings.Json, settings.Data);
        if (settings.Json is not null && OutputFile.IsSame(settings.Json, modelPath))
        {
            throw new UsageException($"--json and --out name the same file, '{modelPath}'. Give each its own.");
        }

        string? pagePath = settings.Page ? TrainPage.PathFor(source, modelPath) : null;
        OutputFile.Check("--out", pagePath, settings.Data);
        if (settings.Json is not null && pagePath is not null && OutputFile.IsSame(settings.Json, pagePath))
        {
            throw new UsageException($"--json names '{pagePath}', where the page beside the model goes. Name another, or leave the page out with --no-page.");
        }

        string reportPath = ReportFile.PathFor(modelPath);
        OutputFile.Check("--report", settings.Report ? reportPath : null, settings.Data);
        if (settings is { Report: true, Json: not null } && OutputFile.IsSame(settings.Json, reportPath))
        {
            throw new UsageException($"--json names '{reportPath}', where the report goes. Name another.");
        }

        DataSplit parts = source.ForTraining();
        Sequential model = Network.Create(source, parts, settings);
        int epochs = settings.EpochsFor(parts.XTrain.Dims[0].Size, source.Schema?.Target);
        Introduce(source, parts, model, epochs);

        long began = Stopwatch.GetTimestamp();
        (model, History history, IReadOnlyList<SeedRun> seeds) = new SeedRuns(settings, terminal, source, parts, epochs).Run(model, interruption);
        TimeSpan training = Stopwatch.GetElapsedTime(began);

        // Weights may be finite and yet so large that no loss is: such a model must not replace a good one.
        EvaluationResult measured = model.Evaluate(parts.XTest, parts.YTest, TestReport.BatchSize, settings.Threads);
        if (!double.IsFinite(measured.Loss))
        {
            throw new TrainingDivergedException(string.Create(
                CultureInfo.InvariantCulture,
                $"train: expected finite outputs on the test samples, received a loss of {measured.Loss}; no model was saved. Try a smaller learning rate."));
        }

        // Before anything is shown: whatever happens from here on, what was learned is kept.
        model.Save(modelPath, Network.Metadata(source));
        if (history.Cancelled)
        {
            Line($"Stopped by Ctrl-C after {Text.Count(history.Steps)} steps, {history.Epochs.Count} of {epochs} epochs whole. The model as it is then is kept.");
        }

        TestReport report = new(terminal, source, parts.XTest, parts.YTest);
        Line();
        QuantityScore? quantities = report.Quantities(model, settings.Threads);
        report.Score(measured, quantities, $"after {Text.Seconds(training)} of training");
        if (!history.Cancelled)
        {
            report.Details(model, settings.Threads);
        }

        WriteJson(measured, quantities, history, training, modelPath, seeds.First(s => s.IsKept).Seed);
        if (settings.Report)
        {
            ReportFile.Write(reportPath, model, history, source, parts, settings, seeds, training);
            Line($"Report    {reportPath}");
        }

        Farewell(modelPath, pagePath, pagePath is null ? null : TrainPage.Write(model, source, parts, pagePath));
        return history.Cancelled ? ExitCode.Interrupted : ExitCode.Success;
    }

    private void Introduce(DataSource source, DataSplit parts, Sequential model, int epochs)
    {
        int samples = parts.XTrain.Dims[0].Size;
        int steps = (samples + settings.BatchSize - 1) / settings.BatchSize;
        string kind = source.Image is { } image ? $"pictures of {image.Height}x{image.Width} pixels from 0 to {image.MaxValue}" : $"{Text.Count(source.Schema?.Columns.Count ?? parts.XTrain.Dims[1..].Count)} columns";
        string labels = source.Labels.IsClasses ? $"{source.Labels.ClassNames.Count} classes" : "quantities";
        Line($"Data      {source.Name}: {Text.Count(samples)} samples to learn from, {Text.Count(parts.XTest.Dims[0].Size)} kept back for the test");
        Line($"          {kind}, {labels}");
        if (source.Table is { } table)
        {
            ColumnTable.Write(terminal.Output, table);
        }

        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Training  {model.Optimizer!.ClassName}, learning rate {model.Optimizer.LearningRate}, batches of {settings.BatchSize}: {Text.Many(epochs, "epoch")} of {Text.Many(steps, "step")}; seed {settings.Seed}, {Text.Many(settings.Threads, "thread")}"));
        Line();
        terminal.WriteDrawing(model.Summary());
        Line();
    }

    private void WriteJson(EvaluationResult measured, QuantityScore? quantities, History history, TimeSpan training, string modelPath, int seed)
    {
        if (settings.Json is null)
        {
            return;
        }

        using Process process = Process.GetCurrentProcess();
        JsonResult result = new();
        if (quantities is null)
        {
            result.Add("testAccuracy", measured.TryGetValue("accuracy", out double accuracy) ? accuracy : double.NaN).Add("testLoss", measured.Loss);
        }
        else
        {
            result.Add("testR2", quantities.R2).Add("testMeanAbsoluteError", quantities.MeanAbsoluteError).Add("testLoss", quantities.MeanSquaredError);
        }

        result
            .Add("epochs", history.Epochs.Count)
            .Add("steps", history.Steps)
            .Add("secondsTraining", training.TotalSeconds)
            .Add("secondsTotal", (DateTime.UtcNow - process.StartTime.ToUniversalTime()).TotalSeconds)
            .Add("modelPath", Path.GetFullPath(modelPath))
            .Add("seed", seed)
            .Save(settings.Json);
    }

    private void Farewell(string modelPath, string? pagePath, string? whyNoPage)
    {
        string data = string.Join(' ', settings.Data.Select(Text.Word));
        string model = Text.Word(modelPath);
        Line($"Model     {modelPath}");
        if (pagePath is not null)
        {
            Line(whyNoPage is null ? $"Page      {pagePath}: open it, draw, and watch the network answer" : $"Page      not written: {whyNoPage}");
        }

        Line($"Next      {Invocation.Name} evaluate {model} {data}");
        Line($"          {Invocation.Name} predict {model} {data}");
        if (settings.Layers is null && settings.Data is ["mnist"])
        {
            Line($"          {Invocation.Name} train --layers 128,64,10");
        }
    }

    private void Line(string text = "") => terminal.Output.WriteLine(text);
}
