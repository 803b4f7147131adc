using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>
/// A graph of a trace as SVG: a box a value, its value above it and its gradient below; each use forward as a full line with an arrow, and back as a dashed
/// one with what it contributes. Every number has the key that the script writes it by.
/// </summary>
internal sealed class GraphDrawing
{
    // Widths of letters in the drawing's fonts, a little generous.
    private const double NameWidth = 9;
    private const double LetterWidth = 7;
    private const double NumberWidth = 7.4;
    private const double SmallWidth = 7;
    private const double NarrowestBox = 64;
    private const double BodyHeight = 46;
    private const double LineHeight = 19;
    private const double EdgeInset = LineHeight + 8;

    // How far the way back lies under the way forward.
    private const double Back = 5;
    private const double Comfortable = 1000;
    private const int LongestFormula = 26;

    // What a path brings stands under its line, in fewer digits than there are in the tables.
    private const double LabelDrop = 13;
    private const double LabelRoom = 16;
    private const int ContributionDigits = 6;

    private readonly Trace _trace;
    private readonly PageNames _names;
    private readonly PageGraph _graph;
    private readonly Func<int, int?> _stepOf;
    private readonly Func<int, int?> _gradientStepOf;
    private readonly Placement _placement;

    /// <param name="trace">Whose values.</param>
    /// <param name="names">How they are written.</param>
    /// <param name="graph">What is drawn of it.</param>
    /// <param name="stepOf">The step that shows a node's value.</param>
    /// <param name="gradientStepOf">The step that shows a node's gradient; null where it has none.</param>
    public GraphDrawing(Trace trace, PageNames names, PageGraph graph, Func<int, int?> stepOf, Func<int, int?> gradientStepOf)
    {
        (_trace, _names, _graph, _stepOf, _gradientStepOf) = (trace, names, graph, stepOf, gradientStepOf);
        Dictionary<int, int> places = graph.Nodes.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        _placement = Layered.Place(
            [.. graph.Nodes.Select(n => Size(trace.Nodes[n]))],
            [.. graph.Edges.Select(e => (places[e.From], places[e.To]))],
            EdgeInset,
            graph.Edges.Where(e => e.Path is not null).Select(e => Numbers.Short(trace.Edges[e.Path!.Value].Contribution, ContributionDigits).Length * SmallWidth).DefaultIfEmpty(0).Max() + LabelRoom);
    }

    /// <summary>Where everything lies; boxes are with the numbers above and below.</summary>
    public Placement Placement => _placement;

    /// <summary>The rectangle that is seen of a node's box.</summary>
    public static Box Body(Box box) => new(box.X, box.Y + LineHeight, box.Width, box.Height - (2 * LineHeight));

    /// <summary>The drawing.</summary>
    /// <param name="id">The element's id.</param>
    public Element Draw(string id)
    {
        // Small graphs are drawn larger, as on a blackboard.
        double scale = Math.Clamp(Comfortable / _placement.Width, 1, 1.3);
        string width = Numerals.Place(_placement.Width), height = Numerals.Place(_placement.Height);
        return new Element(
            "svg",
            ("class", "graph"), ("id", id), ("viewBox", $"0 0 {width} {height}"), ("width", Numerals.Place(_placement.Width * scale)), ("height", Numerals.Place(_placement.Height * scale)), ("style", $"--width:{Numerals.Place(_placement.Width)}px"),
            ("role", "img"), ("aria-labelledby", $"{id}-title"))
        {
            new Element("title", ("id", $"{id}-title")) { $"Computation graph: {_graph.Title}" },
            new Element("defs") { Arrow($"{id}-f", "forward-tip"), Arrow($"{id}-b", "back-tip") },
            new Element("g", ("marker-end", $"url(#{id}-f)")) { _graph.Edges.Select((e, i) => Forward(e, _placement.Routes[i])) },
            new Element("g", ("marker-end", $"url(#{id}-b)")) { _graph.Edges.Select((e, i) => (e, i)).Where(p => p.e.Path is not null).Select(p => Backward(p.e, p.e.Path!.Value, _placement.Routes[p.i])) },
            Contributions(),
            _graph.Nodes.Select((n, i) => Node(_trace.Nodes[n], _placement.Boxes[i])),
        };
    }

    internal static Element Arrow(string id, string style) =>
        new("marker", ("id", id), ("viewBox", "0 0 8 8"), ("refX", "7.5"), ("refY", "4"), ("markerWidth", "7"), ("markerHeight", "7"), ("orient", "auto"))
        {
            new Element("path", ("class", style), ("d", "M0,0.8 L8,4 L0,7.2 Z")),
        };

    private Element Forward(DrawnEdge edge, IReadOnlyList<Point> route) => new(
        "path", ("class", edge.Path is null ? "edge forward idle" : "edge forward"), ("d", Curve(route, 0)), ("data-to", Id(edge.To)), ("data-shown", StepOf(_stepOf(edge.To))));

    private Element Backward(DrawnEdge edge, int path, IReadOnlyList<Point> route)
    {
        TraceEdge traced = _trace.Edges[path];
        string ends = $"{_trace.Nodes[edge.From].Name} to {_trace.Nodes[edge.To].Name}";
        return new Element(
            "path", ("class", "edge back"), ("d", Curve([.. route.Reverse()], Back)), ("data-path", Id(path)), ("data-shown", StepOf(_gradientStepOf(edge.From))))
        {
            new Element("title") { $"{ends}: {(traced.LocalFormula.Length > 0 ? "local derivative " + traced.LocalFormula : traced.Rule)}" },
        };
    }

