using System.Collections.Immutable;

namespace Nabla.Core.Tests.Lessons;

/// <summary>Mazur's 2-2-2 network (L93): every printed number, from one traced function.</summary>
public sealed class MazurLessons
{
    private static readonly double[,] W1 = { { .15, .20 }, { .25, .30 } };
    private static readonly double[,] W2 = { { .40, .45 }, { .50, .55 } };
    private static readonly double[] Input = [.05, .10];
    private static readonly double[] Target = [.01, .99];
    private static readonly double[] B1 = [.35, .35];
    private static readonly double[] B2 = [.60, .60];

    private static readonly Differentiable Error = Differentiable.OfMany(p =>
    {
        Tensor i = p[0].Builder.Literal(NDArray.From(Input));
        Tensor t = p[0].Builder.Literal(NDArray.From(Target));
        Tensor h = (p[0].MatMul(i) + p[1]).Sigmoid();
        Tensor o = (p[2].MatMul(h) + p[3]).Sigmoid();
        return (0.5 * (t - o).Square()).Sum();
    });

    // Half a unit of the tenth printed digit.
    private const double Printed = 5.01e-11;

    [Fact]
    public void L93_forward_values()
    {
        Differentiable hidden = Differentiable.Of((Tensor w, Tensor b) => (w.MatMul(w.Builder.Literal(NDArray.From(Input))) + b).Sigmoid());
        NDArray h = hidden.Value(W1, B1);
        Near([.5932699921, .5968843783], h);
        Differentiable output = Differentiable.Of((Tensor w, Tensor b, Tensor below) => (w.MatMul(below) + b).Sigmoid());
        Near([.7513650696, .7729284653], output.Value(W2, B2, h));
        Assert.Equal(.2983711088, (double)Error.Value(W1, B1, W2, B2), Printed);
    }

    [Fact]
    public void L93_gradients()
    {
        ImmutableArray<NDArray> gradients = Error.Gradients(W1, B1, W2, B2);
        Near([.0004385677, .0008771355, .0004977127, .0009954255], gradients[0]);
        Near([.0087713547, .0099542547], gradients[1]); // δ1
        Near([.0821670406, .0826676278, -.0226025405, -.0227402422], gradients[2]);
        Near([.1384985616, -.0380982365], gradients[3]); // δ2
    }

    [Fact]
    public void L93_the_hidden_deltas_are_sums_over_two_paths()
    {
        ReadOnlySpan<double> delta2 = Error.Gradients(W1, B1, W2, B2)[3].AsSpan<double>();
        Assert.Equal(.0553994247, W2[0, 0] * delta2[0], Printed);
        Assert.Equal(-.0190491183, W2[1, 0] * delta2[1], Printed);
        Differentiable back = Differentiable.Of((Tensor w, Tensor delta) => w.MatMul(delta, transposeLeft: true));
        Near([.0363503064, .0413703226], back.Value(W2, delta2.ToArray()));
    }

    [Fact]
    public void L93_weights_after_one_step()
    {
        NDArray[] weights = Trained(steps: 1, biases: false);
        Near([.1497807161, .1995614323, .2497511436, .2995022873], weights[0]);
        Near([.3589164797, .4086661861, .5113012702, .5613701211], weights[2]);
    }

    // The page's .291027924 is not exact.
    [Theory]
    [InlineData(1, false, .2910277737, 5.01e-11)]
    [InlineData(1, true, .2804714468, 5.01e-11)]
    [InlineData(10_000, false, 3.5102e-5, 5.01e-10)]
    public void L93_error_after_training(int steps, bool biases, double expected, double tolerance)
    {
        NDArray[] p = Trained(steps, biases);
        Assert.Equal(expected, (double)Error.Value(p[0], p[1], p[2], p[3]), tolerance);
    }

    private static NDArray[] Trained(int steps, bool biases)
    {
        // Gradient descent as one graph: new = old - 0.5 * gradient, all gradients at the old values.
        GraphBuilder builder = new();
        NDArray[] values = [W1, B1, W2, B2];
        Tensor[] p = [.. values.Select((v, i) => builder.Parameter($"p{i}", v.Type))];
        Graph traced = Error.Trace([.. values.Select(v => v.Type)]);
        Dictionary<Node, Node> copies = GraphCopy.Into(builder, traced, [.. p.Select(t => t.Node)]);
        ImmutableArray<Tensor> gradients = Differentiate.Gradients(new Tensor(copies[traced.Outputs[0].Node]), p);
        Graph step = new("step", p.Select(t => t.Node), p.Select((t, i) => new GraphOutput($"p{i}", (i % 2 == 1 && !biases ? t.StopGradient() : t - 0.5 * gradients[i]).Node)));
        Executable plan = Executable.Compile(step);
        for (int i = 0; i < steps; i++)
        {
            values = plan.Run(values);
        }

        return values;
    }

    private static void Near(double[] expected, NDArray actual)
    {
        double[] values = actual.AsSpan<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(expected[i], values[i], Printed);
        }
    }
}
