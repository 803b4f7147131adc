using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>The pass run on its own result: second derivatives of every op.</summary>
public sealed class SecondOrderTests
{
    public static TheoryData<string, string> Samples() => OpTable.Differentiable();

    [Theory]
    [MemberData(nameof(Samples))]
    public void Gradient_of_the_gradient_agrees_with_its_differences(string op, string sample)
    {
        // s = Σ d · gradient(x, c) as a scalar of the inputs and of the cotangent c.
        OpProbe probe = OpProbe.Of(op, sample);
        double[][] directions = [.. probe.Gradients.Select((g, k) => Numeric.Direction(k, g.Dims.Count))];
        (Graph graph, int[] with) = Second(probe, directions);
        double[][] second = Numeric.Run(graph, probe.AllInputs);
        double Scalar(NDArray[] inputs) => Numeric.Run(probe.Backward, inputs).Select((g, k) => Numeric.Dot(g, directions[k])).Sum();
        for (int k = 0; k < with.Length; k++)
        {
            // reliability 2.3: second order in double. The differences are of first derivatives, exact to about 1e-11.
            Numeric.AssertClose(Numeric.Differences(Scalar, probe.AllInputs, with[k]), second[k], 1e-6, 1e-8, $"input {with[k]}");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_second_derivative_is_symmetric(string op, string sample)
    {
        OpProbe probe = OpProbe.Of(op, sample);
        double[][] u = [.. probe.Gradients.Select((g, k) => Numeric.Direction(100 + k, g.Dims.Count))];
        double[][] w = [.. probe.Gradients.Select((g, k) => Numeric.Direction(200 + k, g.Dims.Count))];
        (double forward, double size) = Product(probe, w, u);
        (double backward, _) = Product(probe, u, w);

        // 1e-12 of the sum of absolute terms: reliability 2.6 (c).
        Assert.True(Math.Abs(forward - backward) <= 1e-12 * size, $"u·Hw is {forward:R}, w·Hu is {backward:R}");
    }

    // left · H · right over all active inputs, and the sum of its absolute terms.
    internal static (double Value, double Size) Product(OpProbe probe, double[][] right, double[][] left)
    {
        (Graph graph, int[] with) = Second(probe, right);
        double[][] product = Numeric.Run(graph, probe.AllInputs);
        (double value, double size) = (0, 1e-300);
        for (int k = 0; k < probe.Active.Length; k++)
        {
            Assert.Equal(probe.Active[k], with[k]);
            value += Numeric.Dot(left[k], product[k]);
            size += Numeric.Dot([.. left[k].Select(Math.Abs)], [.. product[k].Select(Math.Abs)]);
        }

        return (value, size);
    }

    // The gradients of Σ direction · gradient with respect to the active inputs and the cotangent.
    private static (Graph Graph, int[] With) Second(OpProbe probe, double[][] directions)
    {
        GraphBuilder builder = probe.Output.Builder;
        Tensor scalar = builder.Constant(0, DType.Float64);
        for (int k = 0; k < directions.Length; k++)
        {
            Tensor gradient = probe.Gradients[k];
            scalar += (gradient * builder.Literal(NDArray.Create<double>(directions[k], gradient.Dims))).Sum();
        }

        int[] with = [.. probe.Active, probe.Leaves.Length - 1];
        var second = Differentiate.Gradients(scalar, [.. with.Select(i => probe.Leaves[i])]);
        Graph graph = new("second", probe.Leaves.Select(t => t.Node), second.Select((g, i) => new GraphOutput($"h{i}", g.Node)));
        Verifier.Check(graph, "differentiate twice");
        return (graph, with);
    }
}
