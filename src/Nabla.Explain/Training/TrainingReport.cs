using System.Globalization;

namespace Nabla.Explain;

/// <summary>What a training's report shall hold beside what the model and its history say.</summary>
/// <example><code>
/// TrainingReportOptions options = new() { Title = "Digits", ClassNames = ["zero", "one"], Settings = [("samples", "1,797")] };
/// </code></example>
public sealed record TrainingReportOptions
{
    /// <summary>The title; null takes the model's name.</summary>
    public string? Title { get; init; }

    /// <summary>What each class is called; null counts them from 0.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Rows of pixels of a sample; 0 where samples are no pictures.</summary>
    public int PictureHeight { get; init; }

    /// <summary>Pixels in a row; 0 where samples are no pictures.</summary>
    public int PictureWidth { get; init; }

    /// <summary>By how much quantities were divided before training: answers are shown times this plus <see cref="Mean"/>.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What was taken off quantities before training.</summary>
    public double Mean { get; init; }

    /// <summary>Names and values to print: data, batch size, time.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>The same training from other seeds, to stand side by side; the kept one with them.</summary>
    public IReadOnlyList<SeedRun> Seeds { get; init; } = [];
}

/// <summary>A report of a training as one page: curves, what is taken for what, the worst mistakes, settings.</summary>
/// <example><code>
/// History history = model.Fit(x, y, epochs: 5, verbose: 0, validationSplit: 0.2);
/// TrainingReport.Save("report.html", model, history, x, y);
/// </code></example>
public static class TrainingReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="path">The page's file; it is the old or the new one, never half of it.</param>
    /// <param name="model">The trained model, of one output.</param>
    /// <param name="history">Its course.</param>
    /// <param name="x">Samples to test it on, best some that it has not seen.</param>
    /// <param name="y">Their labels.</param>
    /// <param name="options">What else it shall hold.</param>
    /// <exception cref="ArgumentException">A model of several outputs, or a picture's size that is not the samples'.</exception>
    /// <exception cref="TrainingDataException">Data that do not fit the model.</exception>
    public static void Save(string path, Model model, History history, NDArray x, NDArray y, TrainingReportOptions? options = null) =>
        PageShell.Save(path, Write(model, history, x, y, options ?? new TrainingReportOptions()));

    internal static string Write(Model model, History history, NDArray x, NDArray y, TrainingReportOptions options)
    {
        Compilation compilation = model.RequireCompiled("TrainingReport");
        TrainingData data = DataCheck.Run(model, "TrainingReport", x, y);
        if (model.OutputTypes.Count > 1)
        {
            throw new ArgumentException($"TrainingReport: expected a model of one output, received one of {model.OutputTypes.Count} ({string.Join(", ", model.OutputNames)}).", nameof(model));
        }

        if (options.PictureHeight * options.PictureWidth is var pixels and > 0 && pixels != data.X[0].Dims[1..].Count)
        {
            throw new ArgumentException($"TrainingReport: expected pictures of {data.X[0].Dims[1..].Count} pixels, as the samples have, received {options.PictureHeight} x {options.PictureWidth}.", nameof(options));
        }

        EvaluationResult measured = model.Evaluate(x, y, batchSize: 256);
        TestedAnswers answers = TestedAnswers.Of(compilation, data, model.Predict(x, 256), options);
        Element main = new("div");
        main.Add(Facts(model, history, data, options));
        main.Add(CurvesOf(history));
        main.Add(Seeds(options.Seeds));
        main.Add(answers.IsClasses ? new ClassReport(answers, data.X[0], options).Draw() : QuantityReport.Draw(answers));
        string score = string.Join(", ", measured.Select(m => $"{m.Key} {Numerals.PrintedBrief(m.Value)}"));
        return PageShell.Write($"{options.Title ?? model.Name} · training report", $"On {Count(data.Count)} test samples: {score}.", main);
    }

    private static Element Facts(Model model, History history, TrainingData data, TrainingReportOptions options)
    {
        Optimizer optimizer = model.Optimizer!;
        (string, string)[] facts =
        [
            .. options.Settings,
            ("model", $"{model.Name}: {string.Join(", ", model.Layers.Select(l => l.Name))}; {Count(model.CountParams())} parameters"),
            ("cost", LossWords.Of(model, model.Compilation!, data.Count)),
            ("optimizer", $"{optimizer.ClassName}, learning rate {Numerals.Printed(optimizer.LearningRate)}"),
            ("course", $"{Count(history.Epochs.Count)} epochs, {Count(history.Steps)} steps{(history.Cancelled ? ", stopped early" : "")}"),
            ("seed", model.Seed.ToString(CultureInfo.InvariantCulture)),
        ];
        return Section("facts", "Settings", new Element("dl", ("class", "facts")) { facts.SelectMany(f => new Markup[] { new Element("dt") { f.Item1 }, new Element("dd") { f.Item2 } }) });
    }

    private static Element CurvesOf(History history)
    {
        Element section = Section("curves", "Course");
        foreach (string key in history.Keys.Where(k => !k.StartsWith("val_", StringComparison.Ordinal)))
        {
            List<Curve> curves = [Line(key, key)];
            if (history.ContainsKey("val_" + key))
            {
                curves.Add(Line($"val_{key}", $"{key} on samples not learned from"));
            }

            section.Add(Curves.Draw($"chart-{key}", $"{key} after each epoch", "epochs", curves));
        }

        return section;

        Curve Line(string key, string name) => new(name, [.. history[key].Select((v, i) => (i + 1.0, v))]);
    }

    private static Element? Seeds(IReadOnlyList<SeedRun> runs)
    {
        if (runs.Count < 2)
        {
            return null;
        }

        IReadOnlyList<SeedRun> stuck = SeedRun.Stuck(runs);
        SeedRun[] diverged = [.. runs.Where(r => r.Divergence is not null)];
        string verdict = (stuck.Count == 0 ? "" : $"{Count(stuck.Count)} of {Count(runs.Count)} seeds got stuck ({Names(stuck)}): the loss came down less than a tenth of the way to the best one's. ")
            + (diverged.Length == 0 ? "" : $"{Count(diverged.Length)} of {Count(runs.Count)} seeds diverged ({Names(diverged)}): the loss was no number any more, and the training ended there. ");
        return Section(
            "seeds",
            "The same training from other seeds",
            new Element("p") { $"{(verdict.Length == 0 ? $"All {Count(runs.Count)} seeds learned. " : verdict)}The kept model is the one whose training loss ended lowest." },
            SeedRun.Spread(runs) is { } spread ? new Element("p") { $"{spread}." } : null,
            Curves.Draw("chart-seeds", "The training loss of each seed after each epoch", "epochs", [.. runs.Where(r => r.History.ContainsKey("loss")).Select(Course)]),
            Table("Seeds", ["seed", "last loss", "course", "model"], runs.Select(r => new[] { r.Seed.ToString(CultureInfo.InvariantCulture), Numerals.Printed(r.Loss), Fate(r), r.IsKept ? "kept" : "" })));

        // On its way to infinity a loss would press all others flat: it is drawn as far up as they reach.
        Curve Course(SeedRun run)
        {
            double most = run.Divergence is null ? double.PositiveInfinity : runs.Where(r => r.Divergence is null && r.History.ContainsKey("loss")).SelectMany(r => r.History["loss"]).DefaultIfEmpty(double.PositiveInfinity).Max();
            string name = $"seed {run.Seed.ToString(CultureInfo.InvariantCulture)}{(run.Divergence is null ? "" : ", diverged")}";
            return new Curve(name, [.. run.History["loss"].Select((v, i) => (i + 1.0, v <= most ? v : double.NaN))]);
        }

        string Fate(SeedRun run) => run.Divergence is { } end ? $"diverged in epoch {Count(end.Epoch)}" : stuck.Contains(run) ? "got stuck" : "learned";
        static string Names(IEnumerable<SeedRun> some) => string.Join(", ", some.Select(s => s.Seed.ToString(CultureInfo.InvariantCulture)));
    }

    internal static Element Section(string id, string title, params Markup?[] content)
    {
        Element section = new("section", ("id", id), ("aria-labelledby", $"{id}-title")) { new Element("h2", ("id", $"{id}-title")) { title } };
        foreach (Markup? part in content)
        {
            section.Add(part);
        }

        return section;
    }

    internal static Element Table(string caption, string[] head, IEnumerable<string[]> rows) => new("div", ("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption))
    {
        new Element("table")
        {
            new Element("caption") { caption },
            new Element("thead") { new Element("tr") { head.Select(h => (Markup)new Element("th", ("scope", "col")) { h }) } },
            new Element("tbody") { rows.Select(r => (Markup)new Element("tr") { r.Select(c => (Markup)new Element("td", ("class", "number")) { c }) }) },
        },
    };

    internal static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
