using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Nabla.Cli.Tests.Commands;

/// <summary>What <c>nabla train --report</c> and <c>--seeds</c> say and write.</summary>
public sealed partial class ReportTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    private Outcome Train(params string[] args) => Workplace.Run(["train", .. args, "--threads", "1", "--out", _place["m.nabla"], "--json", _place["r.json"]]);

    // The page is well-formed, so that it reads as XML too.
    private XElement Report()
    {
        using XmlReader reader = XmlReader.Create(_place["m.report.html"], new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader).Root!;
    }

    private static XElement? ById(XElement page, string id) => page.Descendants().SingleOrDefault(e => (string?)e.Attribute("id") == id);

    private static string[][] Rows(XElement table) => [.. table.Element("tbody")!.Elements("tr").Select(r => r.Elements().Select(c => c.Value).ToArray())];

    [GeneratedRegex(@"^Seed (\d+): loss (\S+)$")]
    private static partial Regex SeedLine();

    [Fact]
    [Trait("Lesson", "L108")]
    public void Each_seed_says_its_loss_and_the_model_of_the_lowest_is_kept()
    {
        Outcome outcome = Train("iris", "--report", "--seeds", "3", "--epochs", "4");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        (int Seed, double Loss)[] seeds = [.. outcome.Lines.Select(l => SeedLine().Match(l)).Where(m => m.Success)
            .Select(m => (int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)))];
        Assert.Equal([42, 43, 44], seeds.Select(s => s.Seed));
        int best = seeds.MinBy(s => s.Loss).Seed;
        Assert.Contains($"Seeds     3 seeds, none got stuck; kept {best}, whose training loss ended lowest", outcome.Lines);
        Assert.Equal(best, _place.Json("r.json").GetProperty("seed").GetInt32());
        Assert.Contains($"Report    {_place["m.report.html"]}", outcome.Lines);

        string[][] rows = Rows(ById(Report(), "seeds")!.Descendants("table").Single());
        Assert.Equal(["42", "43", "44"], rows.Select(r => r[0]));
        Assert.All(seeds.Zip(rows), p => Assert.Equal(p.First.Loss, double.Parse(p.Second[1], CultureInfo.InvariantCulture), 4));
        Assert.Equal([best == 42 ? "kept" : "", best == 43 ? "kept" : "", best == 44 ? "kept" : ""], rows.Select(r => r[3]));

        // The kept model is the one that its seed alone gives, bit for bit.
        NDArray[] kept = [.. Sequential.Load(_place["m.nabla"]).GetWeights()];
        Assert.Equal(0, Train("iris", "--seed", $"{best}", "--epochs", "4").Code);
        Assert.Equal(kept.Select(w => w.ToArray<float>()), Sequential.Load(_place["m.nabla"]).GetWeights().Select(w => w.ToArray<float>()));
    }

    [Fact]
    public void The_report_counts_every_test_sample_once()
    {
        Outcome outcome = Train("iris", "--report", "--epochs", "2");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        XElement page = Report();
        Assert.Null(ById(page, "seeds"));
        XElement confusion = page.Descendants("table").Single(t => (string?)t.Attribute("class") == "confusion");
        string[][] rows = Rows(confusion);
        Assert.Equal(["setosa", "versicolor", "virginica"], rows.Select(r => r[0]));
        int[][] counts = [.. rows.Select(r => r[1..].Select(c => c.Length == 0 ? 0 : int.Parse(c, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal([10, 10, 10], counts.Select(c => c.Sum()));
        double accuracy = _place.Json("r.json").GetProperty("testAccuracy").GetDouble();
        Assert.Equal(Math.Round(30 * accuracy), counts.Select((c, i) => c[i]).Sum());

        // A course on samples learned from, and on those kept back, for the loss and for the accuracy.
        Assert.Equal([2, 2], new[] { "chart-loss", "chart-accuracy" }.Select(id => ById(page, id)!.Elements("path").Count()));
    }

    [Fact]
    public void Without_the_word_there_is_no_report()
    {
        Assert.Equal(0, Train("iris", "--epochs", "1").Code);
        Assert.Equal(["m.nabla", "r.json"], Directory.EnumerateFiles(_place.Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Seeds_that_diverge_are_told_and_stand_in_the_report()
    {
        // Five layers and a rate a thousand times too high: the losses rise beyond all numbers but where the relus have died before.
        Outcome outcome = Train("iris", "--report", "--seeds", "6", "--epochs", "3", "--optimizer", "sgd", "--learning-rate", "5", "--layers", "25,25,25,25,3");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        string[] diverged = [.. outcome.Lines.Select(l => Regex.Match(l, @"^Seed (\d+): diverged in epoch [23] at step [1-4]; not kept$")).Where(m => m.Success).Select(m => m.Groups[1].Value)];
        Assert.InRange(diverged.Length, 1, 5);
        string kept = _place.Json("r.json").GetProperty("seed").GetInt32().ToString(CultureInfo.InvariantCulture);
        Assert.Contains(outcome.Lines, l => l.StartsWith("Seeds     6 seeds, ", StringComparison.Ordinal) && l.Contains($"; diverged: {string.Join(", ", diverged)}; kept {kept}, ", StringComparison.Ordinal));

        XElement section = ById(Report(), "seeds")!;
        Assert.Contains($"{diverged.Length} of 6 seeds diverged ({string.Join(", ", diverged)})", section.Element("p")!.Value, StringComparison.Ordinal);
        string[][] rows = Rows(section.Descendants("table").Single());
        Assert.Equal(6, rows.Length);
        Assert.Equal(diverged, rows.Where(r => r[1] == "NaN" && r[2].StartsWith("diverged in epoch ", StringComparison.Ordinal)).Select(r => r[0]));
        Assert.Equal([kept], rows.Where(r => r[3] == "kept").Select(r => r[0]));
        Assert.Equal(6, section.Descendants("path").Count());
    }

    [Fact]
    public void Where_every_seed_diverges_nothing_is_written()
    {
        Outcome outcome = Train("iris", "--report", "--seeds", "2", "--epochs", "4", "--optimizer", "sgd", "--learning-rate", "1e20");
        Assert.NotEqual(0, outcome.Code);
        Assert.Contains("Seed 43: diverged in epoch ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Try a smaller learning rate", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_place.Folder));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("1001")]
    [InlineData("2.5")]
    [InlineData("many")]
    public void Numbers_of_seeds_that_are_none_are_refused(string seeds)
    {
        Outcome outcome = Train("iris", "--seeds", seeds);
        Assert.Equal((2, $"nabla: --seeds: expected a whole number from 1 to 1000, received '{seeds}'. See 'nabla train --help'.\n"), (outcome.Code, outcome.Error));
        Assert.Empty(Directory.EnumerateFiles(_place.Folder));
    }

    [Fact]
    public void A_report_and_a_result_in_one_file_are_refused()
    {
        Outcome outcome = Workplace.Run("train", "iris", "--report", "--out", _place["m.nabla"], "--json", _place["m.report.html"]);
        Assert.NotEqual(0, outcome.Code);
        Assert.Equal($"nabla: --json names '{_place["m.report.html"]}', where the report goes. Name another.\n", outcome.Error);
    }
}
