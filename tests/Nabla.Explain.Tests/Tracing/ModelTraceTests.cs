namespace Nabla.Explain.Tests.Tracing;

/// <summary>The lessons' networks as real models, opened.</summary>
public sealed class ModelTraceTests
{
    private static readonly Loss HalfSquare = Loss.From("half_square", (y, a) => (a - y).Square() / 2);

    /// <summary>The larger network of the lectures as a model of two Dense layers.</summary>
    internal static Sequential Larger(Optimizer optimizer)
    {
        Sequential model = new([new InputLayer(1), new Dense(1, "relu"), new Dense(1, "relu")], name: "larger");
        model.Compile(optimizer, HalfSquare, verbose: 0);
        model.SetWeights([new float[,] { { 2 } }, new float[] { 0 }, new float[,] { { 3 } }, new float[] { 1 }]);
        return model;
    }

    [Theory]
    [Trait("Lesson", "L74")]
    [Trait("Lesson", "L75")]
    [InlineData("x", 1, 12)]
    [InlineData("W^[1]", 2, 6)]
    [InlineData("b^[1]", 0, 6)]
    [InlineData("z^[1]", 2, 6)]
    [InlineData("a^[1]", 2, 6)]
    [InlineData("W^[2]", 3, 4)]
    [InlineData("b^[2]", 1, 2)]
    [InlineData("z^[2]", 7, 2)]
    [InlineData("a^[2]", 7, 2)]
    [InlineData("y", 5, -2)]
    [InlineData("L", 2, 1)]
    [InlineData("J", 2, 1)]
    public void The_larger_network_has_the_numbers_of_the_slides(string name, double value, double gradient)
    {
        Trace trace = Larger(new SGD(0.01)).Explain(new float[,] { { 1 } }, new float[,] { { 5 } });
        Assert.Equal([value], trace[name].Values);
        Assert.Equal([gradient], trace[name].Gradient);
        Assert.All(trace[name].Checks, c => Assert.Equal(NudgeVerdict.Agrees, c.Verdict));
    }

    [Fact]
    [Trait("Lesson", "L79")]
    public void A_step_of_gradient_descent_moves_the_larger_network_as_derived()
    {
        Trace trace = Larger(new SGD(0.01)).Explain(new float[,] { { 1 } }, new float[,] { { 5 } });
        Assert.Equal([1.94, -0.06, 2.96, 0.98], trace.Update!.Parameters.Select(p => Math.Round(p.After[0], 12)));
        Assert.Equal(1.19320352, trace.Update.ResultAfter, 1e-12);
        Assert.Equal(["larger/dense/kernel", "larger/dense/bias"], trace.Update.Parameters.Take(2).Select(p => NumberFree(p.Path)));
        Assert.Equal(["W^[1]", "b^[1]", "W^[2]", "b^[2]"], trace.Update.Parameters.Select(p => trace.Nodes[p.Node].Name));
    }

    [Fact]
    [Trait("Lesson", "L42")]
    [Trait("Lesson", "L79")]
    public void The_first_step_of_Adam_is_its_rate_whatever_the_gradient()
    {
        Trace trace = Larger(new Adam(0.001)).Explain(new float[,] { { 1 } }, new float[,] { { 5 } });
        double[] gradients = [6, 6, 4, 2];

        // Keras' form adds eps beside the root of the uncorrected v: the step misses 0.001 by eps / (|g|·sqrt(1 - β2)), below 2e-6 of it for g of 2.
        for (int i = 0; i < 4; i++)
        {
            double expected = 0.001 * gradients[i] / (gradients[i] + (1e-7 / Math.Sqrt(1 - 0.999)));
            Assert.Equal(expected / gradients[i], trace.Update!.Parameters[i].EffectiveRates[0], 1e-15);
            Assert.Equal(0.001 / gradients[i], trace.Update.Parameters[i].EffectiveRates[0], 2e-9);
        }
    }

    [Fact]
    [Trait("Lesson", "L88")]
    [Trait("Lesson", "L112")]
    public void The_gradient_of_a_batch_is_the_mean_of_its_samples()
    {
        Sequential model = Mazur(new SGD(0.5));
        Trace trace = model.Explain(new float[,] { { 0.05f, 0.1f }, { 0.3f, -0.2f }, { -1, 2 } }, new float[,] { { 0.01f, 0.99f }, { 0, 1 }, { 1, 0 } });
        Assert.Equal(3, trace.Examples.Count);
        Assert.Equal(trace.Result.Values[0], trace.Examples.Average(e => e.Loss), 1e-15);
        TraceNode[] parameters = [.. trace.Nodes.Where(n => n.Role == TraceRole.Parameter)];
        for (int p = 0; p < parameters.Length; p++)
        {
            for (int i = 0; i < parameters[p].Values.Count; i++)
            {
                // Sums of three terms below 1: a few units in the last place.
                Assert.Equal(parameters[p].Gradient![i], trace.Examples.Average(e => e.Gradients[p][i]), 1e-15);
            }
        }
    }

