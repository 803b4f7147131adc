namespace Nabla.Tests.Serving;

/// <summary>One model, loaded once, answers many threads.</summary>
public sealed class ServingTests
{
    [Fact]
    public void Sixteen_threads_get_the_answers_that_one_gets()
    {
        Sequential model = Wide();
        NDArray samples = Samples(64, 32);
        float[][] expected = [.. Enumerable.Range(0, 64).Select(i => model.Predict(samples[i..(i + 1)]).ToArray<float>())];

        ServingLoad.Run(model, samples, expected, threads: 16, rounds: 20);
    }

    [Fact]
    public void A_sample_alone_and_in_a_batch_of_any_size_comes_from_memory_of_its_own()
    {
        Sequential model = Wide();
        NDArray samples = Samples(10, 32);
        float[] whole = model.Predict(samples, batchSize: 4).ToArray<float>();
        NDArray again = model.Predict(samples, batchSize: 4);
        model.Predict(Samples(10, 32, seed: 5), batchSize: 4);

        Assert.Equal(whole, again.ToArray<float>());
        Assert.Equal(["predict, batch 4", "predict, batch 2"], model.CompiledPlans);
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Spans_get_the_bits_that_arrays_get(DType dtype)
    {
        Sequential model = new([new InputLayer(6), new Dense(5, "tanh"), new Dense(3, "softmax")], dtype: dtype, seed: 3);
        NDArray sample = Samples(1, 6);
        var single = new float[3];
        var wide = new double[3];

        model.Predict(sample.ToArray<float>(), single);
        model.Predict(Array.ConvertAll(sample.ToArray<float>(), v => (double)v), wide);

        NDArray expected = model.Predict(sample);
        Assert.Equal(expected.AsType(DType.Float32).ToArray<float>(), single);
        Assert.Equal(expected.AsType(DType.Float64).ToArray<double>(), wide);
    }

    [Fact]
    public void Predictions_see_the_weights_of_the_moment()
    {
        Sequential model = new([new InputLayer(1), new Dense(1, useBias: false)]);
        var output = new float[1];
        model.Weights[0].Assign(new float[,] { { 2 } });
        model.Predict([10f], output);
        Assert.Equal(20, output[0]);

        model.Weights[0].Assign(new float[,] { { 3 } });
        model.Predict([10f], output);
        Assert.Equal(30, output[0]);
    }

    [Fact]
    public void Threads_change_no_bit_of_a_prediction_though_neighbours_keep_to_one()
    {
        Sequential model = new([new InputLayer(256), new Dense(512, "relu"), new Dense(10)], seed: 1);
        NDArray samples = Samples(32, 256);
        float[] one = model.Predict(samples, threads: 1).ToArray<float>();
        var answers = new float[4][];

        Parallel.For(0, answers.Length, i => answers[i] = model.Predict(samples, threads: 2).ToArray<float>());

        Assert.All(answers, a => Assert.Equal(one, a));
    }

    internal static Sequential Wide() => new([new InputLayer(32), new Dense(48, "relu"), new Dropout(0.5), new Dense(48, "gelu"), new Dense(10, "softmax")], seed: 2);

    internal static NDArray Samples(int count, int features, ulong seed = 4)
    {
        RandomStream random = new(seed, 1);
        return NDArray.Create<float>([.. Enumerable.Range(0, count * features).Select(i => (float)(4 * random.Uniform(i) - 2))], [count, features]);
    }
}
