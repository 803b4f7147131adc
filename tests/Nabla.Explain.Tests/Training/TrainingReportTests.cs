using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Training;

/// <summary>The report of a training: the numbers on it are those of the model.</summary>
public sealed class TrainingReportTests(BrowserFixture browser)
{
    private static (Sequential Model, History History, NDArray X, NDArray Y) Pictures()
    {
        Random random = new(9);
        int[] y = [.. Enumerable.Range(0, 90).Select(i => i % 3)];
        double[] x = [.. y.SelectMany(c => Enumerable.Range(0, 16).Select(p => (p / 4 == c ? 200.0 : 20) + (random.NextDouble() * 120)))];
        Sequential model = new([new InputLayer(16), new Rescaling(1 / 255.0), new Dense(8, "relu"), new Dense(3)], name: "stripes", seed: 4);
        model.Compile(new Adam(0.01), new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"], verbose: 0);
        NDArray samples = NDArray.From(x).Reshape(90, 16);
        History history = model.Fit(samples, NDArray.From(y), epochs: 4, verbose: 0, validationSplit: 0.2);
        return (model, history, samples, NDArray.From(y));
    }

    [Theory]
    [InlineData("report-light", false, 1200)]
    [InlineData("report-dark", true, 1200)]
    [InlineData("report-narrow", false, 390)]
    public Task Counts_of_the_confusion_are_those_of_the_answers(string name, bool dark, int width)
    {
        (Sequential model, History history, NDArray x, NDArray y) = Pictures();
        double[] given = model.Predict(x).AsType(DType.Float64).ToArray<double>();
        int[] truth = y.ToArray<int>();
        int right = Enumerable.Range(0, 90).Count(i => Enumerable.Range(0, 3).MaxBy(k => given[(i * 3) + k]) == truth[i]);
        TrainingReportOptions options = new() { ClassNames = ["top", "second <b>", "third & last"], PictureHeight = 4, PictureWidth = 4, Settings = [("data", "stripes")] };
        return browser.VisitHtmlAsync(
            TrainingReport.Write(model, history, x, y, options),
            async page =>
            {
                int diagonal = await page.Page.EvaluateAsync<int>("[...document.querySelectorAll('.confusion td.right')].reduce((s, c) => s + Number(c.textContent), 0)");
                int all = await page.Page.EvaluateAsync<int>("[...document.querySelectorAll('.confusion td')].reduce((s, c) => s + Number(c.textContent), 0)");
                Assert.Equal((right, 90), (diagonal, all));
                Assert.Equal(Math.Min(24, 90 - right), await page.Page.Locator(".pictures img").CountAsync());
                Assert.True(await page.Page.EvaluateAsync<bool>("[...document.images].every(i => i.naturalWidth === 4)"));
                Assert.Equal(2, await page.Page.Locator("#chart-loss path.curve").CountAsync());
                Assert.Contains("second <b>", await page.Page.Locator(".confusion").InnerTextAsync(), StringComparison.Ordinal);
                Assert.True(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
                Assert.True(await page.Page.EvaluateAsync<bool>("[...document.querySelectorAll('.wide:has(.confusion)')].every(e => e.scrollWidth <= e.clientWidth)"), "columns of the confusion are cut");
                await page.PictureAsync(name);
                await page.PdfAsync(name);
            },
            new() { Dark = dark, Width = width });
    }

    [Fact]
    public void The_most_wrong_pictures_are_those_of_wrong_answers_the_surest_first()
    {
        // Every fifth label is another than the picture shows: a model that has learned the pictures is wrong there.
        const int rows = 60;
        int[] truth = [.. Enumerable.Range(0, rows).Select(i => (i % 3) + (i % 5 == 0 ? 1 : 0)).Select(c => c % 3)];
        Random random = new(3);
        double[] pixels = [.. Enumerable.Range(0, rows).SelectMany(i => Enumerable.Range(0, 12).Select(p => (p / 4 == i % 3 ? 150.0 : 0) + random.Next(100)))];
        NDArray x = NDArray.From(pixels).Reshape(rows, 12);
        Sequential model = new([new InputLayer(12), new Rescaling(1 / 255.0), new Dense(3)], seed: 4);
        model.Compile(new Adam(0.05), new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
        History history = model.Fit(x, NDArray.From([.. truth.Select((_, i) => i % 3)]), epochs: 30, verbose: 0);
        double[] logits = model.Predict(x).AsType(DType.Float64).ToArray<double>();
        string[] names = ["top", "middle", "bottom"];
        TrainingReportOptions options = new() { ClassNames = names, PictureHeight = 3, PictureWidth = 4 };
        XElement page = XElement.Parse(Regex.Replace(TrainingReport.Write(model, history, x, NDArray.From(truth), options), "^<!DOCTYPE html>", ""));

        var shown = page.Descendants("ul").Single(u => (string?)u.Attribute("class") == "pictures").Elements("li").Select(item =>
        {
            string[] alt = item.Element("img")!.Attribute("alt")!.Value.Split([": ", " taken for ", "Sample "], StringSplitOptions.RemoveEmptyEntries);
            return (Row: int.Parse(alt[0], CultureInfo.InvariantCulture), Truth: alt[1], Answer: alt[2], Text: item.Value, Picture: item.Element("img")!.Attribute("src")!.Value);
        }).ToArray();
        int[] wrong = [.. Enumerable.Range(0, rows).Where(i => Answer(i) != truth[i])];
        Assert.Equal(12, wrong.Length);
        Assert.Equal(wrong, shown.Select(s => s.Row).Order());
        Assert.All(shown, s =>
        {
            Assert.Equal((names[truth[s.Row]], names[Answer(s.Row)]), (s.Truth, s.Answer));
            Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $", {100 * Probability(s.Row, Answer(s.Row)):0.0}\u00a0%"), s.Text, StringComparison.Ordinal);
            Assert.Equal(Shades(pixels.AsSpan(s.Row * 12, 12)), Pixels(s.Picture));
        });
        double[] given = [.. shown.Select(s => Probability(s.Row, truth[s.Row]))];
        Assert.Equal(given.Order(), given);

        int Answer(int row) => Enumerable.Range(0, 3).MaxBy(c => logits[(row * 3) + c]);
        double Probability(int row, int c) => Math.Exp(logits[(row * 3) + c]) / Enumerable.Range(0, 3).Sum(k => Math.Exp(logits[(row * 3) + k]));
    }

    // Full ink is the picture's own largest value.
    private static byte[] Shades(ReadOnlySpan<double> pixels)
    {
        double most = pixels.ToArray().Max();
        return [.. pixels.ToArray().Select(p => (byte)Math.Round(255 * p / most))];
    }

    // A bitmap begins at the lower left; each of its rows of 4 pixels takes 12 bytes.
    private static byte[] Pixels(string source)
    {
        byte[] file = Convert.FromBase64String(source["data:image/bmp;base64,".Length..]);
        Assert.Equal((4, 3, 24), (BitConverter.ToInt32(file, 18), BitConverter.ToInt32(file, 22), file[28]));
        return [.. Enumerable.Range(0, 12).Select(p => file[54 + ((2 - (p / 4)) * 12) + (p % 4 * 3)])];
    }

    [Fact]
    [Trait("Lesson", "L108")]
    public void A_seed_that_diverged_stands_in_the_report_with_its_course()
    {
        NDArray x = NDArray.From(new[] { -1.0, 0, 1, 2 }).Reshape(4, 1);
        NDArray y = NDArray.From(new[] { -2.0, 1, 4, 7 }).Reshape(4, 1);
        Sequential good = Line(0.1);
        History history = good.Fit(x, y, epochs: 5, verbose: 0);
        TrainingDivergedException end = Assert.Throws<TrainingDivergedException>(() => Line(1e9).Fit(x, y, epochs: 60, verbose: 0));
        Assert.Equal(end.Epoch - 1, end.History!["loss"].Count);
        Assert.All(end.History["loss"], loss => Assert.True(double.IsFinite(loss)));
        SeedRun[] runs = [new SeedRun(1, history, IsKept: true), SeedRun.Diverged(2, end)];
        Assert.Empty(SeedRun.Stuck(runs));
        Assert.Equal(double.NaN, runs[1].Loss);

        string page = TrainingReport.Write(good, history, x, y, new TrainingReportOptions { Seeds = runs });
        Assert.Contains("1 of 2 seeds diverged (2): the loss was no number any more", page, StringComparison.Ordinal);
        Assert.Contains($"diverged in epoch {end.Epoch.ToString(CultureInfo.InvariantCulture)}</td>", page, StringComparison.Ordinal);
        Assert.Contains("seed 2, diverged</span>", page, StringComparison.Ordinal);

        static Sequential Line(double rate)
        {
            Sequential model = new([new InputLayer(1), new Dense(1)], seed: 1);
            model.Compile(new SGD(rate), "mse", verbose: 0);
            return model;
        }
    }

    [Fact]
    [Trait("Lesson", "L108")]
    public Task Several_seeds_stand_side_by_side_and_the_stuck_one_is_named()
    {
        List<SeedRun> runs = [];
        Sequential model = null!;
        NDArray x = NDArray.From(new[] { -1.0, 0, 1, 2 }).Reshape(4, 1);
        NDArray y = NDArray.From(new[] { -2.0, 1, 4, 7 }).Reshape(4, 1);
        foreach (int seed in new[] { 1, 2, 3 })
        {
            // The third one's relu is dead: bias -100 never lets it answer anything but 0.
            model = new([new InputLayer(1), new Dense(1, seed == 3 ? "relu" : "linear", biasInitializer: seed == 3 ? new ConstantInitializer(-100) : "zeros")], seed: seed);
            model.Compile(new Adam(0.1), "mse", verbose: 0);
            runs.Add(new SeedRun(seed, model.Fit(x, y, epochs: 60, verbose: 0), seed == 1));
        }

        Assert.Equal([3], SeedRun.Stuck(runs).Select(r => r.Seed));
        return browser.VisitHtmlAsync(TrainingReport.Write(model, runs[^1].History, x, y, new TrainingReportOptions { Seeds = runs }), async page =>
        {
            string text = await page.Page.Locator("#seeds").InnerTextAsync();
            Assert.Contains("1 of 3 seeds got stuck (3)", text, StringComparison.Ordinal);
            double[] ends = [.. runs.Select(r => r.History["loss"][^1])];
            double deviation = Math.Sqrt((ends.Sum(e => e * e) - (ends.Sum() * ends.Sum() / 3)) / 2);
            Assert.Contains($"Last loss {Numerals.Brief(ends.Sum() / 3)} on average over 3 seeds, standard deviation {Numerals.Brief(deviation)}, from", text, StringComparison.Ordinal);
            Assert.Equal(3, await page.Page.Locator("#chart-seeds path.curve").CountAsync());
            await page.PictureAsync("report-seeds");
        });
    }

    [Fact]
    public Task Quantities_are_drawn_against_the_truth_in_their_own_unit()
    {
        Sequential model = new([new InputLayer(1), new Dense(1)], seed: 1);
        model.Compile(new SGD(0.1), "mse", verbose: 0);
        NDArray x = NDArray.From(new[] { -1.0, 0, 1, 2 }).Reshape(4, 1);
        History history = model.Fit(x, x * 2, epochs: 3, verbose: 0);
        double[] given = model.Predict(x).AsType(DType.Float64).ToArray<double>();
        double worst = Enumerable.Range(0, 4).Max(i => Math.Abs((given[i] - ((i - 1) * 2)) * 10));
        return browser.VisitHtmlAsync(TrainingReport.Write(model, history, x, x * 2, new TrainingReportOptions { Scale = 10, Mean = 5 }), async page =>
        {
            Assert.Equal(4, await page.Page.Locator("circle.point").CountAsync());
            Assert.Contains($"at most {Numerals.PrintedBrief(worst)}", await page.Page.Locator("#quantities").InnerTextAsync(), StringComparison.Ordinal);
            await page.PictureAsync("report-quantities");
        });
    }

    [Fact]
    public void Pictures_of_another_size_are_refused()
    {
        (Sequential model, History history, NDArray x, NDArray y) = Pictures();
        string message = Assert.Throws<ArgumentException>(() => TrainingReport.Save("never.html", model, history, x, y, new() { PictureHeight = 5, PictureWidth = 4 })).Message;
        Assert.Contains("expected pictures of 16 pixels, as the samples have, received 5 x 4", message, StringComparison.Ordinal);
    }
}