    [Fact]
    [Trait("Lesson", "L93")]
    public void The_well_known_example_of_two_units_a_layer_has_its_numbers()
    {
        Trace trace = Mazur(new SGD(0.5)).Explain(new double[,] { { 0.05, 0.1 } }, new double[,] { { 0.01, 0.99 } });
        Near([.5932699921, .5968843783], trace["a^[1]"].Values);
        Near([.7513650696, .7729284653], trace["a^[2]"].Values);
        Near([.2983711088], trace.Result.Values);
        Near([.1384985616, -.0380982365], trace["z^[2]"].Gradient!);
        Near([.0363503064, .0413703226], trace["a^[1]"].Gradient!);
        Near([.0087713547, .0099542547], trace["z^[1]"].Gradient!);
        Near([.0821670406, -.0226025405, .0826676278, -.0227402422], trace["W^[2]"].Gradient!);
        Near([.0004385677, .0004977127, .0008771355, .0009954255], trace["W^[1]"].Gradient!);
        Near([.1497807161, .2497511436, .1995614323, .2995022873], trace.Update!.Parameters[0].After);
        Near([.2804714468], [trace.Update.ResultAfter]);
    }

    [Fact]
    [Trait("Lesson", "L92")]
    public void The_chain_of_neurons_has_its_numbers()
    {
        Sequential model = new([new InputLayer(1), new Dense(1, "sigmoid"), new Dense(1, "sigmoid"), new Dense(1, "sigmoid")], dtype: DType.Float64);
        model.Compile(new SGD(0.1), "mse", verbose: 0);
        model.SetWeights([new double[,] { { 0.6 } }, new double[] { 0.1 }, new double[,] { { -0.4 } }, new double[] { 0.2 }, new double[,] { { 0.9 } }, new double[] { -0.3 }]);
        Trace trace = model.Explain(new double[,] { { 0.5 } }, new double[,] { { 1 } });
        Near([0.4, -0.0394750640, 0.1411192638], [.. new[] { 1, 2, 3 }.Select(l => trace[$"z^[{l}]"].Values[0])]);
        Near([0.5986876601, 0.4901325153, 0.5352213836], [.. new[] { 1, 2, 3 }.Select(l => trace[$"a^[{l}]"].Values[0])]);
        Near([0.2160191623], trace.Result.Values);
        Near([0.00249908994, -0.03113647022, -0.11333635576], [.. new[] { 1, 2, 3 }.Select(l => trace[$"W^[{l}]"].Gradient![0])]);
        Near([0.00499817989, -0.05200787037, -0.23123614985], [.. new[] { 1, 2, 3 }.Select(l => trace[$"b^[{l}]"].Gradient![0])]);
        Near([0.00299890793], trace["x"].Gradient!);
        Assert.Contains("without 1/2", trace.Convention, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Lesson", "L10")]
    [InlineData(0)]
    [InlineData(1)]
    public void Logistic_regression_at_zero_costs_ln_2(float label)
    {
        Sequential model = new([new InputLayer(2), new Dense(1, "sigmoid", kernelInitializer: "zeros")]);
        model.Compile(new SGD(0.1), "binary_crossentropy", verbose: 0);
        Trace trace = model.Explain(new float[,] { { 1, 2 } }, new float[,] { { label } });
        Assert.Equal([0.5], trace["a^[1]"].Values);

        // Keras keeps probabilities 1e-7 off 0 and 1, which does not touch 1/2.
        Assert.Equal(0.693147180560, trace.Result.Values[0], 1e-12);
        Assert.Equal([0.5 - label], trace["z^[1]"].Gradient!.Select(g => Math.Round(g, 12)));
    }

    [Fact]
    [Trait("Lesson", "L12")]
    [Trait("Lesson", "L16")]
    public void Logits_are_called_z_because_the_a_of_the_slides_is_made_inside_the_loss()
    {
        Sequential model = new([new InputLayer(4), new Dense(5, "relu"), new Dense(3, "relu"), new Dense(2)]);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
        Trace trace = model.Explain(new float[,] { { 1, 2, 3, 4 } }, new int[] { 1 });
        Assert.Equal(["W^[1]", "b^[1]", "W^[2]", "b^[2]", "W^[3]", "b^[3]"], trace.Nodes.Where(n => n.Role == TraceRole.Parameter).Select(n => n.Name));
        Assert.Contains(trace.Nodes, n => n.Name == "z^[3]");
        Assert.DoesNotContain(trace.Nodes, n => n.Name == "a^[3]");
        Assert.Equal([1, 2, 3], trace.Layers.Select(l => l.Number));
        Assert.Equal(["relu", "relu", "linear"], trace.Layers.Select(l => l.Activation));
        Assert.Equal("x", trace.Nodes[trace.Layers[0].Input].Name);
        Assert.Equal("z^[1]", trace.Nodes[trace.Layers[0].PreActivation!.Value].Name);
        Assert.Equal("a^[1]", trace.Nodes[trace.Layers[1].Input].Name);
    }

    internal static Sequential Mazur(Optimizer optimizer)
    {
        Sequential model = new([new InputLayer(2), new Dense(2, "sigmoid"), new Dense(2, "sigmoid")], dtype: DType.Float64);
        model.Compile(optimizer, Loss.From("half_squares", (y, o) => (o - y).Square().Sum(-1) / 2), verbose: 0);
        model.SetWeights([new double[,] { { .15, .25 }, { .20, .30 } }, new double[] { .35, .35 }, new double[,] { { .40, .50 }, { .45, .55 } }, new double[] { .60, .60 }]);
        return model;
    }

    // The lessons print ten decimals.
    private static void Near(double[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 6e-11);
        }
    }

    private static string NumberFree(string path) => System.Text.RegularExpressions.Regex.Replace(path, "_[0-9]+", "");
}
