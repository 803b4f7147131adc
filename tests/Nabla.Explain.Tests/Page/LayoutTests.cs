namespace Nabla.Explain.Tests.Page;

/// <summary>The geometry of drawings, without a browser.</summary>
public sealed class LayoutTests
{
    public static TheoryData<string> Drawn => ["small", "larger", "square", "mazur", "long"];

    [Theory]
    [MemberData(nameof(Drawn))]
    public void Boxes_lie_apart_and_everything_lies_inside(string name)
    {
        foreach (Placement placement in Placements(name))
        {
            for (int i = 0; i < placement.Boxes.Count; i++)
            {
                Box box = placement.Boxes[i];
                Assert.True(box is { X: >= 0, Y: >= 0 } && box.Right <= placement.Width && box.Bottom <= placement.Height, $"{name}: {box} lies outside");
                for (int k = 0; k < i; k++)
                {
                    Box other = placement.Boxes[k];
                    Assert.False(box.X < other.Right && other.X < box.Right && box.Y < other.Bottom && other.Y < box.Bottom, $"{name}: {box} lies on {other}");
                }
            }

            Assert.All(placement.Routes.SelectMany(r => r), p => Assert.True(p.X >= 0 && p.Y >= 0 && p.X <= placement.Width && p.Y <= placement.Height, $"{name}: {p} lies outside"));
        }
    }

    [Theory]
    [MemberData(nameof(Drawn))]
    public void Edges_begin_and_end_on_the_borders_of_the_boxes_that_are_seen(string name)
    {
        Trace trace = Of(name);
        foreach ((PageGraph graph, Placement placement) in Graphs(trace))
        {
            List<int> places = [.. graph.Nodes];
            for (int e = 0; e < graph.Edges.Count; e++)
            {
                Box from = GraphDrawing.Body(placement.Boxes[places.IndexOf(graph.Edges[e].From)]);
                Box to = GraphDrawing.Body(placement.Boxes[places.IndexOf(graph.Edges[e].To)]);
                Point start = placement.Routes[e][0], end = placement.Routes[e][^1];
                Assert.Equal(from.Right, start.X, 1e-9);
                Assert.InRange(start.Y, from.Y, from.Bottom);
                Assert.Equal(to.X, end.X, 1e-9);
                Assert.InRange(end.Y, to.Y, to.Bottom);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Drawn))]
    public void No_edge_passes_through_a_box(string name)
    {
        Trace trace = Of(name);
        foreach ((PageGraph graph, Placement placement) in Graphs(trace))
        {
            // Between its ends a route is level inside columns: these pieces are where boxes are.
            foreach (IReadOnlyList<Point> route in placement.Routes)
            {
                for (int i = 3; i < route.Count - 2; i += 2)
                {
                    Assert.DoesNotContain(placement.Boxes, b => b.X < route[i].X && b.Right > route[i - 1].X && b.Y < route[i].Y && b.Bottom > route[i].Y);
                }
            }
        }
    }

    [Fact]
    public void Two_uses_of_one_value_are_two_lines()
    {
        (PageGraph graph, Placement placement) = Graphs(Pages.Square).Single();
        Assert.Equal(2, graph.Edges.Count);
        Assert.True(Math.Abs(placement.Routes[0][0].Y - placement.Routes[1][0].Y) >= 15, "the two lines lie on each other");
    }

    [Fact]
    public void What_can_be_drawn_without_crossings_is()
    {
        // Two chains into one sum, given in an order that crosses.
        Placement placement = Layered.Place([(50, 40), (50, 40), (50, 40), (50, 40), (50, 40)], [(0, 3), (1, 2), (2, 4), (3, 4)], 5);
        Assert.Equal(placement.Boxes[0].Y < placement.Boxes[1].Y, placement.Boxes[3].Y < placement.Boxes[2].Y);
    }

    [Fact]
    public void The_same_graph_is_always_drawn_the_same() => Assert.Equal(Pages.Mazur.ToHtml(), Pages.Mazur.ToHtml());

    private static Trace Of(string name) => name switch
    {
        "small" => Pages.Small,
        "larger" => Pages.Larger,
        "square" => Pages.Square,
        "mazur" => Pages.Mazur,
        _ => Pages.Long(100),
    };

    private static IEnumerable<Placement> Placements(string name) => Graphs(Of(name)).Select(g => g.Placement);

    private static IEnumerable<(PageGraph Graph, Placement Placement)> Graphs(Trace trace) =>
        PageGraph.Of(trace, PageGraph.AllEdges(trace, PageProgram.Read(trace)))
            .Select(g => (g, new GraphDrawing(trace, new PageNames(trace), g, _ => 0, _ => 0).Placement));
}
