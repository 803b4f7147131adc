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

/// <summary>A training from one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="History">Its course.</param>
/// <param name="IsKept">Whether its model is the one that was kept.</param>
/// <example><code>
/// SeedRun run = new(42, model.Fit(x, y, verbose: 0), IsKept: true);
/// </code></example>
public sealed record SeedRun(int Seed, History History, bool IsKept)
{
    // Less than a tenth of the way that the best one shows to be there is no learning.
    private const double Least = 0.1;

    /// <summary>The loss of the last epoch; NaN without one.</summary>
    public double Loss => History.TryGetValue("loss", out IReadOnlyList<double>? losses) && losses.Count > 0 ? losses[^1] : double.NaN;

    /// <summary>The seeds that got stuck: whose loss came down less than a tenth of the way to where the best one ended.</summary>
    /// <param name="runs">All runs.</param>
    public static IReadOnlyList<SeedRun> Stuck(IReadOnlyList<SeedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        double[] ends = [.. runs.Select(r => r.Loss).Where(double.IsFinite)];
        return ends.Length == 0 ? [] : [.. runs.Where(r => !(r.Start - r.Loss >= Least * (r.Start - ends.Min())))];
    }

    private double Start => History.TryGetValue("loss", out IReadOnlyList<double>? losses) && losses.Count > 0 ? losses[0] : double.NaN;
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
        string verdict = stuck.Count == 0
            ? $"All {Count(runs.Count)} seeds learned."
            : $"{Count(stuck.Count)} of {Count(runs.Count)} seeds got stuck ({string.Join(", ", stuck.Select(s => s.Seed.ToString(CultureInfo.InvariantCulture)))}): their loss came down less than a tenth of the way to the best one's.";
        return Section(
            "seeds",
            "The same training from other seeds",
            new Element("p") { $"{verdict} The kept model is the one whose training loss ended lowest." },
            Curves.Draw("chart-seeds", "The training loss of each seed after each epoch", "epochs", [.. runs.Where(r => r.History.ContainsKey("loss")).Select(r => new Curve($"seed {r.Seed.ToString(CultureInfo.InvariantCulture)}", [.. r.History["loss"].Select((v, i) => (i + 1.0, v))]))]),
            Table("Seeds", ["seed", "last loss", "", ""], runs.Select(r => new[] { r.Seed.ToString(CultureInfo.InvariantCulture), Numerals.Printed(r.Loss), stuck.Contains(r) ? "got stuck" : "", r.IsKept ? "kept" : "" })));
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
