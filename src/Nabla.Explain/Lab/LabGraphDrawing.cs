using System.Globalization;

namespace Nabla.Explain;

/// <summary>A computation graph of the lab as SVG: a box a value with its formula, its number above it.</summary>
internal static class LabGraphDrawing
{
    private const double LetterWidth = 8;
    private const double NarrowestBox = 60;
    private const double BodyHeight = 46;
    private const double LineHeight = 19;
    private const double EdgeInset = LineHeight + 6;

    /// <summary>The drawing.</summary>
    /// <param name="graph">What is drawn.</param>
    /// <param name="number">A number that no other drawing of the page has.</param>
    public static Element Draw(LabGraph graph, int number)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"graph-{number}");
        (int From, int To)[] edges = [.. graph.Nodes.SelectMany((n, i) => n.Inputs.Select(from => (from, i)))];
        Placement placement = Layered.Place([.. graph.Nodes.Select(Size)], edges, EdgeInset);
        string width = Numerals.Place(placement.Width), height = Numerals.Place(placement.Height);
        return new Element(
            "svg",
            ("class", "graph"), ("viewBox", $"0 0 {width} {height}"), ("width", width), ("height", height), ("role", "img"), ("aria-labelledby", $"{id}-title"))
        {
            new Element("title", ("id", $"{id}-title")) { $"Computation graph of {graph.Title}: {string.Join("; ", graph.Lines(unicode: false).Select(l => l.TrimStart(' ', '|', '`', '-')))}" },
            new Element("defs") { GraphDrawing.Arrow($"{id}-f", "forward-tip") },
            placement.Routes.Select(r => new Element("path", ("class", "edge forward"), ("d", GraphDrawing.Curve(r, 0)), ("marker-end", $"url(#{id}-f)"))),
            graph.Nodes.Select((n, i) => Node(n, placement.Boxes[i], isResult: i == graph.Nodes.Length - 1)),
        };
    }

    private static Element Node(LabGraphNode node, Box box, bool isResult)
    {
        Box body = GraphDrawing.Body(box);
        bool isGiven = node.Formula.Length == 0;
        double middle = box.X + (box.Width / 2);
        Element drawn = new("g", ("class", $"node {(isGiven ? "input" : isResult ? "result" : "inner")}"))
        {
            new Element(
                "rect",
                ("class", "body"), ("x", Numerals.Place(body.X)), ("y", Numerals.Place(body.Y)), ("width", Numerals.Place(body.Width)), ("height", Numerals.Place(body.Height)),
                ("rx", isGiven ? "14" : "5")),
            Text("name", FormulaUnicode.Print(new Formula.Symbol(node.Name)), middle, body.MiddleY + (isGiven ? 5 : -3)),
        };
        if (!isGiven)
        {
            drawn.Add(Text("formula", Formula(node), middle, body.MiddleY + 14));
        }

        if (node.Value is { } value)
        {
            drawn.Add(Text("value", value.Replace('-', '−'), middle, body.Y - 6));
        }

        return drawn;
    }

    private static string Formula(LabGraphNode node) => FormulaUnicode.Print(LabAlgebra.Written(node.Formula));

    private static Element Text(string style, string text, double x, double y) =>
        new("text", ("class", style), ("x", Numerals.Place(x)), ("y", Numerals.Place(y)), ("text-anchor", "middle")) { text };

    private static (double Width, double Height) Size(LabGraphNode node)
    {
        int letters = Math.Max(node.Name.Length, node.Value?.Length ?? 0);
        letters = node.Formula.Length == 0 ? letters : Math.Max(letters, Formula(node).Length);
        return (Math.Max(NarrowestBox, (letters * LetterWidth) + 20), BodyHeight + (2 * LineHeight));
    }
}
