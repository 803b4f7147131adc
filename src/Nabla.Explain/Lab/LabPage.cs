using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Nabla.Explain;

/// <summary>A session as one page: every cell with its answer, formulas set by the browser, plots and graphs drawn; no script, nothing fetched.</summary>
internal sealed class LabPage
{
    private const string Title = "A session in the lab";

    private int _drawings;

    private LabPage()
    {
    }

    /// <summary>The page of some cells.</summary>
    public static string Write(IReadOnlyList<LabCell> cells)
    {
        LabPage written = new();
        Element html = new("html", ("lang", "en"))
        {
            new Element("head")
            {
                new Element("meta", ("charset", "utf-8")),
                new Element("meta", ("http-equiv", "Content-Security-Policy"), ("content", PageFile.Policy)),
                new Element("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")),
                new Element("meta", ("name", "color-scheme"), ("content", "light dark")),
                new Element("title") { Title },
                PageFile.Style("graph.css", "page.css", "lab.css"),
            },
            new Element("body")
            {
                new Element("header") { new Element("h1") { Title } },
                new Element("main", ("class", "cells")) { cells.Select(written.Cell) },
                new Element("footer") { new Element("p") { "Made by Nabla: run again with nabla lab. Nothing on this page comes from a network, and nothing leaves it." } },
            },
        };
        StringBuilder page = new("<!DOCTYPE html>\n");
        html.Write(page);
        return page.Append('\n').ToString();
    }

    private Element Cell(LabCell cell)
    {
        if (cell.IsRemark)
        {
            return new Element("p", ("class", "remark")) { cell.Input.TrimStart('#').Trim() };
        }

        string number = cell.Number.ToString(CultureInfo.InvariantCulture);
        Element answer = new("div", ("class", "out")) { cell.Parts.SelectMany(Part) };
        if (cell.Error is { } error)
        {
            answer.Add(new Element("p", ("class", "wrong")) { error });
        }

        return new Element("section", ("class", "cell"), ("id", $"cell-{number}"), ("aria-label", $"Cell {number}"))
        {
            new Element("p", ("class", "count")) { $"[{number}]" },
            new Element("p", ("class", "in")) { cell.Input },
            answer,
        };
    }

    private IEnumerable<Markup> Part(LabPart part) => part switch
    {
        LabPart.Line line => [new Element("p") { line.Text }],
        LabPart.Equation equation => [Equation(equation.Sides)],
        LabPart.Table table => [Table(table)],
        LabPart.Plot { Data: var plot } => [Wide(LabPlotDrawing.Draw(plot, ++_drawings)), Legend(plot)],
        LabPart.Drawing { Graph: var graph } => [Wide(LabGraphDrawing.Draw(graph, ++_drawings))],
        LabPart.Explanation { Trace: var trace } => LabTrace.Parts(trace).SelectMany(Part),
        LabPart.Verbatim verbatim => [new Element("pre") { verbatim.Text }],
        _ => throw new InvalidOperationException($"Lab: no markup for {part.GetType().Name}."),
    };

    private static Element Equation(ImmutableArray<LabTerm> sides)
    {
        Element line = new("p", ("class", "equation"));
        for (int i = 0; i < sides.Length; i++)
        {
            line.Add(i > 0 ? " = " : null);
            line.Add(Term(sides[i]));
        }

        return line;
    }

    private static Element Table(LabPart.Table table) => new("div", ("class", "wide"))
    {
        new Element("table")
        {
            new Element("thead") { new Element("tr") { table.Head.Select(h => new Element("th", ("scope", "col")) { h }) } },
            new Element("tbody") { table.Rows.Select(r => new Element("tr") { r.Select(c => new Element("td", ("style", c.Depth > 0 ? string.Create(CultureInfo.InvariantCulture, $"padding-left: {c.Depth * 1.5}rem") : null)) { Term(c) }) }) },
        },
    };

    private static IEnumerable<Markup> Term(LabTerm term) => term.Formula is null
        ? [term.Plain]
        : term.Sides.SelectMany((side, i) => new Markup[] { i > 0 ? " = " : "", new Verbatim(FormulaMathMl.Print(side)) });

    private static Element Wide(Element drawing) => new("div", ("class", "wide")) { drawing };

    private static Element Legend(LabPlot plot) => new("p", ("class", "plot-legend"))
    {
        plot.Curves.Select((c, i) => new Element("span", ("class", i == 0 ? "key" : "key back")) { i == 0 ? "" : "tangent ", Term(c.Label) }),
    };
}
