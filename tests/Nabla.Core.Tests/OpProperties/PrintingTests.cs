namespace Nabla.Core.Tests.OpProperties;

/// <summary>Every op as text, read back.</summary>
public sealed class PrintingTests
{
    public static TheoryData<string, string> Samples() => OpTable.Samples();

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_printed_graph_reads_back_as_itself(string op, string sample)
    {
        OpProbe probe = OpProbe.Of(op, sample);
        RoundTrip(probe.Forward, probe.Inputs);
        if (probe.HasGradient)
        {
            RoundTrip(probe.Backward, probe.AllInputs);
        }
    }

    private static void RoundTrip(Graph graph, NDArray[] inputs)
    {
        string text = graph.ToString();
        Graph read = GraphParser.Parse(text);
        Assert.Equal(text, read.ToString());
        Assert.Equal(Numeric.Run(graph, inputs), Numeric.Run(read, inputs));
    }
}
