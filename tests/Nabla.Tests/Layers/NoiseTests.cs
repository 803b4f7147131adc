namespace Nabla.Tests.Layers;

/// <summary>
/// Layers that drop values or add noise: nothing outside training; in training the statistics they promise, with bounds of five deviations of what
/// a sample of that size gives; the same bits whatever the threads and interruptions.
/// </summary>
public sealed class NoiseTests
{
    private const int Count = 40_000;

    private static readonly NDArray Ones = NDArray.Ones(DType.Float64, [200, 200]);

    private static readonly Dictionary<string, Func<Layer>> All = new()
    {
        ["Dropout"] = () => new Dropout(0.3, name: "noise"),
        ["Dropout of columns"] = () => new Dropout(0.3, noiseShape: [1, null], name: "noise"),
        ["SpatialDropout1D"] = () => new SpatialDropout1D(0.3, name: "noise"),
        ["SpatialDropout2D"] = () => new SpatialDropout2D(0.3, name: "noise"),
        ["SpatialDropout3D"] = () => new SpatialDropout3D(0.3, name: "noise"),
        ["AlphaDropout"] = () => new AlphaDropout(0.3, name: "noise"),
        ["GaussianDropout"] = () => new GaussianDropout(0.3, name: "noise"),
        ["GaussianNoise"] = () => new GaussianNoise(0.3, name: "noise"),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outside_training_values_go_through(string name)
    {
        NDArray x = Shaped(name, Ones[..16, ..16]);
        Assert.Equal(x.AsType(DType.Float32).ToArray<float>(), All[name]().Call(x).ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_bits_do_not_depend_on_threads_and_an_interrupted_training_goes_on_the_same(string name)
    {
        using TemporaryFile file = new();
        (NDArray x, NDArray y) = Problems.Digits(44);
        Sequential Make()
        {
            Sequential model = new([new InputLayer(16), new Dense(16, "relu", name: "a"), .. Around(name), new Dense(10, name: "b")], seed: 2);
            model.Compile("sgd", new SparseCategoricalCrossentropy(fromLogits: true));
            return model;
        }

        float[] Weights(Sequential model) => [.. model.GetWeights().SelectMany(w => w.ToArray<float>())];
        Sequential whole = Make();
        whole.Fit(x, y, batchSize: 16, epochs: 3, verbose: 0, threads: 1);
        Sequential threaded = Make();
        threaded.Fit(x, y, batchSize: 16, epochs: 3, verbose: 0, threads: 3);
        Assert.Equal(Weights(whole), Weights(threaded));
        Sequential first = Make();
        first.Fit(x, y, batchSize: 16, epochs: 1, verbose: 0);
        first.Save(file.Path);
        Sequential second = Sequential.Load(file.Path);
        second.Fit(x, y, batchSize: 16, epochs: 2, verbose: 0);
        Assert.Equal(Weights(whole), Weights(second));
    }

    [Fact]
    public void Alpha_dropout_keeps_mean_and_variance()
    {
        RandomStream random = new(3, 1);
        double[] normal = [.. Enumerable.Range(0, Count).Select(i => NormalDistribution.Quantile((random.Uniform(i) * 0.999998) + 1e-6))];
        double[] y = new AlphaDropout(0.2, dtype: DType.Float64).Call(NDArray.From(normal).Reshape(200, 200), training: true).ToArray<double>();

        // Of n values with mean 0 and variance 1 the mean deviates by 1/√n. The fourth moment is the scale's fourth power times that of the mixture,
        // below 10 here, so the variance deviates by less than √(10/n).
        Assert.Equal(0, y.Average(), 5 / Math.Sqrt(Count));
        Assert.Equal(1, y.Average(v => v * v), 5 * Math.Sqrt(10.0 / Count));

        double lowest = -1.6732632423543772 * 1.0507009873554805;
        double scale = 1 / Math.Sqrt(0.8 * (1 + (0.2 * lowest * lowest)));
        double dropped = scale * lowest * 0.8;
        Assert.Equal(0.2, y.Count(v => Math.Abs(v - dropped) < 1e-12) / (double)Count, 5 * Math.Sqrt(0.2 * 0.8 / Count));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Gaussian_dropout_has_the_deviation_of_dropout(double rate) =>
        AssertNormal(new GaussianDropout(rate, dtype: DType.Float64).Call(Ones, training: true).ToArray<double>(), 1, Math.Sqrt(rate / (1 - rate)));

    [Fact]
    public void Gaussian_noise_has_its_deviation() => AssertNormal(new GaussianNoise(0.3, dtype: DType.Float64).Call(Ones, training: true).ToArray<double>(), 1, 0.3);

    [Fact]
    public void A_noise_shape_of_1_drops_the_whole_axis_together()
    {
        NDArray y = new Dropout(0.5, noiseShape: [null, 1], dtype: DType.Float64).Call(Ones, training: true);
        double[] values = y.ToArray<double>();
        for (int row = 0; row < 200; row++)
        {
            Assert.All(values[(row * 200)..((row + 1) * 200)], v => Assert.Equal(values[row * 200], v));
        }

        // 200 draws of a half.
        Assert.Equal(0.5, Enumerable.Range(0, 200).Count(r => values[r * 200] == 0) / 200.0, 5 * Math.Sqrt(0.25 / 200));
    }

    [Fact]
    public void Spatial_dropout_drops_whole_channels()
    {
        double[] y = new SpatialDropout2D(0.25, dtype: DType.Float64).Call(Ones.Reshape(20, 4, 5, 100), training: true).ToArray<double>();
        int dropped = 0;
        for (int sample = 0; sample < 20; sample++)
        {
            for (int channel = 0; channel < 100; channel++)
            {
                double first = y[(sample * 2000) + channel];
                Assert.True(first == 0 || Math.Abs(first - (1 / 0.75)) < 1e-12);
                Assert.All(Enumerable.Range(0, 20), place => Assert.Equal(first, y[(sample * 2000) + (place * 100) + channel]));
                dropped += first == 0 ? 1 : 0;
            }
        }

        Assert.Equal(0.25, dropped / 2000.0, 5 * Math.Sqrt(0.25 * 0.75 / 2000));
    }

    [Theory]
    [InlineData("GaussianDropout")]
    [InlineData("GaussianNoise")]
    [InlineData("AlphaDropout")]
    public void A_seed_of_its_own_fixes_the_noise_whatever_the_model_s(string name)
    {
        Layer Make() => name switch
        {
            "GaussianDropout" => new GaussianDropout(0.3, seed: 5, dtype: DType.Float64),
            "GaussianNoise" => new GaussianNoise(0.3, seed: 5, dtype: DType.Float64),
            _ => new AlphaDropout(0.3, seed: 5, dtype: DType.Float64),
        };
        Assert.Equal(Make().Call(Ones, training: true).ToArray<double>(), Make().Call(Ones, training: true).ToArray<double>());
        Layer noise = new GaussianNoise(0.3, dtype: DType.Float64);
        Assert.NotEqual(noise.Call(Ones, training: true).ToArray<double>(), noise.Call(Ones, training: true).ToArray<double>());
    }

    private static void AssertNormal(double[] values, double mean, double deviation)
    {
        double average = values.Average();
        Assert.Equal(mean, average, 5 * deviation / Math.Sqrt(Count));
        Assert.Equal(deviation * deviation, values.Average(v => (v - mean) * (v - mean)), 5 * deviation * deviation * Math.Sqrt(2.0 / Count));
    }

    private static NDArray Shaped(string name, NDArray x) => name switch
    {
        "SpatialDropout1D" => x.Reshape(4, 4, 16),
        "SpatialDropout2D" => x.Reshape(4, 2, 2, 16),
        "SpatialDropout3D" => x.Reshape(2, 2, 2, 2, 16),
        _ => x,
    };

    // Sixteen features as the layer wants them, and flat again.
    private static Layer[] Around(string name) => name switch
    {
        "SpatialDropout1D" => [new Reshape([4, 4], name: "r"), All[name](), new Flatten(name: "f")],
        "SpatialDropout2D" => [new Reshape([2, 2, 4], name: "r"), All[name](), new Flatten(name: "f")],
        "SpatialDropout3D" => [new Reshape([2, 2, 2, 2], name: "r"), All[name](), new Flatten(name: "f")],
        _ => [All[name]()],
    };
}
