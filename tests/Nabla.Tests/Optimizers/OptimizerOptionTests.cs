namespace Nabla.Tests.Optimizers;

/// <summary>
/// The common arguments in Fit against loops in plain C#: one weight w, the model w·x, the mean squared error, so that the gradient of a batch is
/// the mean of 2·x·(w·x - y).
/// </summary>
public sealed class OptimizerOptionTests
{
    private static readonly double[] X = [0.5, -1, 2, 1.5, -0.3, 0.8, 1.1, -2, 0.4, 1.7, -0.6];
    private static readonly double[] Y = [1, -2.5, 3, 3.5, -0.2, 2, 2.1, -4.4, 1, 3, -1];

    [Fact]
    public void Accumulated_gradients_make_one_step_of_their_mean()
    {
        PlainAdam plain = new(0.05, 0.3);
        List<double> gradients = [];
        foreach (double[] batch in Batches(size: 2, epochs: 3))
        {
            gradients.Add(batch.Average(i => Gradient(plain.Weight, (int)i)));
            if (gradients.Count == 4)
            {
                plain.Step(gradients.Average());
                gradients.Clear();
            }
        }

        Adam optimizer = new(0.05, gradientAccumulationSteps: 4);
        Assert.Equal(plain.Weight, Fitted(optimizer, size: 2, epochs: 3), 1e-12);
        Assert.Equal(18 / 4, optimizer.Iterations);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Averages_are_kept_taken_over_and_left_at_the_end(int? overwrite)
    {
        PlainAdam plain = new(0.05, 0.3);
        double average = 0;
        int step = 0;
        foreach (double[] batch in Batches(size: 4, epochs: 3))
        {
            plain.Step(batch.Average(i => Gradient(plain.Weight, (int)i)));
            average = step == 0 ? plain.Weight : 0.8 * average + 0.2 * plain.Weight;
            step++;
            if (overwrite is { } frequency && step % frequency == 0)
            {
                plain.Weight = average;
            }
        }

        Adam optimizer = new(0.05, useEma: true, emaMomentum: 0.8, emaOverwriteFrequency: overwrite);
        Sequential model = Model(optimizer);
        model.Fit(Column(X), Column(Y), batchSize: 4, epochs: 3, shuffle: false, verbose: 0);
        Assert.Equal(average, model.Weights[0].Value.Item<double>(), 1e-12);
    }

    [Fact]
    public void A_fixed_loss_scale_changes_nothing_but_roundings()
    {
        Assert.Equal(Fitted(new SGD(0.05), size: 4, epochs: 3), Fitted(new SGD(0.05, lossScaleFactor: 1000), size: 4, epochs: 3), 1e-13);
        Assert.Equal(1000, new SGD(lossScaleFactor: 1000).LossScale);
    }

    [Fact]
    public void A_loss_scale_of_its_own_halves_at_overflow_and_grows_after_good_steps()
    {
        double w = 0.3;
        double scale = 1e308;
        int good = 0;
        foreach (double[] batch in Batches(size: 4, epochs: 8))
        {
            double gradient = batch.Sum(i => scale / batch.Length * Gradient(w, (int)i));
            if (double.IsFinite(gradient))
            {
                w -= 0.05 * (gradient / scale);
                (good, scale) = good == 4 ? (0, scale * 2) : (good + 1, scale);
            }
            else
            {
                (good, scale) = (0, scale / 2);
            }
        }

        LossScaleOptimizer optimizer = new(new SGD(0.05), initialScale: 1e308, dynamicGrowthSteps: 5);
        Assert.Equal(w, Fitted(optimizer, size: 4, epochs: 8), 1e-12);
        Assert.Equal(scale, optimizer.LossScale);
        Assert.True(optimizer.Iterations < 24, "no step was skipped");
        Assert.Equal(optimizer.Iterations, optimizer.InnerOptimizer.Iterations);
    }

    [Fact]
    public void Gradients_that_overflow_skip_a_step_of_given_gradients()
    {
        LossScaleOptimizer optimizer = new(new SGD(0.1), initialScale: 8, dynamicGrowthSteps: 2);
        OptimizerRun run = new(optimizer, 1.0);
        Assert.Equal(8, optimizer.LossScale);
        run.Step(8 * 0.5);
        Assert.Equal((0.95, 8), (run.Values[0].Item<double>(), optimizer.LossScale));
        run.Step(double.PositiveInfinity);
        Assert.Equal((0.95, 4), (run.Values[0].Item<double>(), optimizer.LossScale));
        run.Step(double.NaN);
        Assert.Equal((0.95, 2), (run.Values[0].Item<double>(), optimizer.LossScale));
        run.Step(2 * 0.5);
        run.Step(2 * 0.5);
        Assert.Equal((0.85, 4), (Math.Round(run.Values[0].Item<double>(), 12), optimizer.LossScale));
        Assert.Equal(3, optimizer.Iterations);
    }

    [Fact]
    public void A_schedule_gives_each_step_its_rate()
    {
        PlainAdam plain = new(0, 0.3);
        int step = 0;
        foreach (double[] batch in Batches(size: 4, epochs: 3))
        {
            plain.Rate = 0.1 * Math.Pow(0.5, step++ / 2.0);
            plain.Step(batch.Average(i => Gradient(plain.Weight, (int)i)));
        }

        Adam optimizer = new(new ExponentialDecay(0.1, decaySteps: 2, decayRate: 0.5));
        Assert.Equal(0.1, optimizer.LearningRate);
        Assert.Equal(plain.Weight, Fitted(optimizer, size: 4, epochs: 3), 1e-12);
        Assert.Equal(0.1 * Math.Pow(0.5, 4.5), optimizer.LearningRate, 1e-15);
    }

    [Fact]
    public void A_constraint_holds_after_each_step()
    {
        double w = 0.3;
        foreach (double[] batch in Batches(size: 4, epochs: 2))
        {
            w = Math.Max(0, w + 0.2 * batch.Average(i => Gradient(w, (int)i)));
        }

        Variable variable = new("w", TensorType.Scalar(DType.Float64), trainable: true, constraint: new NonNeg());
        variable.Assign(0.3);
        SGD optimizer = new(0.2);
        foreach (double[] batch in Batches(size: 4, epochs: 2))
        {
            double now = variable.Value.Item<double>();
            optimizer.Apply([(-batch.Average(i => Gradient(now, (int)i)), variable)]);
            Assert.True(variable.Value.Item<double>() >= 0);
        }

        Assert.Equal(w, variable.Value.Item<double>(), 1e-13);
    }

    public static TheoryData<string> Guarded => ["plain", "average", "accumulate", "loss scale", "nadam"];

    [Theory]
    [MemberData(nameof(Guarded))]
    public void A_loss_that_is_not_finite_changes_nothing(string kind)
    {
        Optimizer optimizer = kind switch
        {
            "average" => new Adam(0.1, useEma: true, emaOverwriteFrequency: 1),
            "accumulate" => new Adam(0.1, gradientAccumulationSteps: 2),
            "loss scale" => new LossScaleOptimizer(new Adam(0.1)),
            "nadam" => new Nadam(0.1),
            _ => new Adam(0.1),
        };
        Sequential model = Model(optimizer);
        model.Fit(Column(X), Column(Y), batchSize: 4, shuffle: false, verbose: 0);
        double[] before = State();
        Assert.Throws<TrainingDivergedException>(() => model.Fit(Column([1e200]), Column([-1e200]), verbose: 0));
        Assert.Equal(before, State());

        double[] State() => [.. model.Weights.Concat(optimizer.Variables).SelectMany(v => v.Value.AsType(DType.Float64).ToArray<double>())];
    }

    [Fact]
    public void Given_gradients_make_the_steps_of_fit()
    {
        Adam optimizer = new(0.05, weightDecay: 0.01, clipNorm: 3);
        double fitted = Fitted(optimizer, size: 4, epochs: 3);
        Adam own = new(0.05, weightDecay: 0.01, clipNorm: 3);
        OptimizerRun run = new(own, 0.3);
        foreach (double[] batch in Batches(size: 4, epochs: 3))
        {
            double w = run.Values[0].Item<double>();
            run.Step(batch.Average(i => Gradient(w, (int)i)));
        }

        Assert.Equal(fitted, run.Values[0].Item<double>(), 1e-13);
        Assert.Equal(9, own.Iterations);
    }

    [Fact]
    public void A_fit_is_gone_on_with_by_given_gradients()
    {
        Adam optimizer = new(0.05);
        Sequential model = Model(optimizer);
        model.Fit(Column(X), Column(Y), batchSize: 4, epochs: 1, shuffle: false, verbose: 0);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            foreach (double[] batch in Batches(size: 4, epochs: 1))
            {
                double w = model.Weights[0].Value.Item<double>();
                optimizer.Apply([(new double[,] { { batch.Average(i => Gradient(w, (int)i)) } }, model.Weights[0])]);
            }
        }

        Assert.Equal(Fitted(new Adam(0.05), size: 4, epochs: 3), model.Weights[0].Value.Item<double>(), 1e-13);
    }

