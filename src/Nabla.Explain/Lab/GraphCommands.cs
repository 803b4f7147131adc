namespace Nabla.Explain;

/// <summary>The commands <c>graph</c>, <c>explain</c> and <c>trace</c>.</summary>
internal static class GraphCommands
{
    public static LabOutcome Graph(LabSession session, string text)
    {
        LabState state = session.State;
        LabSubject subject = LabSubject.Of("graph", LabWords.Of(text), state, needsVariable: false);
        return new LabOutcome(state, new LabPart.Drawing(LabGraph.Of(subject.Graph, subject.Point)));
    }

    public static LabOutcome Explain(LabSession session, string text)
    {
        LabState state = session.State;
        LabSubject subject = LabSubject.Of("explain", LabWords.Of(text), state, needsVariable: false);
        subject.RequireValues("explain");
        return new LabOutcome(state, new LabPart.Explanation(subject.Trace(state)));
    }
}
