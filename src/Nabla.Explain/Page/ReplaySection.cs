using System.Globalization;

namespace Nabla.Explain;

/// <summary>A training on the page of its first step: the cost over the steps, a player, and a table. All of it is the record; nothing is trained again.</summary>
/// <param name="table">The training.</param>
internal sealed class ReplaySection(Iterations table)
{
    /// <summary>The scripts that only such pages have.</summary>
    internal static readonly string[] Scripts = ["training/drawn", "training/losschart", "training/transport", "replay"];

    // The table that is read at once, the longest that is read at all, and the most places that a slider has room for.
    private const int MostOpen = 12;
    private const int MostRows = 200;
    private const int MostPlaces = 2000;

    private readonly IReadOnlyList<Iteration> _played = Thin(table.Rows, MostPlaces);

    /// <summary>What it is, and the player, which stays in sight below.</summary>
    public IEnumerable<Element> Draw()
    {
        yield return new Element("section", ("id", "replay"), ("aria-labelledby", "replay-title"), ("data-as-recorded", ""))
        {
            new Element("h2", ("id", "replay-title")) { "Replay" },
            new Element("p", ("class", "quiet")) { Lead() },
        };
        yield return new Element("div", ("id", "player"), ("class", "script-only"), ("role", "group"), ("aria-label", "Replay of the training"));
        yield return new Element("section", ("id", "training"), ("aria-label", "The whole training"), ("data-as-recorded", ""))
        {
            Curves.Draw("loss-chart", $"{PageNames.Drawn(table.Result)} after each step{Left(_played.Count, "drawn")}.", "steps", [new Curve(table.Result, [.. _played.Select(r => ((double)r.Steps, r.Cost))])]),
            new Element("div", ("id", "loss-tools"), ("class", "script-only")),
            Rows(),
        };
    }

    /// <summary>What the player reads.</summary>
    public Element Data() => new("script", ("type", "application/json"), ("id", "course"))
    {
        new Verbatim(PageData.Text(json =>
        {
            json.WriteStartArray("nodes");
            foreach (string parameter in table.Parameters)
            {
                json.WriteNumberValue(table.Start[parameter].Id);
            }

            json.WriteEndArray();
            PageData.Numbers(json, "steps", [.. _played.Select(r => (double)r.Steps)]);
            PageData.Numbers(json, "costs", [.. _played.Select(r => r.Cost)]);
            PageData.Numbers(json, "values", [.. _played.SelectMany(r => r.Parameters)]);
        })),
    };

    private string Lead()
    {
        Iteration first = table.Rows[0], last = table.Rows[^1];
        TraceUpdate update = table.Start.Update!;
        string name = PageNames.Drawn(table.Result);
        string end = double.IsFinite(last.Cost) ? $"went from {Numerals.Printed(first.Cost, 5)} to {Numerals.Printed(last.Cost, 5)}" : $"went from {Numerals.Printed(first.Cost, 5)} to {Numerals.Printed(last.Cost)}: this training runs away";
        return $"{update.Optimizer} with α = {Numerals.Printed(update.LearningRate)} took {Count(last.Steps)} {(last.Steps == 1 ? "step" : "steps")}; {name} {end}. The parameters below are the recorded ones. "
            + "The player puts them back where they stood, and every number of this page follows.";
    }

    private Element Rows()
    {
        IReadOnlyList<Iteration> shown = Thin(table.Rows, MostRows);
        Element rows = new("div", ("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", "iterations-caption"))
        {
            new Element("table", ("id", "iterations"))
            {
                new Element("caption", ("id", "iterations-caption")) { $"Each row after that many steps; 0 is the beginning{Left(shown.Count, "shown")}." },
                new Element("thead")
                {
                    new Element("tr")
                    {
                        Head("steps"), Head(PageNames.Drawn(table.Result)),
                        table.Parameters.Select(p => Head(PageNames.Drawn(p))),
                        table.Parameters.Select(p => Head($"∂{PageNames.Drawn(table.Result)}/∂{PageNames.Drawn(p)}")),
                    },
                },
                new Element("tbody") { shown.Select(Row) },
            },
        };
        return shown.Count <= MostOpen ? rows : new Element("details") { new Element("summary") { $"Every parameter and gradient, {Count(shown.Count)} rows" }, rows };
    }

    private static Element Head(string name) => new("th", ("scope", "col")) { name };

    private static Element Row(Iteration row) => new("tr")
    {
        new Element("th", ("scope", "row"), ("class", "count")) { Count(row.Steps) },
        Cell("forward", row.Cost),
        row.Parameters.Select(v => Cell("forward", v)),
        row.Gradients.Select(v => Cell("back", v)),
    };

    private static Element Cell(string style, double value) => new("td", ("class", $"number {style}"), ("title", Numerals.Exact(value))) { Numerals.Printed(value) };

    // What is left out is told where it is left out.
    private string Left(int kept, string what) =>
        kept == table.Rows.Count ? "" : $" ({Count(kept)} of the {Count(table.Rows.Count)} recorded rows are {what}, evenly spread)";

    // Evenly, with the first and the last.
    private static IReadOnlyList<Iteration> Thin(IReadOnlyList<Iteration> rows, int most)
    {
        if (rows.Count <= most)
        {
            return rows;
        }

        int stride = (rows.Count + most - 3) / (most - 1);
        return [.. rows.Where((_, i) => i % stride == 0 || i == rows.Count - 1)];
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