    [Fact]
    public void An_update_of_Adam_is_one_loop_a_weight_and_options_that_are_off_leave_no_node()
    {
        static Graph Recorded(Optimizer optimizer)
        {
            Variable weight = new("w", new TensorType(DType.Float32, [64, 32]), trainable: true);
            OptimizerState state = optimizer.Begin([weight]);
            GraphBuilder builder = new();
            Tensor rate = builder.Input("rate", TensorType.Scalar(DType.Float64));
            Tensor gradient = builder.Input("gradient", weight.Type);
            Tensor good = builder.Input("good", TensorType.Scalar(DType.Boolean));
            CallContext context = new(builder, training: true);
            RecordedUpdate update = optimizer.Record(UpdateRequest.All(state, context.Leaf, rate, [gradient], good));
            return new Graph("update", [rate.Node, gradient.Node, good.Node, .. context.Leaves], update.Changes.Select(c => new GraphOutput(c.Variable.Name, c.Value.Node)));
        }

        // One step of the plan touches whole weights: the others compute scalars.
        Executable plan = Executable.Compile(Recorded(new Adam()));
        Assert.Single(plan.Plan.Steps, s => s.Kernel.Buffers.Any(b => b.Count == 64 * 32));
        int nodes = Recorded(new Adam()).Nodes.Length;
        Assert.Equal(nodes, Recorded(new Adam(useEma: false, emaMomentum: 0.5, emaOverwriteFrequency: 3)).Nodes.Length);
        Assert.True(nodes < Recorded(new Adam(useEma: true)).Nodes.Length);
    }

    private static double Gradient(double w, int i) => 2 * X[i] * (w * X[i] - Y[i]);

    // The places of each batch's samples, in the order of an unshuffled fit.
    private static IEnumerable<double[]> Batches(int size, int epochs) =>
        Enumerable.Repeat(Enumerable.Range(0, X.Length).Select(i => (double)i).Chunk(size), epochs).SelectMany(b => b);

    private static double Fitted(Optimizer optimizer, int size, int epochs)
    {
        Sequential model = Model(optimizer);
        model.Fit(Column(X), Column(Y), batchSize: size, epochs: epochs, shuffle: false, verbose: 0);
        return model.Weights[0].Value.Item<double>();
    }

    private static Sequential Model(Optimizer optimizer)
    {
        Sequential model = new([new InputLayer(1), new Dense(1, useBias: false)], dtype: DType.Float64);
        model.Weights[0].Assign(new double[,] { { 0.3 } });
        model.Compile(optimizer, "mse");
        return model;
    }

    private static NDArray Column(double[] values) => ((NDArray)values).Reshape([values.Length, 1]);
}
