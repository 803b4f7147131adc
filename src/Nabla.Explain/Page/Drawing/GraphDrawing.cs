using System.Globalization;

namespace Nabla.Explain;

/// <summary>
/// A graph of a trace as SVG: a box a value, its value above it and its gradient below; each use forward as a full line with an arrow, and back as a dashed
/// one with what it contributes. Every number has the key that the script writes it by.
/// </summary>
internal sealed class GraphDrawing
{
    // Widths of letters in the drawing's fonts, a little generous.
    private const double LetterWidth = 7.6;
    private const double NumberWidth = 7.4;
    private const double NarrowestBox = 64;
    private const double BodyHeight = 46;
    private const double LineHeight = 19;
    private const double EdgeInset = LineHeight + 8;

    // How far the way back lies under the way forward.
    private const double Back = 5;
    private const double Comfortable = 1000;
    private const int LongestFormula = 26;

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
            EdgeInset);
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
            _graph.Edges.SelectMany((e, i) => Edge(e, _placement.Routes[i], id)),
            _graph.Nodes.Select((n, i) => Node(_trace.Nodes[n], _placement.Boxes[i])),
        };
    }

    internal static Element Arrow(string id, string style) =>
        new("marker", ("id", id), ("viewBox", "0 0 8 8"), ("refX", "7.5"), ("refY", "4"), ("markerWidth", "7"), ("markerHeight", "7"), ("orient", "auto"))
        {
            new Element("path", ("class", style), ("d", "M0,0.8 L8,4 L0,7.2 Z")),
        };

    private IEnumerable<Markup> Edge(DrawnEdge edge, IReadOnlyList<Point> route, string id)
    {
        string ends = $"{_trace.Nodes[edge.From].Name} to {_trace.Nodes[edge.To].Name}";
        yield return new Element(
            "path",
            ("class", edge.Path is null ? "edge forward idle" : "edge forward"), ("d", Curve(route, 0)), ("marker-end", $"url(#{id}-f)"),
            ("data-to", Id(edge.To)), ("data-shown", _stepOf(edge.To)?.ToString(CultureInfo.InvariantCulture)));
        if (edge.Path is not { } path)
        {
            yield break;
        }

        TraceEdge traced = _trace.Edges[path];
        string? shown = _gradientStepOf(edge.From)?.ToString(CultureInfo.InvariantCulture);
        Element back = new(
            "path",
            ("class", "edge back"), ("d", Curve([.. route.Reverse()], Back)), ("marker-end", $"url(#{id}-b)"),
            ("data-path", Id(path)), ("data-to", Id(edge.To)), ("data-shown", shown));
        back.Add(new Element("title") { $"{ends}: {(traced.LocalFormula.Length > 0 ? "local derivative " + traced.LocalFormula : traced.Rule)}" });
        yield return back;
        Point place = At(route[1], route[2], 0.4);
        yield return new Element(
            "text",
            ("class", "contribution"), ("x", Numerals.Place(place.X)), ("y", Numerals.Place(place.Y + Back + 13)),
            ("data-q", $"c{Id(path)}"), ("data-digits", "6"), ("data-path", Id(path)), ("data-shown", shown))
        {
            Numbers.Short(traced.Contribution, 6),
        };
    }

    private Element Node(TraceNode node, Box box)
    {
        Box body = Body(box);
        string middle = Numerals.Place(box.X + (box.Width / 2));
        string? shown = _stepOf(node.Id)?.ToString(CultureInfo.InvariantCulture);
        string? gradientShown = _gradientStepOf(node.Id)?.ToString(CultureInfo.InvariantCulture);
        Element drawn = new("g", ("class", $"node {Role(node)}"), ("data-node", Id(node.Id)))
        {
            new Element("title") { $"{node.Name}{(node.Formula.Length > 0 ? " = " + (_names.IsTensors(node) ? _names.Text(node) : node.Formula) : "")}" },
            new Element(
                "rect",
                ("class", "body"), ("x", Numerals.Place(body.X)), ("y", Numerals.Place(body.Y)), ("width", Numerals.Place(body.Width)), ("height", Numerals.Place(body.Height)),
                ("rx", node.Role is TraceRole.Input or TraceRole.Parameter ? "14" : "5")),
            Text("value", Numbers.Short(node.Values), box.X + (box.Width / 2), body.Y - 6, ("data-q", $"v{Id(node.Id)}"), ("data-shown", shown)),
        };
        string formula = Shown(node);
        Element name = new("text", ("class", "name"), ("x", middle), ("y", Numerals.Place(body.MiddleY + (formula.Length > 0 ? -3 : 5))), ("data-name", Id(node.Id)))
        {
            Scripts(PageNames.Drawn(node.Name)),
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
        new("text", [("class", style), ("x", Numerals.Place(x)), ("y", Numerals.Place(y)), .. more]) { text };

    // What Unicode has no small letters for stands high as a smaller piece of the line.
    private static IEnumerable<Markup> Scripts(string name)
    {
        string[] parts = name.Split('^');
        yield return parts[0];
        if (parts.Length > 1)
        {
            yield return new Element("tspan", ("dy", "-5"), ("font-size", "11")) { string.Join(' ', parts[1..]) };
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
        double words = Math.Max(node.Name.Length, Shown(node).Length) * LetterWidth;
        double numbers = Math.Max(Numbers.Short(node.Values).Length, node.Gradient is null ? 0 : Numbers.Short(node.Gradient).Length + 2) * NumberWidth;
        return (Math.Max(NarrowestBox, Math.Max(words + 22, numbers + 8)), BodyHeight + (2 * LineHeight));
    }

    // Along a route: level through columns, in one bow between them.
    internal static string Curve(IReadOnlyList<Point> route, double lower)
    {
        List<string> parts = [$"M{Numerals.Place(route[0].X)},{Numerals.Place(route[0].Y + lower)}"];
        for (int i = 1; i < route.Count; i++)
        {
            (Point a, Point b) = (route[i - 1], route[i]);
            if (Numerals.Place(a.X) == Numerals.Place(b.X) && Numerals.Place(a.Y) == Numerals.Place(b.Y))
            {
                continue; // nothing that could be drawn
            }

            double middle = (a.X + b.X) / 2;
            parts.Add(a.Y == b.Y
                ? $"L{Numerals.Place(b.X)},{Numerals.Place(b.Y + lower)}"
                : $"C{Numerals.Place(middle)},{Numerals.Place(a.Y + lower)} {Numerals.Place(middle)},{Numerals.Place(b.Y + lower)} {Numerals.Place(b.X)},{Numerals.Place(b.Y + lower)}");
        }

        return string.Join(' ', parts);
    }

    // A point of the bow between two points.
    private static Point At(Point a, Point b, double t)
    {
        double u = 1 - t, middle = (a.X + b.X) / 2;
        double x = (u * u * u * a.X) + (3 * u * u * t * middle) + (3 * u * t * t * middle) + (t * t * t * b.X);
        double y = (u * u * u * a.Y) + (3 * u * u * t * a.Y) + (3 * u * t * t * b.Y) + (t * t * t * b.Y);
        return new Point(x, y);
    }

    private static string Id(int number) => number.ToString(CultureInfo.InvariantCulture);
}
