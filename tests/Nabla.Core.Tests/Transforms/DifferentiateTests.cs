using System.Collections.Immutable;

namespace Nabla.Core.Tests.Transforms;

/// <summary>The pass itself: sums over paths, what is asked and what is not, tuples, graphs in graphs, long chains, errors.</summary>
public sealed class DifferentiateTests
{
    private static readonly TensorType Scalar = TensorType.Scalar(DType.Float64);

    [Fact]
    public void A_value_used_twice_gets_the_sum_over_both_paths()
    {
        // d(a*a + 3a)/da = 2a + 3
        Assert.Equal([7.0], Gradients(x => x[0] * x[0] + 3 * x[0], 2));
    }

    [Fact]
    public void A_second_order_derivative_is_the_pass_run_again()
    {
        GraphBuilder builder = new();
        Tensor w = builder.Input("w", Scalar);
        Tensor first = Differentiate.Gradients(w * w * w, w)[0];
        Tensor second = Differentiate.Gradients(first, w)[0];
        Tensor third = Differentiate.Gradients(second, w)[0];
        Assert.Equal([12.0, 12.0, 6.0], Run(builder, [w], [first, second, third], 2));
    }

    [Fact]
    public void What_the_output_does_not_depend_on_has_a_gradient_of_zeros()
    {
        Assert.Equal([0.0, 1.0], Gradients(x => x[1] + x[0].StopGradient(), 5, 7));
    }

    [Fact]
    public void Intermediate_values_can_be_asked_too()
    {
        // The lesson's small network (L64): dJ/dc = 2 beside dJ/dw = -4.
        GraphBuilder builder = new();
        Tensor w = builder.Input("w", Scalar);
        Tensor c = w * -2;
        Tensor d = c + 8 - 2;
        ImmutableArray<Tensor> gradients = Differentiate.Gradients(0.5 * d.Square(), c, w);
        Assert.Equal([2.0, -4.0], Run(builder, [w], gradients, 2));
    }

    [Fact]
    public void A_call_is_differentiated_through_its_graph_and_its_tuple()
    {
        GraphBuilder inner = new();
        Tensor p = inner.Input("p", Scalar);
        Tensor q = inner.Input("q", Scalar);
        Graph body = new("body", [p.Node, q.Node], [new("product", (p * q).Node), new("sine", p.Sin().Node)]);

        GraphBuilder builder = new();
        Tensor x = builder.Input("x", Scalar);
        Tensor y = builder.Input("y", Scalar);
        Node call = builder.Add(new Call(body), x.Node, y.Node);
        Tensor product = new(builder.Project(call, 0));
        Tensor sine = new(builder.Project(call, 1));
        ImmutableArray<Tensor> both = Differentiate.Gradients(product * product + sine, x, y);
        ImmutableArray<Tensor> one = Differentiate.Gradients(product, x, y);
        double[] values = Run(builder, [x, y], [.. both, .. one], 2, 3);
        Assert.Equal(2 * 6 * 3 + Math.Cos(2), values[0], 1e-14);
        Assert.Equal([24.0, 3.0, 2.0], values[1..]);
    }

    [Fact]
    public void Work_grows_with_nodes_plus_parameters()
    {
        // L70: N + P, not N * P. A sum of P products: the gradient graph grows by a constant per parameter.
        int Nodes(int parameters)
        {
            GraphBuilder builder = new();
            Tensor[] w = [.. Enumerable.Range(0, parameters).Select(i => builder.Input($"w{i}", Scalar))];
            Tensor sum = w.Select((x, i) => x * (i + 1)).Aggregate((a, b) => a + b);
            return new Graph("g", w.Select(x => x.Node), Differentiate.Gradients(sum.Square(), w).Select((g, i) => new GraphOutput($"g{i}", g.Node))).Nodes.Length;
        }

        int few = Nodes(50), twice = Nodes(100), fourTimes = Nodes(200);
        Assert.Equal(2 * (twice - few), fourTimes - twice);
    }

    // A thread of the tests has 1.5 MB of stack: 50 bytes for each of 30,000 calls, which no frame does with.
    [Theory]
    [InlineData(1_000)]
    [InlineData(30_000)]
    public void A_long_chain_differentiates_without_recursion(int length)
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", Scalar);
        Tensor y = x;
        for (int i = 0; i < length; i++)
        {
            y = y + x;
        }

        Tensor gradient = Differentiate.Gradients(y, x)[0];
        Graph graph = Simplify.Run(new Graph("chain", [x.Node], [new("g", gradient.Node)]));
        Assert.Equal([length + 1.0], Run(graph, 0.5));
    }

    [Fact]
    public void A_vector_needs_a_cotangent_and_the_error_says_so()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", new TensorType(DType.Float64, [3]));
        string message = Assert.Throws<ShapeException>(() => Differentiate.Gradients(x * x, x)).Message;
        Assert.Contains("float64[3]", message, StringComparison.Ordinal);
        Assert.Contains("Sum or Mean", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_have_no_derivative_and_the_error_says_so()
    {
        GraphBuilder builder = new();
        Tensor n = builder.Input("n", TensorType.Scalar(DType.Int32));
        string message = Assert.Throws<ShapeException>(() => Differentiate.Gradients(n.Cast(DType.Float64), n)).Message;
        Assert.Contains("no derivative", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_carry_the_scope_of_what_they_belong_to()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", Scalar);
        Tensor y;
        using (builder.Scope("layer"))
        {
            y = x.Sin();
        }

        Tensor gradient = Differentiate.Gradients(y.Exp(), x)[0];
        Assert.Equal("layer/backward", gradient.Node.Scope.Path);
    }

    private static double[] Gradients(Func<Tensor[], Tensor> function, params double[] at)
    {
        GraphBuilder builder = new();
        Tensor[] inputs = [.. at.Select((_, i) => builder.Input($"x{i}", Scalar))];
        return Run(builder, inputs, Differentiate.Gradients(function(inputs), inputs), at);
    }

    private static double[] Run(GraphBuilder builder, Tensor[] inputs, ImmutableArray<Tensor> outputs, params double[] at)
    {
        Assert.All(outputs, o => Assert.Same(builder, o.Builder));
        return Run(new Graph("g", inputs.Select(i => i.Node), outputs.Select((o, i) => new GraphOutput($"o{i}", o.Node))), at);
    }

    private static double[] Run(Graph graph, params double[] at)
    {
        Verifier.Check(graph, "test");
        var outputs = new Interpreter<double>(DoubleNumbers.Instance).Run(graph, [.. at.Select(v => Value<double>.OfFloats(Scalar, [v]))]);
        return [.. outputs.Select(o => o.Floats[0])];
    }
}
