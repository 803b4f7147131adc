namespace Nabla.Explain;

/// <summary>The drawing of a page as a file of its own, for documents and slides: the whole graph, all steps shown.</summary>
internal static class GraphPicture
{
    public static string Write(Trace trace)
    {
        PageProgram? program = PageProgram.Read(trace);
        PageGraph whole = new(trace.Title, [.. trace.Nodes.Select(n => n.Id)], PageGraph.AllEdges(trace, program));
        Element picture = new GraphDrawing(trace, new PageNames(trace, program), whole, _ => null, _ => null).Draw("graph");
        picture.Add(PageFile.Style("graph.css"));
        return picture.ToString().Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", StringComparison.Ordinal) + "\n";
    }
}
