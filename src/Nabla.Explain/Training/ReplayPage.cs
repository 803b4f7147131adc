using System.Globalization;

namespace Nabla.Explain;

/// <summary>One filmed training, or two side by side, as a page: play, step, rewind; loss, weights, gradients, rates, boundary, contour.</summary>
internal static class ReplayPage
{
    // In the order in which they build on each other.
    internal static readonly string[] Scripts =
    [
        "numbers", "training/film", "training/parts", "training/drawn", "training/heat", "training/shades", "training/boundary", "training/contour", "training/losschart", "training/rates",
        "training/spread", "training/panels", "training/transport", "training/player",
    ];

    // A table that is longer is not read; the player shows all.
    private const int TableRows = 24;

    public static void Save(IReadOnlyList<GlassBoxRecord> runs, string path) => PageShell.Save(path, Write(runs));

    public static string Write(IReadOnlyList<GlassBoxRecord> runs)
    {
        GlassBoxRecord first = runs[0];
        string title = runs.Count == 1 ? $"{first.Title} · the training, played back" : $"{(first.Title == runs[1].Title ? first.Title : $"{first.Title} and {runs[1].Title}")} · two trainings side by side";
        string lead = $"{first.Convention}. {string.Join(" ", runs.Select((r, i) => Course(r, runs.Count == 1 ? "" : $"{"AB"[i]}: ")))}";
        Element main = new("div")
        {
            new Element("section", ("id", "player"), ("class", "script-only"), ("aria-label", "Player")),
            new Element("section", ("aria-labelledby", "loss-title"))
            {
                new Element("h2", ("id", "loss-title")) { "Loss" },
                Curves.Draw("loss-chart", "The cost on the same samples after each recorded step.", "steps", [.. runs.Select((r, i) => new Curve(runs.Count == 1 ? "loss" : Name(runs, i), [.. r.Snapshots.Select(s => ((double)s.Iteration, s.Loss))]))]),
                new Element("div", ("id", "loss-tools"), ("class", "script-only")),
            },
            new Element("section", ("id", "panels"), ("class", "script-only")),
            new Element("section", ("id", "end"), ("class", "script-less"), ("aria-labelledby", "end-title"))
            {
                new Element("h2", ("id", "end-title")) { "How it ended" },
                runs.Select((r, i) => (Markup)Stills.Draw(r, Name(runs, i))),
            },
            new Element("section", ("aria-labelledby", "table-title"))
            {
                new Element("h2", ("id", "table-title")) { "Recorded steps" },
                runs.Select((r, i) => (Markup)Table(r, Name(runs, i))),
            },
        };
        return PageShell.Write(title, lead, main, $"[{string.Join(",", runs.Select(GlassBoxFile.Text))}]", Scripts);
    }

    // What was left out is said where the record begins.
    private static string Course(GlassBoxRecord run, string who)
    {
        GlassBoxSnapshot last = run.Snapshots[^1];
        long apart = run.Snapshots.Count > 2 ? run.Snapshots[1].Iteration - run.Snapshots[0].Iteration : 1;
        string kept = apart == 1 ? "every step is recorded" : $"one step of {Count(apart)} is recorded, as asked or to keep within the budget of bytes, and the last";
        return $"{who}{run.Optimizer}, learning rate {Numerals.Printed(run.Snapshots[0].LearningRate)}, {Count(last.Iteration)} steps ({kept}); seed {run.Seed.ToString(CultureInfo.InvariantCulture)}. The cost on {Count(run.Rows.Count)} samples went from {Numerals.PrintedBrief(run.Snapshots[0].Loss)} to {Numerals.PrintedBrief(last.Loss)}.";
    }

    private static string Name(IReadOnlyList<GlassBoxRecord> runs, int i) =>
        runs.Count == 1 ? runs[0].Title : $"{(i == 0 ? "A" : "B")}: {runs[i].Title}, {runs[i].Optimizer}, seed {runs[i].Seed.ToString(CultureInfo.InvariantCulture)}";

    private static Element Table(GlassBoxRecord run, string name)
    {
        int step = (run.Snapshots.Count + TableRows - 1) / TableRows;
        IEnumerable<GlassBoxSnapshot> shown = run.Snapshots.Where((_, i) => i % step == 0 || i == run.Snapshots.Count - 1);
        return new Element("div", ("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", $"Recorded steps of {name}"))
        {
            new Element("table")
            {
                new Element("caption") { $"{name}: {Count(run.Snapshots.Count)} snapshots{(step > 1 ? $", one of {Count(step)} shown" : "")}" },
                new Element("thead") { Row("th", "step", "epoch", "loss", "learning rate", "rms of weights", "rms of gradients") },
                new Element("tbody")
                {
                    shown.Select(s => (Markup)Row(
                        "td", Count(s.Iteration), Count(s.Epoch), Numerals.Printed(s.Loss), Numerals.Printed(s.LearningRate), Numerals.PrintedBrief(Rms(run, s)), Numerals.PrintedBrief(Rms(s.Gradients)))),
                },
            },
        };
    }

    private static Element Row(string cell, params string[] cells) => new("tr") { cells.Select(c => (Markup)new Element(cell, ("class", cell == "td" ? "number" : null)) { c }) };

    private static double Rms(GlassBoxRecord run, GlassBoxSnapshot snapshot)
    {
        int place = run.Snapshots.ToList().IndexOf(snapshot);
        double[] all = [.. run.Parameters.SelectMany((_, i) => run.Weight(place, i).AsType(DType.Float64).ToArray<double>())];
        return Math.Sqrt(all.Sum(v => v * v) / Math.Max(1, all.Length));
    }

    private static double Rms(IReadOnlyList<ReadOnlyMemory<byte>> floats)
    {
        double sum = 0;
        long count = 0;
        foreach (ReadOnlyMemory<byte> bytes in floats)
        {
            foreach (float value in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes.Span))
            {
                sum += (double)value * value;
                count++;
            }
        }

        return Math.Sqrt(sum / Math.Max(1, count));
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
