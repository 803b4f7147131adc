using Nabla.Compiler.Emit;
using Nabla.Core.Tests.Lessons;

namespace Nabla.Core.Tests.Compiler.Emit;

/// <summary>Scalar graphs printed as small JavaScript functions: what nudge sliders of a page call.</summary>
public sealed class JavaScriptScalarTests
{
    [Fact]
    public void The_small_network_reads_as_a_person_would_write_it() => Assert.Equal(
        """
        function f(w, b, x, y) {
          const c = w * x;
          const a = c + b;
          const d = a - y;
          const J = 0.5 * d ** 2;
          return { c, a, d, J };
        }

        """.ReplaceLineEndings("\n"),
        JavaScriptProgram.PrintScalar(Lesson.SmallNetwork.Graph));

    [Theory]
    [InlineData("small")]
    [InlineData("larger")]
    [InlineData("chain")]
    public void Values_and_gradients_are_the_interpreter_s(string name)
    {
        Lesson lesson = name switch
        {
            "small" => Lesson.SmallNetwork,
            "larger" => Lesson.LargerNetwork,
            _ => Lesson.Chain,
        };
        string[] inputs = [.. lesson.Graph.Inputs.Select(n => ((Leaf)n.Op).Label)];
        Graph graph = new("with gradients", lesson.Graph.Inputs, [.. lesson.Graph.Outputs, .. inputs.Select(i => new GraphOutput($"∂J/∂{i}", lesson.GradientNode(i)))]);
        Dictionary<string, double> found = NodeScript.Call(JavaScriptProgram.PrintScalar(graph), "f", [.. inputs.Select(lesson.Value)]);
        foreach (GraphOutput output in lesson.Graph.Outputs)
        {
            AssertSame(lesson.Value(output.Name), found[output.Name], output.Name);
        }

        foreach (string input in inputs)
        {
            AssertSame(lesson.Gradient(input), found[$"∂J/∂{input}"], input);
        }
    }

    [Fact]
    public void A_nudged_weight_gives_the_lecture_s_numbers()
    {
        Dictionary<string, double> found = NodeScript.Call(JavaScriptProgram.PrintScalar(Lesson.SmallNetwork.Graph), "f", 2.001, 8, -2, 2);
        AssertSame(1.996002, found["J"], "J");
    }

    [Fact]
    public void Names_that_JavaScript_keeps_and_hostile_ones_stay_names()
    {
        GraphBuilder builder = new();
        Tensor var = builder.Input("var", TensorType.Scalar(DType.Float64));
        Tensor other = builder.Input("</script>", TensorType.Scalar(DType.Float64));
        Graph graph = new("hostile", [var.Node, other.Node], [new GraphOutput("return", (var * other).Node), new GraphOutput("\"</script>\n", (var + other).Node)]);
        string source = JavaScriptProgram.PrintScalar(graph);
        Assert.DoesNotContain("</script>", source, StringComparison.Ordinal);
        Dictionary<string, double> found = NodeScript.Call(source, "f", 3, 5);
        Assert.Equal(15, found["return"]);
        Assert.Equal(8, found["\"</script>\n"]);
    }

    [Fact]
    public void An_array_is_refused_with_advice()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", new TensorType(DType.Float64, [2]));
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => JavaScriptProgram.PrintScalar(new Graph("arrays", [x.Node], [new GraphOutput("y", x.Exp().Node)])));
        Assert.Contains("expected a graph of scalars, received input : float64[2] in 'arrays'. Print it over arrays instead.", e.Message, StringComparison.Ordinal);
    }

    // Some ten operations, each within a few units in the last place of either side's.
    private static void AssertSame(double expected, double found, string what) =>
        Assert.True(Math.Abs(expected - found) <= 1e-14 * Math.Max(1, Math.Abs(expected)), $"{what}: expected {expected:R}, received {found:R}");
}
