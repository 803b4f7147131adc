namespace Nabla.Core.Tests.Transforms;

/// <summary>Each rule fires on its pattern, keeps the value, and leaves what it should.</summary>
public sealed class SimplifyTests
{
    private static readonly double[] Hard = [0.0, -0.0, 1.0, -2.5, 1e300, -1e-310, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    public static TheoryData<string, Func<Tensor, Tensor, Tensor>, string> Exact => new()
    {
        { "multiply-by-one", (x, y) => x * 1 + y, "add(%0, %1)" },
        { "multiply-by-one", (x, y) => y + 1 * x, "add(%1, %0)" },
        { "divide-by-one", (x, y) => x / 1 * y, "multiply(%0, %1)" },
        { "power-of-one", (x, y) => x.Pow(1) * y, "multiply(%0, %1)" },
        { "subtract-zero", (x, y) => (x - 0) * y, "multiply(%0, %1)" },
        { "multiply-by-minus-one", (x, y) => x * -1 * (y * 0), "negate" },
        { "double-negative", (x, y) => -(-x) * y, "multiply(%0, %1)" },
        { "add-negative", (x, y) => x + -y, "subtract(%0, %1)" },
        { "add-to-negative", (x, y) => -x + y, "subtract(%1, %0)" },
        { "subtract-negative", (x, y) => x - -y, "add(%0, %1)" },
        { "negatives-cancel", (x, y) => -x * -y, "multiply(%0, %1)" },
        { "negative-factor", (x, y) => -x / y, "divide(%0, %1)" },
        { "negative-second-factor", (x, y) => x * -y, "multiply(%0, %1)" },
        { "twice", (x, y) => (x + x) * y, "multiply" },
        { "same-either-way", (x, y) => Tensor.Select(x.LessThan(y), y, y) * x, "multiply(%1, %0)" },
        { "exact-constants", (x, y) => x * (x.Like(2) * x.Like(3)) + y, "value=6" },
    };

    [Theory]
    [MemberData(nameof(Exact))]
    public void An_exact_rule_fires_and_keeps_every_value_to_the_bit(string rule, Func<Tensor, Tensor, Tensor> build, string left)
    {
        Graph graph = Trace(build);
        List<RewriteStep> steps = [];
        Graph simple = Simplify.Run(graph, steps: steps);
        Verifier.Check(simple, rule);
        Assert.Contains(steps, s => s.Rule == rule);
        Assert.Contains(left, simple.ToString(), StringComparison.Ordinal);
        foreach (double x in Hard)
        {
            foreach (double y in Hard)
            {
                double before = Run(graph, x, y);
                double after = Run(simple, x, y);
                Assert.True(double.IsNaN(before) ? double.IsNaN(after) : BitConverter.DoubleToInt64Bits(before) == BitConverter.DoubleToInt64Bits(after), $"{rule} at {x}, {y}: {before} became {after}");
            }
        }
    }

    public static TheoryData<string, Func<Tensor, Tensor, Tensor>> Relaxed => new()
    {
        { "add-zero", (x, y) => x + 0 + y },
        { "zero-minus", (x, y) => 0 - x + y },
        { "multiply-by-zero", (x, y) => x * 0 + y },
        { "zero-divided", (x, y) => 0 / x + y },
        { "minus-itself", (x, y) => x - x + y },
        { "divided-by-itself", (x, y) => x / x + y },
        { "power-of-zero", (x, y) => x.Pow(0) + y },
        { "constants", (x, y) => x * (x.Like(new Rational(1, 3)) + x.Like(new Rational(1, 6))) + y },
    };

    [Theory]
    [MemberData(nameof(Relaxed))]
    public void A_relaxed_rule_fires_only_when_asked_and_keeps_ordinary_values(string rule, Func<Tensor, Tensor, Tensor> build)
    {
        Graph graph = Trace(build);
        List<RewriteStep> exact = [];
        Simplify.Run(graph, steps: exact);
        Assert.DoesNotContain(exact, s => s.Rule == rule);

        List<RewriteStep> steps = [];
        Graph simple = Simplify.Run(graph, relaxed: true, steps);
        Assert.Contains(steps, s => s.Rule == rule);
        Assert.Equal(Run(graph, 3.5, -1.25), Run(simple, 3.5, -1.25), 1e-15);
    }

    [Fact]
    public void Every_rule_has_a_test()
    {
        IEnumerable<string> tested = Exact.Concat<ITheoryDataRow>(Relaxed).Select(r => (string)r.GetData()[0]!);
        string[] elsewhere = ["double-not", "cast-to-itself", "broadcast-to-itself", "broadcast-of-broadcast", "reshape-of-reshape"];
        Assert.Empty(Simplify.ExactRules.Concat(Simplify.RelaxedRules).Select(r => r.Name).Except(tested).Except(elsewhere));
    }

    [Fact]
    public void Movements_that_do_nothing_vanish()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", new TensorType(DType.Float64, [2, 3]));
        Tensor y = new Tensor(builder.Add(new Reshape([2, 3]), x.Node)).Reshape([3, 2]).Reshape([6]);
        y = new Tensor(builder.Add(new Cast(DType.Float64), y.Node)).BroadcastTo([1, 6]).BroadcastTo([4, 1, 6]);
        y = Tensor.Select(y.LessThan(0).Not().Not(), y, y);
        Graph simple = Simplify.Run(new Graph("g", [x.Node], [new("y", y.Node)]));
        Assert.Equal(["input", "reshape", "broadcast"], simple.Nodes.Select(n => n.Op.Name));
    }

    [Fact]
    public void Common_subexpressions_become_one_node()
    {
        Graph simple = Simplify.Run(Trace((x, y) => (x * y).Exp() + (x * y).Exp() * (x * y)));
        Assert.Single(simple.Nodes, n => n.Op is Exp);
        Assert.Single(simple.Nodes, n => n.Op is Multiply && n.Inputs.All(i => i.Op is Input));
    }

    private static Graph Trace(Func<Tensor, Tensor, Tensor> build)
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", TensorType.Scalar(DType.Float64));
        Tensor y = builder.Input("y", TensorType.Scalar(DType.Float64));
        return new Graph("g", [x.Node, y.Node], [new("z", build(x, y).Node)]);
    }

    private static double Run(Graph graph, double x, double y)
    {
        DoubleNumbers math = DoubleNumbers.Instance;
        TensorType scalar = TensorType.Scalar(DType.Float64);
        return new Interpreter<double>(math).Run(graph, [Value<double>.OfFloats(scalar, [x]), Value<double>.OfFloats(scalar, [y])])[0].Floats[0];
    }
}
