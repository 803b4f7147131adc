namespace Nabla.Tests.Layers;

public sealed class DropoutTests
{
    private static readonly NDArray Ones = NDArray.Ones(DType.Float32, [100, 100]);

    [Fact]
    public void Outside_training_nothing_is_dropped() => Assert.Equal(Ones.ToArray<float>(), new Dropout(0.5).Call(Ones).ToArray<float>());

    // 10,000 values: the share kept has a deviation of √(0.25·0.75/10,000) = 0.0043; bounds of five of those.
    [Fact]
    public void In_training_the_rate_is_dropped_and_the_rest_grows()
    {
        float[] y = new Dropout(0.25).Call(Ones, training: true).ToArray<float>();
        Assert.All(y, v => Assert.True(v is 0 or 4f / 3));
        Assert.Equal(0.75, y.Count(v => v != 0) / 10_000.0, 0.022);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void The_ends_drop_nothing_and_all(double rate, float expected) =>
        Assert.All(new Dropout(rate).Call(Ones, training: true).ToArray<float>(), v => Assert.Equal(expected, v));

    [Fact]
    public void Every_step_and_layer_drops_others_and_the_same_seed_the_same()
    {
        NDArray[] Run(int seed) => OnValues.Run(
            t =>
            {
                Tensor[] results = new Tensor[3];
                for (int step = 0; step < 2; step++)
                {
                    CallContext context = new(t[0].Builder, training: true);
                    context.Randomize(t[0].Builder.Constant(seed, DType.Int64), t[0].Builder.Constant(step, DType.Int64));
                    results[step] = new Dropout(0.5).Apply(t[0], context);
                    if (step == 1)
                    {
                        results[2] = new Dropout(0.5).Apply(t[0], context);
                    }
                }

                return results;
            },
            Ones);
        NDArray[] first = Run(7);
        NDArray[] again = Run(7);
        NDArray[] other = Run(8);
        Assert.Equal(first.SelectMany(r => r.ToArray<float>()), again.SelectMany(r => r.ToArray<float>()));
        Assert.NotEqual(first[0].ToArray<float>(), first[1].ToArray<float>());
        Assert.NotEqual(first[1].ToArray<float>(), first[2].ToArray<float>());
        Assert.NotEqual(first[0].ToArray<float>(), other[0].ToArray<float>());
    }

    [Fact]
    public void A_model_with_dropout_learns_and_predicts_without_it()
    {
        (NDArray x, NDArray y) = Problems.Digits(60);
        Sequential model = new([new Dense(32, "relu"), new Dropout(0.2), new Dense(10)], seed: 2);
        model.Compile(new Adam(0.01), new SparseCategoricalCrossentropy(fromLogits: true));
        History history = model.Fit(x, y, epochs: 15, verbose: 0);
        Assert.True(history["loss"][^1] < 0.7 * history["loss"][0], history.ToString());
        Assert.Equal(model.Predict(x).ToArray<float>(), model.Predict(x).ToArray<float>());
    }

    [Fact]
    public void An_interrupted_training_with_dropout_goes_on_the_same()
    {
        using TemporaryFile file = new();
        (NDArray x, NDArray y) = Problems.Digits(40);
        Sequential Make()
        {
            Sequential model = new([new Dense(16, "relu", name: "a"), new Dropout(0.3, name: "drop"), new Dense(10, name: "b")], seed: 2);
            model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true));
            return model;
        }

        Sequential whole = Make();
        whole.Fit(x, y, batchSize: 16, epochs: 3, verbose: 0);
        Sequential first = Make();
        first.Fit(x, y, batchSize: 16, epochs: 1, verbose: 0);
        first.Save(file.Path);
        Sequential second = Sequential.Load(file.Path);
        second.Fit(x, y, batchSize: 16, epochs: 2, verbose: 0);
        Assert.Equal(whole.GetWeights().SelectMany(w => w.ToArray<float>()), second.GetWeights().SelectMany(w => w.ToArray<float>()));
    }
}
