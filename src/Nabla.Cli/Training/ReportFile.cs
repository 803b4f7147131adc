using System.Globalization;
using Nabla.Cli.Input;
using Nabla.Cli.Rendering;
using Nabla.Data;
using Nabla.Explain;

namespace Nabla.Cli.Training;

/// <summary>The report of a training, beside its model: NAME.report.html.</summary>
internal static class ReportFile
{
    /// <summary>Where it goes.</summary>
    public static string PathFor(string modelPath) => Path.ChangeExtension(modelPath, ".report.html");

    /// <summary>Writes it.</summary>
    public static void Write(string path, Sequential model, History history, DataSource source, DataSplit parts, TrainSettings settings, IReadOnlyList<SeedRun> seeds, TimeSpan training) =>
        TrainingReport.Save(path, model, history, parts.XTest, parts.YTest, new TrainingReportOptions
        {
            Title = source.Name,
            ClassNames = source.Labels.IsClasses ? source.Labels.ClassNames : null,
            PictureHeight = source.Image?.Height ?? 0,
            PictureWidth = source.Image?.Width ?? 0,
            Scale = source.Schema?.Target is { Classes: null } target ? target.Scale : 1,
            Mean = source.Schema?.Target is { Classes: null } own ? own.Mean : 0,
            Seeds = seeds,
            Settings =
            [
                ("data", $"{string.Join(' ', settings.Data)}: {Text.Count(parts.XTrain.Dims[0].Size)} samples to learn from, {Text.Count(parts.XTest.Dims[0].Size)} kept back for the test"),
                ("batches", settings.BatchSize.ToString(CultureInfo.InvariantCulture)),
                ("time", $"{Text.Seconds(training)} on {Text.Many(settings.Threads, "thread")}"),
            ],
        });
}
