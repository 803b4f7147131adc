namespace Nabla.Core.Tests;

/// <summary>Programs that nobody wrote agree with the interpreter.</summary>
public class RandomGraphTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 120)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_random_program_agrees_in_double(int seed) => PlanCheck.Agrees(RandomGraph.Make(seed, DType.Float64, 10 + seed % 50), seed: seed);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_random_program_agrees_in_single(int seed) => PlanCheck.Agrees(RandomGraph.Make(1000 + seed, DType.Float32, 10 + seed % 50), seed: seed);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public void A_random_program_and_its_gradients_agree(int seed)
    {
        Graph forward = RandomGraph.Make(5000 + seed, DType.Float64, 15);
        GraphBuilder builder = new();
        Tensor[] inputs = [.. forward.Inputs.Select(n => new Tensor(builder.Add(n.Op)))];
        Dictionary<Node, Node> copies = GraphCopy.Into(builder, forward, [.. inputs.Select(t => t.Node)]);
        Tensor loss = forward.Outputs.Select(o => new Tensor(copies[o.Node]).Square().Mean()).Aggregate((a, b) => a + b);
        var gradients = Differentiate.Gradients(loss, inputs);
        PlanCheck.Agrees(new Graph("gradients", inputs.Select(t => t.Node), [new GraphOutput("loss", loss.Node), .. gradients.Select((g, i) => new GraphOutput($"g{i}", g.Node))]), seed: seed);
    }
}
