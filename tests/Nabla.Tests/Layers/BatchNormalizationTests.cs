namespace Nabla.Tests.Layers;

/// <summary>Batch normalization where it lives: inside training.</summary>
public sealed class BatchNormalizationTests
{
    [Fact]
    public void Training_moves_the_averages_and_evaluation_uses_them()
    {
        (NDArray x, NDArray y) = Problems.Digits(64);
        Sequential model = Net();
        BatchNormalization norm = (BatchNormalization)model.Layers[1];
        model.Fit(x, y, batchSize: 64, epochs: 1, shuffle: false, verbose: 0);
        NDArray before = model.Predict(x);
        Assert.All(norm.Weights[2].Value.ToArray<float>(), m => Assert.NotEqual(0, m));

        // One step of the whole set from 0 and 1: moving = 0.01·mean, and 0.99 + 0.01·variance. The kernel has moved after that by one step.
        Assert.All(norm.Weights[3].Value.ToArray<float>(), v => Assert.InRange(v, 0.99f, 2));

        // Other averages, other predictions; and predicting changes none of them.
        NDArray average = norm.Weights[2].Value;
        model.Predict(x);
        model.Evaluate(x, y);
        Assert.Equal(average.ToArray<float>(), norm.Weights[2].Value.ToArray<float>());
        norm.Weights[2].Assign(average + 1);
        Assert.NotEqual(before.ToArray<float>(), model.Predict(x).ToArray<float>());
    }

