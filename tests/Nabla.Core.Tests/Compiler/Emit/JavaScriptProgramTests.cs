using Nabla.Compiler.Emit;
using Nabla.Core.Tests.Mutation;
using Nabla.Core.Tests.OpProperties;
using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.Compiler.Emit;

/// <summary>
/// Graphs printed as JavaScript and run by node against the interpreter in double: every op and its gradient, special values, random programs.
/// </summary>
public sealed class JavaScriptProgramTests
{
    public static TheoryData<string, string> Floats() => [.. All().Select(s => (s.Op, s.Sample))];

    public static TheoryData<string, string, string> Exact() =>
        [.. All().SelectMany(s => OpTable.Row(s.Op).ExactTypes.Select(t => (s.Op, s.Sample, t.Name)))];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Floats))]
    public void Every_op_and_its_gradient_are_within_the_derived_bound(string op, string sample)
    {
        OpProbe probe = OpProbe.Of(op, sample);
        Graph graph = probe.HasGradient ? new Graph("both", probe.Backward.Inputs, [.. probe.Forward.Outputs, .. probe.Backward.Outputs]) : probe.Forward;
        NDArray[] inputs = probe.HasGradient ? probe.AllInputs : probe.Inputs;

        // The bound counts the additions, products and functions that the numbers went through: far below a relative 1e-12.
        RunningError math = new(DType.Float64);
        Value<Bounded>[] expected = Numeric.Run(graph, math, [.. inputs.Select(a => Value<Bounded>.From(a, math))]);
        NDArray[] found = Run(graph, inputs);
        for (int k = 0; k < expected.Length; k++)
        {
            RunningError.AssertWithin(expected[k], found[k], graph.Outputs[k].Name);
        }
    }

    [Theory]
    [MemberData(nameof(Exact))]
    public void Whole_numbers_and_truth_values_are_exact(string op, string sample, string dtype)
    {
        OpProbe probe = OpProbe.Of(op, sample, DTypeFacts.Parse(dtype));
        Assert.Equal(Numeric.Run(probe.Forward, probe.Inputs)[0], Run(probe.Forward, probe.Inputs)[0].Doubles());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_random_program_agrees(int seed)
    {
        Graph graph = RandomGraph.Make(9000 + seed, seed % 2 == 0 ? DType.Float64 : DType.Float32, 10 + seed % 50);
        NDArray[] inputs = [.. graph.Inputs.Select((n, i) => PlanCheck.Values(n.TensorType, seed + i))];
        PlanCheck.Compare(graph, inputs, Run(graph, inputs));
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("log")]
    [InlineData("log1p")]
    [InlineData("expm1")]
    [InlineData("sqrt")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("softplus")]
    [InlineData("sin")]
    [InlineData("cos")]
    [InlineData("erf")]
    [InlineData("abs")]
    [InlineData("sign")]
    [InlineData("floor")]
    [InlineData("round")]
    public void Functions_keep_their_accuracy_from_the_smallest_to_the_largest_numbers(string name)
    {
        double[] sizes = [0, 5e-324, 1e-300, 1e-20, 1e-9, 0.1, 0.5, 1, 1.5, 1.999, 2, 2.5, 3.5, 5.9, 6.1, 19, 36.8, 40, 709, 745.2, 1e5, 1e300, double.PositiveInfinity, double.NaN];
        double[] x = [.. sizes, .. sizes.Select(s => -s)];
        GraphBuilder builder = new();
        Tensor input = builder.Input("x", new TensorType(DType.Float64, [x.Length]));
        Op op = OpTable.Row(name).Samples[0].Op(DType.Float64);
        Graph graph = new(name, [input.Node], [new GraphOutput("y", builder.Apply(op, input).Node)]);
        NDArray values = NDArray.Create<double>(x, [x.Length]);
        double[] expected = Numeric.Run(graph, values)[0];
        double[] found = Run(graph, values)[0].Doubles();
        for (int i = 0; i < x.Length; i++)
        {
            // JavaScript's own functions are within a unit in the last place; the series of erf adds some twenty roundings.
            Assert.True(
                expected[i].Equals(found[i]) || Math.Abs(expected[i] - found[i]) <= 5e-15 * Math.Abs(expected[i]) + 5e-324,
                $"{name}({x[i]:R}): expected {expected[i]:R}, received {found[i]:R}");
        }
    }

    [Fact]
    public void Powers_of_one_and_by_zero_are_one()
    {
        double[] a = [1, 1, -1, -1, 0, double.NaN, 2, 0.5, double.NaN, -8, 0];
        double[] b = [double.NaN, double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, 0, 0, double.NaN, 1e5, 1, 1.0 / 3, -1];
        Graph graph = PlanCheck.Trace(x => [x[0].Pow(x[1])], new TensorType(DType.Float64, [a.Length]), new TensorType(DType.Float64, [a.Length]));
        NDArray[] inputs = [NDArray.Create<double>(a, [a.Length]), NDArray.Create<double>(b, [a.Length])];
        Assert.Equal(Numeric.Run(graph, inputs)[0], Run(graph, inputs)[0].Doubles());
    }

    [Fact]
    public void Casts_round_where_the_plan_s_do_and_not_where_the_step_is_replayed_in_double()
    {
        Graph graph = PlanCheck.Trace(x => [x[0].Cast(DType.Float32).Cast(DType.Float64)], new TensorType(DType.Float64, [1]));
        NDArray tenth = NDArray.Create<double>([0.1], [1]);
        Assert.Equal((float)0.1, NodeScript.Run(JavaScriptProgram.Print(graph, "cast", roundsCasts: true), "cast", tenth)[0][0]);
        Assert.Equal(0.1, NodeScript.Run(JavaScriptProgram.Print(graph, "cast"), "cast", tenth)[0][0]);
    }

    [Fact]
    public void A_flipped_derivative_is_noticed()
    {
        OpProbe probe = OpProbe.Of("tanh", OpTable.Row("tanh").Samples[^1].Label);
        Mutant mutant = Mutants.Of(probe.Forward, probe.Backward).First(m => m.Name.StartsWith("gradient 0 negated", StringComparison.Ordinal));
        RunningError math = new(DType.Float64);
        Value<Bounded> expected = Numeric.Run(probe.Backward, math, [.. probe.AllInputs.Select(a => Value<Bounded>.From(a, math))])[0];
        RunningError.AssertWithin(expected, Run(probe.Backward, probe.AllInputs)[0], "the rule");
        Assert.ThrowsAny<Exception>(() => RunningError.AssertWithin(expected, Run(mutant.Backward, probe.AllInputs)[0], "the mutant"));
    }

    [Fact]
    public void Random_numbers_are_refused_with_advice()
    {
        GraphBuilder builder = new();
        Tensor seed = builder.Input("seed", TensorType.Scalar(DType.Int64));
        Graph graph = new("noise", [seed.Node], [new GraphOutput("y", builder.Uniform(seed, seed, [2, 3]).Node)]);
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => JavaScriptProgram.Print(graph, "noise"));
        Assert.StartsWith("JavaScript: 'uniform' draws random numbers, which are not printed: a page would draw others than the training did. Record the step without dropout or noise.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_labels_neither_leave_their_comment_nor_end_the_script()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("*/ alert(1) /* </script>\n// \u2028x", new TensorType(DType.Float64, [3]));
        Tensor y;
        using (builder.Scope("</script><b>*/\nalert(2)"))
        {
            y = x.Exp();
        }

        Graph graph = new("hostile", [x.Node], [new GraphOutput("*/ y </script>", y.Node)]);
        string source = JavaScriptProgram.Print(graph, "hostile");
        Assert.DoesNotContain("</", source, StringComparison.Ordinal);
        Assert.Equal(3, Run(graph, NDArray.Ones(DType.Float64, [3]))[0].Dims.Count);
    }

    private static NDArray[] Run(Graph graph, params NDArray[] inputs)
    {
        double[][] found = NodeScript.Run(JavaScriptProgram.Print(graph, "program", roundsCasts: true), "program", inputs);
        return [.. found.Select((o, i) => NDArray.Create<double>(o, graph.Outputs[i].Node.TensorType.Dims).AsType(graph.Outputs[i].Node.TensorType.DType))];
    }

    private static IEnumerable<(string Op, string Sample)> All() =>
        OpTable.Rows.Where(r => r.Name != "uniform").SelectMany(r => r.Samples.Select(s => (r.Name, s.Label)));
}
