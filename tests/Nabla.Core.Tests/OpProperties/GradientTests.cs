using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>Every derivative rule against means that know nothing of it.</summary>
public sealed class GradientTests
{
    public static TheoryData<string, string> Samples() => OpTable.Differentiable();

    [Theory]
    [MemberData(nameof(Samples))]
    public void Rule_agrees_with_five_point_differences(string op, string sample) => Compare(OpProbe.Of(op, sample));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Rule_agrees_where_one_value_is_used_twice(string op, string sample) => Compare(OpProbe.Of(op, sample, twice: true));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Contributions_of_two_uses_add_up(string op, string sample)
    {
        // f(x) + f(x) with cotangents c and d: the gradient is exactly that of f with c and with d, added.
        OpProbe probe = OpProbe.Of(op, sample);
        double[][] once = Numeric.Run(probe.Backward, probe.AllInputs);
        OpSample stated = OpTable.Row(op).Samples.Single(s => s.Label == sample);
        GraphBuilder builder = new();
        Tensor[] inputs = [.. probe.Inputs.Select((a, i) => builder.Input($"x{i}", a.Type))];
        Tensor Apply() => stated.Build is { } build ? build(stated.Op(DType.Float64), builder, inputs) : builder.Apply(stated.Op(DType.Float64), inputs);
        Tensor cotangent = builder.Input("c", probe.Output.Type);
        var twice = Differentiate.VectorJacobian(Apply() + Apply(), cotangent, [.. probe.Active.Select(i => inputs[i])]);
        Graph graph = new("twice", [.. inputs.Select(t => t.Node), cotangent.Node], twice.Select((g, i) => new GraphOutput($"g{i}", g.Node)));
        double[][] both = Numeric.Run(graph, probe.AllInputs);
        for (int k = 0; k < once.Length; k++)
        {
            Assert.Equal(once[k].Select(g => g + g), both[k]);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_rule_is_linear_in_the_cotangent(string op, string sample)
    {
        // With 2c + 3d it gives twice what it gives with c and three times what it gives with d, to a few roundings of each term.
        OpProbe probe = OpProbe.Of(op, sample);
        double[] c = probe.Cotangent.Doubles();
        double[] d = Numeric.Direction(7, c.Length);
        double[][] At(Func<int, double> cotangent) =>
            Numeric.Run(probe.Backward, [.. probe.Inputs, NDArray.Create<double>([.. Enumerable.Range(0, c.Length).Select(cotangent)], probe.Output.Dims)]);
        double[][] ofC = At(i => c[i]);
        double[][] ofD = At(i => d[i]);
        double[][] size = At(i => 2 * Math.Abs(c[i]) + 3 * Math.Abs(d[i]));
        double[][] ofBoth = At(i => 2 * c[i] + 3 * d[i]);
        for (int k = 0; k < ofC.Length; k++)
        {
            double scale = 1e-13 * size[k].Select(Math.Abs).DefaultIfEmpty(0).Max();
            Numeric.AssertClose([.. ofC[k].Zip(ofD[k], (a, b) => 2 * a + 3 * b)], ofBoth[k], 0, scale, $"gradient {k}");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_zero_cotangent_gives_exactly_zero(string op, string sample)
    {
        OpProbe probe = OpProbe.Of(op, sample);
        double[][] gradients = Numeric.Run(probe.Backward, [.. probe.Inputs, NDArray.Zeros(DType.Float64, probe.Output.Dims)]);
        Assert.All(gradients, g => Assert.All(g, v => Assert.Equal(0, Math.Abs(v))));
    }

    [Fact]
    public void Stop_gradient_stops_it()
    {
        OpProbe probe = OpProbe.Of("stop_gradient", "vector");
        Assert.All(Numeric.Run(probe.Backward, probe.AllInputs)[0], g => Assert.Equal(0, g));
    }

    [Fact]
    public void A_cast_between_floating_types_hands_the_cotangent_on()
    {
        Assert.Equal([1, 2], Evaluate.Gradient(x => x.Cast(DType.Float32).Cast(DType.Float64), new double[] { 0.1, 7 }).Doubles());
    }

    // 1e-8 and 1e-10: reliability 2.3, five points in double. The step's own error is below 1e-9 of the largest fifth derivative drawn.
    private static void Compare(OpProbe probe)
    {
        double[][] gradients = Numeric.Run(probe.Backward, probe.AllInputs);
        double[] cotangent = probe.Cotangent.Doubles();
        for (int k = 0; k < probe.Active.Length; k++)
        {
            double[] differences = Numeric.Differences(x => Numeric.Dot(cotangent, Numeric.Run(probe.Forward, x)[0]), probe.Inputs, probe.Active[k]);
            Numeric.AssertClose(differences, gradients[k], 1e-8, 1e-10, $"gradient of input {probe.Active[k]}");
        }
    }
}