    // moving ← 0.9·moving + 0.1·batch, thrice from 0 on data that stay the same: (1 - 0.9³)·mean. Float32 sums of 48 values.
    [Theory]
    [InlineData(DType.Float32, 1e-6)]
    [InlineData(DType.Float64, 1e-14)]
    public void The_averages_are_those_of_the_data(DType dtype, double tolerance)
    {
        (NDArray digits, NDArray y) = Problems.Digits(48);
        NDArray x = digits.AsType(dtype);
        BatchNormalization norm = new(momentum: 0.9);
        Sequential model = new([norm, new Dense(10)], seed: 2, dtype: dtype);
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true));
        model.Fit(x, y, batchSize: 48, epochs: 3, verbose: 0);
        double kept = 1 - (0.9 * 0.9 * 0.9);
        double[] mean = x.AsType(DType.Float64).Mean(0).ToArray<double>();
        double[] variance = x.AsType(DType.Float64).Variance(0).ToArray<double>();
        Assert.All(norm.Weights[2].Value.AsType(DType.Float64).ToArray<double>().Zip(mean), p => Assert.Equal(kept * p.Second, p.First, tolerance));
        Assert.All(norm.Weights[3].Value.AsType(DType.Float64).ToArray<double>().Zip(variance), p => Assert.Equal(1 - kept + (kept * p.Second), p.First, tolerance));
    }

    [Fact]
    public void One_thread_and_two_give_the_same_bits_and_the_last_batch_may_be_smaller()
    {
        (NDArray x, NDArray y) = Problems.Digits(50);
        float[] Run(int threads)
        {
            Sequential model = Net();
            model.Threads = threads;
            model.Fit(x, y, batchSize: 16, epochs: 2, verbose: 0);
            return [.. model.GetWeights().SelectMany(w => w.ToArray<float>())];
        }

        Assert.Equal(Run(1), Run(2));
    }

    // A batch of 16 and one of 4: the averages after both, by hand.
    [Fact]
    public void The_smaller_last_batch_counts_by_its_own_size()
    {
        (NDArray digits, NDArray y) = Problems.Digits(20);
        NDArray x = digits.AsType(DType.Float64);
        BatchNormalization norm = new(momentum: 0.5);
        Sequential model = new([norm, new Dense(10)], seed: 2, dtype: DType.Float64);
        model.Compile("sgd", new SparseCategoricalCrossentropy(fromLogits: true));
        model.Fit(x, y, batchSize: 16, epochs: 1, shuffle: false, verbose: 0);
        NDArray expected = 0.25 * x[..16].Mean(0) + 0.5 * x[16..].Mean(0);
        Goldens.Close(expected, norm.Weights[2].Value, 1e-13, 1e-14);
    }

    [Fact]
    public void A_frozen_layer_keeps_its_averages_and_uses_them_in_training()
    {
        (NDArray x, NDArray y) = Problems.Digits(32);
        Sequential model = Net();
        BatchNormalization norm = (BatchNormalization)model.Layers[1];
        norm.Trainable = false;
        model.Compile(new Adam(0.01), new SparseCategoricalCrossentropy(fromLogits: true));
        model.Fit(x, y, epochs: 1, verbose: 0);
        Assert.All(norm.Weights[0].Value.ToArray<float>(), g => Assert.Equal(1, g));
        Assert.All(norm.Weights[2].Value.ToArray<float>(), m => Assert.Equal(0, m));
        NDArray h = norm.Call(x[.., ..12], training: true);
        Assert.Equal(norm.Call(x[.., ..12]).ToArray<float>(), h.ToArray<float>());
    }

    [Fact]
    public void A_call_in_training_moves_the_averages_too()
    {
        BatchNormalization norm = new(momentum: 0);
        norm.Call(new[,] { { 1.0 }, { 3 } }, training: true);
        Assert.Equal(2f, norm.Weights[2].Value.ToArray<float>()[0]);
        Assert.Equal(1f, norm.Weights[3].Value.ToArray<float>()[0]);
    }

    // The mask leaves the last step of the second sample out: 1, 2, 3 remain, mean 2 and variance 2/3, up to Keras' 1e-7 beside the count.
    [Fact]
    public void Masked_places_do_not_count()
    {
        BatchNormalization norm = new(momentum: 0, dtype: DType.Float64);
        GraphBuilder builder = new();
        CallContext context = new(builder, training: true, new SeedSource(1));
        NDArray x = new double[,,] { { { 1 }, { 2 } }, { { 3 }, { 100 } } };
        NDArray mask = NDArray.From(new[,] { { true, true }, { true, false } });
        Tensor input = builder.Input("x", x.Type);
        Tensor known = builder.Input("mask", mask.Type);
        context.SetMask(input, known);
        Tensor y = norm.Apply(input, context);
        Assert.NotNull(context.MaskOf(y));
        Graph graph = new("masked", [input.Node, known.Node, .. context.Leaves], [.. context.Updates.Select(u => new GraphOutput(u.Key.Name, u.Value.Node))]);
        NDArray[] values = Executable.Compile(graph).Run([x, mask, .. context.Used.Select(w => w.Value)]);
        Assert.Equal(2, values[0].ToArray<double>()[0], 1e-6);
        Assert.Equal(2.0 / 3, values[1].ToArray<double>()[0], 1e-6);
    }

    [Fact]
    public void The_gradient_through_the_batch_s_statistics_is_right()
    {
        BatchNormalization norm = new(dtype: DType.Float64);
        norm.Call(NDArray.Zeros(DType.Float64, [6, 3]));
        RandomStream random = new(3, 1);
        double[] Numbers(int count, int from) => [.. Enumerable.Range(from, count).Select(i => random.Normal(i))];
        NDArray x = NDArray.Create<double>(Numbers(18, 0), [6, 3]);
        NDArray weights = NDArray.Create<double>(Numbers(18, 100), [6, 3]);
        GraphBuilder builder = new();
        CallContext context = new(builder, training: true);
        Tensor input = builder.Input("x", x.Type);
        Tensor total = (norm.Apply(input, context) * builder.Literal(weights)).Sum();
        Graph graph = new("total", [input.Node, .. context.Leaves], [new GraphOutput("total", total.Node)]);
        GradientReport report = CheckGradients.Of(graph, [x, .. context.Used.Select(w => w.Value)]);
        Assert.True(report.Passed, report.ToString());
    }

    private static Sequential Net()
    {
        Sequential model = new([new Dense(12), new BatchNormalization(), new Dense(10)], seed: 2);
        model.Compile(new Adam(0.01), new SparseCategoricalCrossentropy(fromLogits: true));
        return model;
    }
}
