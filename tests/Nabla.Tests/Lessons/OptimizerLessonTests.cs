using Nabla.Tests.Optimizers;

namespace Nabla.Tests.Lessons;

/// <summary>Learning rates and Adam as the lectures tell them (lessons 38 to 43), and whole steps of the small networks (79).</summary>
public sealed class OptimizerLessonTests
{
    // Lessons 38 and 43: J = w² from w = 3, as a model: one weight, input 1, label 0, mean squared error.
    [Theory]
    [InlineData(0.1, new[] { 2.4, 1.92, 1.536, 1.2288 })]
    [InlineData(0.5, new[] { 0.0, 0, 0 })]
    [InlineData(1, new[] { -3.0, 3, -3 })]
    [InlineData(1.1, new[] { -3.6, 4.32, -5.184, 6.2208 })]
    public void L43_the_learning_rate_decides_whether_descent_arrives(double rate, double[] expected)
    {
        Sequential model = Square(new SGD(rate));
        foreach (double w in expected)
        {
            model.Fit(new double[,] { { 1 } }, new double[,] { { 0 } }, verbose: 0);
            Assert.Equal(w, model.Weights[0].Value.Item<double>(), 1e-12);
        }
    }

    // Lesson 39: a small derivative makes a small update.
    [Fact]
    public void L39_the_update_is_proportional_to_the_derivative()
    {
        double Move(double from)
        {
            Sequential model = Square(new SGD(0.1));
            model.Weights[0].Assign(new[,] { { from } });
            model.Fit(new double[,] { { 1 } }, new double[,] { { 0 } }, verbose: 0);
            return model.Weights[0].Value.Item<double>() - from;
        }

        Assert.Equal(-0.6, Move(3), 1e-12);
        Assert.Equal(-0.006, Move(0.03), 1e-14);
    }

    // Lessons 40 and 42: the first step is about the learning rate for every gradient, so that each weight has a rate of its own.
    [Theory]
    [InlineData(6)]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(-4)]
    public void L42_Adam_s_first_step_is_the_learning_rate_whatever_the_gradient(double gradient)
    {
        OptimizerRun run = new(new Adam(), new[] { 1.0 });
        run.Step(new[] { gradient });
        double step = run.Values[0].Item<double>() - 1;

        // Keras' own formula: ε beside the uncorrected root, so the step is α·g / (|g| + ε/√(1 - β2)).
        Assert.Equal(-0.001 * gradient / (Math.Abs(gradient) + 1e-7 / Math.Sqrt(0.001)), step, 1e-15);
        Assert.Equal(-0.001 * Math.Sign(gradient), step, 2e-9);
    }

    // Lesson 41: the same direction keeps the step, an oscillating one shrinks it to α(1 - β1)/(1 + β1).
    [Fact]
    public void L42_a_constant_gradient_keeps_the_step()
    {
        double[] steps = Steps(_ => 3, 60);
        Assert.All(steps, s => Assert.Equal(0.001, s, 1e-8));
    }

    [Fact]
    public void L42_an_alternating_gradient_shrinks_the_step_nineteenfold()
    {
        double[] steps = Steps(t => t % 2 == 0 ? 3 : -3, 120);
        Assert.Equal([1e-3, 5.3e-5, 3.4e-4, 5.3e-5, 2.0e-4], steps[..5].Select(s => double.Parse(s.ToString("g2", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(steps[50..], s => Assert.Equal(5.263158e-5, s, 0.011 * 5.263158e-5));
    }

    // Lessons 73, 74 and 79: x = 1, y = 5; J = ½(a - y)², which is half the mean squared error, so half the learning rate does the same step.
    [Fact]
    public void L79_one_step_of_gradient_descent_on_the_larger_network()
    {
        Sequential model = Larger(new SGD(0.005));
        Assert.Equal(2, model.Evaluate(new double[,] { { 1 } }, new double[,] { { 5 } }).Loss / 2, 1e-15);
        model.Fit(new double[,] { { 1 } }, new double[,] { { 5 } }, verbose: 0);
        Assert.Equal([1.94, -0.06, 2.96, 0.98], model.GetWeights().Select(w => Math.Round(w.Item<double>(), 12)));
        Assert.Equal(1.19320352, model.Evaluate(new double[,] { { 1 } }, new double[,] { { 5 } }).Loss / 2, 1e-12);
    }

    [Fact]
    public void L79_one_step_of_Adam_on_the_larger_network_moves_each_weight_by_the_learning_rate()
    {
        Sequential model = Larger(new Adam(0.001));
        model.Fit(new double[,] { { 1 } }, new double[,] { { 5 } }, verbose: 0);
        foreach ((double before, NDArray after) in new double[] { 2, 0, 3, 1 }.Zip(model.GetWeights()))
        {
            Assert.Equal(before - 0.001, after.Item<double>(), 2e-9);
        }
    }

    // Lessons 13 and 68: all gradients are taken at the old values: w = 2, b = 8, x = -2, y = 2 gives w = 2.04, b = 7.98, J = 1.805.
    [Fact]
    public void L68_weights_are_updated_at_once()
    {
        Sequential model = new([new InputLayer(1), new Dense(1)], dtype: DType.Float64);
        model.SetWeights([new double[,] { { 2 } }, new double[] { 8 }]);
        model.Compile(new SGD(0.005), "mse");
        model.Fit(new double[,] { { -2 } }, new double[,] { { 2 } }, verbose: 0);
        Assert.Equal([2.04, 7.98], model.GetWeights().Select(w => Math.Round(w.Item<double>(), 12)));
        Assert.Equal(1.805, model.Evaluate(new double[,] { { -2 } }, new double[,] { { 2 } }).Loss / 2, 1e-12);
    }

    private static Sequential Square(Optimizer optimizer)
    {
        Sequential model = new([new InputLayer(1), new Dense(1, useBias: false)], dtype: DType.Float64);
        model.Weights[0].Assign(new double[,] { { 3 } });
        model.Compile(optimizer, "mse");
        return model;
    }

    private static Sequential Larger(Optimizer optimizer)
    {
        Sequential model = new([new InputLayer(1), new Dense(1, "relu"), new Dense(1, "relu")], dtype: DType.Float64);
        model.SetWeights([new double[,] { { 2 } }, new double[] { 0 }, new double[,] { { 3 } }, new double[] { 1 }]);
        model.Compile(optimizer, "mse");
        return model;
    }

    private static double[] Steps(Func<int, double> gradient, int count)
    {
        OptimizerRun run = new(new Adam(), new[] { 1.0 });
        var steps = new double[count];
        double before = 1;
        for (int t = 0; t < count; t++)
        {
            run.Step(new[] { gradient(t) });
            double after = run.Values[0].Item<double>();
            steps[t] = Math.Abs(after - before);
            before = after;
        }

        return steps;
    }
}