    // What each path brings, beside its line and over all lines.
    private IEnumerable<Markup> Contributions()
    {
        (DrawnEdge Edge, IReadOnlyList<Point> Route, string Text)[] said = [.. _graph.Edges
            .Select((e, i) => (e, _placement.Routes[i], Text: e.Path is { } path ? Numbers.Short(_trace.Edges[path].Contribution, ContributionDigits) : ""))
            .Where(e => e.Text.Length > 0)];
        IReadOnlyList<Point> places = EdgeLabels.Place([.. said.Select(s => (s.Route, s.Text.Length * SmallWidth))], _placement.Boxes, Back + LabelDrop);
        return said.Select((s, i) => Text("contribution", s.Text, places[i].X, places[i].Y, ("data-q", $"c{Id(s.Edge.Path!.Value)}"), ("data-shown", StepOf(_gradientStepOf(s.Edge.From)))));
    }

    private static string? StepOf(int? step) => step?.ToString(CultureInfo.InvariantCulture);

    private Element Node(TraceNode node, Box box)
    {
        Box body = Body(box);
        string middle = Numerals.Place(box.X + (box.Width / 2));
        string? shown = StepOf(_stepOf(node.Id));
        string? gradientShown = StepOf(_gradientStepOf(node.Id));
        Element drawn = new("g", ("class", $"node {Role(node)}"), ("data-node", Id(node.Id)))
        {
            node.Formula.Length > 0 ? new Element("title") { $"{node.Name} = {(_names.IsTensors(node) ? _names.Text(node) : node.Formula)}" } : null,
            new Element(
                "rect",
                ("class", "body"), ("x", Numerals.Place(body.X)), ("y", Numerals.Place(body.Y)), ("width", Numerals.Place(body.Width)), ("height", Numerals.Place(body.Height)),
                ("rx", node.Role is TraceRole.Input or TraceRole.Parameter ? "14" : "5")),
            Text("value", Numbers.Short(node.Values), box.X + (box.Width / 2), body.Y - 6, ("data-q", $"v{Id(node.Id)}"), ("data-shown", shown)),
        };
        string formula = Shown(node);
        Element name = new("text", ("class", "name"), ("x", middle), ("y", Numerals.Place(body.MiddleY + (formula.Length > 0 ? -3 : 5))), ("data-name", Id(node.Id)))
        {
            Raised(PageNames.Drawn(node.Name)),
        };
        drawn.Add(name);
        if (formula.Length > 0)
        {
            drawn.Add(Text("formula", formula, box.X + (box.Width / 2), body.MiddleY + 14, ("data-formula", Id(node.Id)),
                ("data-other", _names.Half.Formula(node.Id) is { } other ? _names.Text(other) : null)));
        }

        if (node.Gradient is { } gradient)
        {
            drawn.Add(Text("gradient", Numbers.Short(gradient), box.X + (box.Width / 2), body.Bottom + 14, ("data-q", $"g{Id(node.Id)}"), ("data-shown", gradientShown)));
        }
        else
        {
            drawn.Add(Text("gradient none", Numbers.Absent(node.GradientState), box.X + (box.Width / 2), body.Bottom + 14, ("data-shown", gradientShown), ("data-q", null)));
        }

        return drawn;
    }

    private static Element Text(string style, string text, double x, double y, params ReadOnlySpan<(string, string?)> more) =>
        new("text", [("class", style), ("x", Numerals.Place(x)), ("y", Numerals.Place(y)), .. more]) { Raised(text) };

    // A layer in brackets has no small letters in Unicode: it stands high as a smaller piece of the line (Script/plots.js draws it so, too).
    private static IEnumerable<Markup> Raised(string line)
    {
        bool isBack = false;
        foreach ((string text, bool isHigh) in CourseNames.Pieces(line))
        {
            yield return isHigh ? new Element("tspan", ("dy", "-5"), ("font-size", "75%")) { text } : isBack ? new Element("tspan", ("dy", "5")) { text } : (Markup)text;
            isBack = isHigh;
        }
    }

    private static string Role(TraceNode node) => node.Role switch
    {
        TraceRole.Input => "input",
        TraceRole.Parameter => "parameter",
        TraceRole.Result => "result",
        _ => "inner",
    };

    private string Shown(TraceNode node)
    {
        string formula = _names.Text(node);
        return formula.Length <= LongestFormula ? formula : formula[..(LongestFormula - 1)] + "…";
    }

    private (double, double) Size(TraceNode node)
    {
        double words = Math.Max(_names.Courses.Letters(PageNames.Drawn(node.Name)) * NameWidth, _names.Courses.Letters(Shown(node)) * LetterWidth);
        double numbers = Math.Max(Numbers.Short(node.Values).Length, node.Gradient is null ? 0 : Numbers.Short(node.Gradient).Length + 2) * NumberWidth;
        return (Math.Max(NarrowestBox, Math.Max(words + 18, numbers + 8)), BodyHeight + (2 * LineHeight));
    }

    // Along a route: level through columns, in one bow between them. Whole places are near enough for lines.
    internal static string Curve(IReadOnlyList<Point> route, double lower)
    {
        static string At(double place) => Math.Round(place).ToString(CultureInfo.InvariantCulture);
        List<string> parts = [$"M{At(route[0].X)},{At(route[0].Y + lower)}"];
        for (int i = 1; i < route.Count; i++)
        {
            (Point a, Point b) = (route[i - 1], route[i]);
            if (At(a.X) == At(b.X) && At(a.Y) == At(b.Y))
            {
                continue; // nothing that could be drawn
            }

            string middle = At((a.X + b.X) / 2);
            parts.Add(a.Y == b.Y ? $"H{At(b.X)}" : $"C{middle},{At(a.Y + lower)} {middle},{At(b.Y + lower)} {At(b.X)},{At(b.Y + lower)}");
        }

        return string.Concat(parts);
    }

    private static string Id(int number) => number.ToString(CultureInfo.InvariantCulture);
}
