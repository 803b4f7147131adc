using System.Runtime.CompilerServices;

namespace Nabla.Core.Tests.Ir;

public sealed class SourceLineTests
{
    private static readonly TensorType _scalar = TensorType.Scalar(DType.Float64);

    [Fact]
    public void A_node_remembers_the_line_that_asked_for_it()
    {
        GraphBuilder builder = new() { RecordsSource = true };
        Tensor w = builder.Input("w", _scalar);
        Tensor square = w.Square(); int line = Line();

        Assert.Equal(new SourceLine(File(), line), square.Node.Source);
        Assert.Equal($"SourceLineTests.cs:{line}", square.Node.Source!.ToString());
        Assert.Equal(line - 1, w.Node.Source!.Line);
    }

    [Fact]
    public void Nobody_pays_who_does_not_ask()
    {
        Assert.Null(new GraphBuilder().Input("w", _scalar).Square().Node.Source);

        GraphBuilder stopped = new() { RecordsSource = true };
        stopped.RecordsSource = false;
        Assert.Null(stopped.Input("w", _scalar).Node.Source);
    }

    [Fact]
    public void A_gradient_has_the_line_of_what_it_belongs_to()
    {
        GraphBuilder builder = new() { RecordsSource = true };
        Tensor w = builder.Input("w", _scalar);
        Tensor root = w.Sqrt(); int line = Line();
        Tensor loss = root * 3;
        Tensor gradient = Differentiate.Gradients(loss, w)[0];

        Graph graph = new("g", [w.Node], [new GraphOutput("gradient", gradient.Node)]);
        Assert.Contains(graph.Nodes, n => n.Scope.Path.EndsWith("backward", StringComparison.Ordinal) && n.Source?.Line == line);
        Assert.Contains(graph.Nodes, n => n.Op.Name == "divide" && n.Source?.Line == line);
    }

    [Fact]
    public void Lines_survive_passes_that_rebuild_a_graph()
    {
        GraphBuilder builder = new() { RecordsSource = true };
        Tensor x = builder.Input("x", new TensorType(DType.Float32, [new Dim(4, "batch")]));
        Tensor y = x.Exp(); int line = Line();
        Graph graph = new("g", [x.Node], [new GraphOutput("y", y.Node)]);

        Graph[] rebuilt = [Resize.Run(graph, "batch", 2), Prepare.Run(graph), Simplify.Run(graph)];
        Assert.All(rebuilt, g => Assert.Equal(line, g.Outputs[0].Node.Source!.Line));
    }

    [Fact]
    public void Only_what_is_called_from_the_recording_on_counts_where_that_is_asked_for()
    {
        GraphBuilder builder = new();
        (Tensor outside, Tensor inside, int line) = Record(builder);
        Assert.Null(outside.Node.Source);
        Assert.Equal(line, inside.Node.Source!.Line);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Tensor Outside, Tensor Inside, int Line) Record(GraphBuilder builder)
    {
        builder.RecordSourceInside();
        Tensor x = builder.Input("x", _scalar);
        (Tensor inside, int line) = Called(x);
        return (x.Square(), inside, line);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Tensor Value, int Line) Called(Tensor x)
    {
        Tensor root = x.Sqrt(); int line = Line();
        return (root, line);
    }

    private static int Line([CallerLineNumber] int line = 0) => line;

    private static string File([CallerFilePath] string file = "") => file;
}
