namespace Nabla.Core.Tests;

/// <summary>Calls, tuples and names before lowering.</summary>
public class PrepareTests
{
    private static readonly TensorType Vector = new(DType.Float64, Dims.Of(3));

    [Fact]
    public void Calls_of_calls_are_replaced_by_their_bodies()
    {
        Graph inner = PlanCheck.Trace(x => [x[0] + 1, x[0] * 2], Vector);
        GraphBuilder middle = new();
        Tensor y = middle.Input("y", Vector);
        Node both = middle.Add(new Call(inner), y.Node);
        Graph outer = new("middle", [y.Node], [new GraphOutput("sum", (new Tensor(middle.Project(both, 0)) * new Tensor(middle.Project(both, 1))).Node)]);
        GraphBuilder builder = new();
        Tensor z = builder.Input("z", Vector);
        Node call = builder.Add(new Call(outer), z.Node);
        Graph graph = new("outer", [z.Node], [new GraphOutput("result", builder.Add(new Call(outer), call))]);

        Assert.DoesNotContain(Prepare.Run(graph).Nodes, n => n.Op is Call or Project or MakeTuple);
        PlanCheck.Agrees(graph);
    }

    [Fact]
    public void Tuples_are_taken_apart()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", Vector);
        Node pair = builder.Add(new MakeTuple(), (x + 1).Node, (x * 3).Node);
        Graph graph = new("tuple", [x.Node], [new GraphOutput("second", builder.Project(pair, 1)), new GraphOutput("first", builder.Project(pair, 0))]);
        PlanCheck.Agrees(graph);
    }

    [Fact]
    public void Inputs_of_one_name_stay_two()
    {
        GraphBuilder builder = new();
        Tensor a = builder.Input("x", Vector);
        Tensor b = builder.Input("x", Vector);
        PlanCheck.Agrees(new Graph("names", [a.Node, b.Node], [new GraphOutput("difference", (a - b).Node)]));
    }

    [Fact]
    public void An_input_that_nobody_reads_is_still_bound() => PlanCheck.Agrees(PlanCheck.Trace(x => [x[1] * 2], Vector, Vector));

    [Fact]
    public void Equal_subexpressions_are_computed_once()
    {
        Graph graph = PlanCheck.Trace(x => [x[0].Exp() + 1, x[0].Exp() * 2], Vector);
        Assert.Single(Prepare.Run(graph).Nodes, n => n.Op is Exp);
    }
}
