using System.Text.Json;

namespace Nabla.Tests.Initializers;

/// <summary>The spread of first weights: Keras' distribution, not its numbers.</summary>
public sealed class InitializerTests
{
    public static TheoryData<string> Samples => Goldens.Cases("initializers", c => c.TryGetProperty("stat_mean", out _));

    public static TheoryData<string> Orthogonals => Goldens.Cases("initializers", c => c.TryGetProperty("gram_diagonal", out _));

    public static TheoryData<string> All => Goldens.Cases("initializers", _ => true);

    public static TheoryData<string> Names => [.. InitializerTable.ByName.Keys];

    // Over n = 240,000 values the mean of a distribution of deviation s lies within 5 s/√n of its own, the deviation within about 5 s/√(2n),
    // and the kurtosis (of a normal distribution, more than of the others) within 5 √(24/n), both in Keras' sample and in ours: twice that
    // between the two. The ends of a uniform or cut distribution are reached to within its width times 20/n. The largest of n normal numbers
    // lies e^-x-likely x/√(2 ln n) deviations above its mode; x = 10. 1e-11 covers the rounding of a sum of n equal values.
    [Theory]
    [MemberData(nameof(Samples))]
    public void Statistics_are_those_of_Keras(string name)
    {
        JsonElement stored = Goldens.Area("initializers")[name];
        double[] values = Made(stored).Create(Dimensions(stored), DType.Float64, new RandomStream(11, 1)).ToArray<double>();
        double n = values.Length;
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        double Stored(string statistic) => stored.GetProperty($"stat_{statistic}").GetDouble();

        double spread = Stored("std");
        Assert.Equal(Stored("mean"), mean, 1e-11 + 10 * spread / Math.Sqrt(n));
        Assert.Equal(spread, deviation, 1e-11 + 10 * spread / Math.Sqrt(2 * n));
        if (spread > 0)
        {
            Assert.Equal(Stored("kurtosis"), values.Average(v => Math.Pow((v - mean) / deviation, 4)), 10 * Math.Sqrt(24 / n));
        }

        bool hasEnds = Stored("kurtosis") < 2.9;
        double reached = hasEnds ? (Stored("max") - Stored("min")) * 20 / n : spread * 10 / Math.Sqrt(2 * Math.Log(n));
        Assert.Equal(Stored("max"), values.Max(), 1e-11 + reached);
        Assert.Equal(Stored("min"), values.Min(), 1e-11 + reached);
    }

    // Products of unit vectors of up to 72 values: 72 roundings of 1e-16.
    [Theory]
    [MemberData(nameof(Orthogonals))]
    public void Columns_or_rows_are_orthogonal(string name)
    {
        JsonElement stored = Goldens.Area("initializers")[name];
        Dims dims = Dimensions(stored);
        NDArray matrix = Made(stored).Create(dims, DType.Float64, new RandomStream(11, 1)).Reshape(dims[..^1].Count, dims[-1].Size);
        NDArray gram = matrix.Dims[0].Size < matrix.Dims[1].Size ? matrix.MatMul(matrix.T) : matrix.T.MatMul(matrix);
        int size = gram.Dims[0].Size;
        double diagonal = stored.GetProperty("gram_diagonal").GetDouble();
        Assert.All(gram.ToArray<double>().Index(), v => Assert.Equal(v.Index / size == v.Index % size ? diagonal : 0, v.Item, 1e-14 * diagonal));
    }

    // The entries of a matrix spread evenly over the orthogonal ones have mean square 1/n and are as often negative as positive.
    [Fact]
    public void Orthogonal_matrices_are_spread_evenly()
    {
        double[] values = new Orthogonal(seed: 3).Call([200, 200], DType.Float64).ToArray<double>();
        Assert.Equal(0, values.Average(), 5 / 200.0 / Math.Sqrt(200));
        Assert.Equal(20_000, values.Count(v => v > 0), 5 * 100.0);
    }

    [Fact]
    public void An_identity_is_that_of_Keras()
    {
        JsonElement stored = Goldens.Area("initializers")["Identity"];
        Goldens.Close(Goldens.Area("initializers").Array("Identity", "value"), Made(stored).Call(Dimensions(stored), DType.Float64));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_initializer_is_written_as_it_was_read(string name)
    {
        JsonElement stored = Goldens.Area("initializers")[name];
        Initializer made = Made(stored);
        Initializer again = KerasConfigs.WrittenReader(c => c.Initializer("i", made)).Initializer("i", "zeros");
        JsonElement written = JsonDocument.Parse(KerasConfigs.Written(again.WriteConfig)).RootElement;
        Assert.All(stored.GetProperty("args").EnumerateObject(), a => Assert.True(JsonElement.DeepEquals(a.Value, written.GetProperty(a.Name)), a.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_name_makes_values_of_its_type_that_depend_on_seed_and_place_alone(string name)
    {
        // Kernels of Fourier transforms have three axes.
        Dims dims = name is "stft" or "STFT" ? [20, 1, 30] : [20, 30];
        NDArray first = ((Initializer)name).Create(dims, DType.Float32, new RandomStream(4, 2));
        NDArray again = ((Initializer)name).Create(dims, DType.Float32, new RandomStream(4, 2));
        Assert.Equal(new TensorType(DType.Float32, dims), first.Type);
        Assert.Equal(first.ToArray<float>(), again.ToArray<float>());
        Assert.All(first.ToArray<float>(), v => Assert.True(float.IsFinite(v)));
    }

    // The transform of a wave of frequency 3 over 16 steps is 8 at frequency 3 and 0 elsewhere; 16 roundings of 1e-16.
    [Fact]
    public void Fourier_kernels_transform_a_wave()
    {
        NDArray wave = NDArray.Create<double>([.. Enumerable.Range(0, 16).Select(t => Math.Cos(2 * Math.PI * 3 * t / 16))], [1, 16]);
        double[] Transformed(string side) =>
            wave.MatMul(new StftInitializer(side, window: null, scaling: null).Call([16, 1, 9], DType.Float64).Reshape(16, 9)).ToArray<double>();
        Assert.All(Transformed("real").Index(), v => Assert.Equal(v.Index == 3 ? 8 : 0, v.Item, 1e-13));
        Assert.All(Transformed("imag"), v => Assert.Equal(0, v, 1e-13));
    }

    // SciPy's values of hann(5): 0, 0.5, 1, 0.5, 0, and periodic(4): 0, 0.5, 1, 0.5; hamming(3): 0.08, 1, 0.08. At frequency 0 the kernel is the window.
    [Theory]
    [InlineData("hann", false, new[] { 0, 0.5, 1, 0.5, 0 })]
    [InlineData("hann", true, new[] { 0, 0.5, 1, 0.5 })]
    [InlineData("hamming", false, new[] { 0.08, 1, 0.08 })]
    [InlineData("boxcar", false, new[] { 1.0, 1 })]
    [InlineData("bartlett", false, new[] { 0, 0.5, 1, 0.5, 0 })]
    [InlineData("blackman", false, new[] { 0, 0.34, 1, 0.34, 0 })]
    public void Windows_are_those_of_SciPy(string window, bool periodic, double[] expected)
    {
        double[] Made(string? scaling) => new StftInitializer("real", window, scaling, periodic).Call([expected.Length, 1, 2], DType.Float64)[.., 0, 0].ToArray<double>();
        Assert.Equal(expected, Made(null), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(1, Made("density").Sum(v => v * v), 1e-14);
        Assert.Equal(1, Made("spectrum").Sum(Math.Abs), 1e-14);
    }

    [Theory]
    [InlineData("random_normal")]
    [InlineData("glorot_uniform")]
    [InlineData("variance_scaling")]
    [InlineData("orthogonal")]
    public void Without_a_seed_every_call_gives_other_values(string name)
    {
        Initializer initializer = name;
        Assert.NotEqual(initializer.Call([4, 4]).ToArray<float>(), initializer.Call([4, 4]).ToArray<float>());
    }

    // Inputs 6 and outputs 2 instead of 12 and 4 (both times the first axis): the bounds grow by √((12 + 4)/(6 + 2)).
    [Fact]
    public void Axes_say_what_counts_as_inputs_and_outputs()
    {
        float[] usual = new GlorotUniform(seed: 1).Call([2, 6, 2]).ToArray<float>();
        float[] own = new GlorotUniform(seed: 1, inputAxes: 1, outputAxes: 2).Call([2, 6, 2]).ToArray<float>();
        float[] along = new GlorotUniform(seed: 1).Along(1, 2).Create([2, 6, 2], DType.Float32, new RandomStream(1, 0)).ToArray<float>();
        Assert.Equal(Math.Sqrt((12 + 4) / 8.0), own[0] / usual[0], 1e-6);
        Assert.Equal(own, along);
    }

    [Fact]
    public void Normal_numbers_are_symmetric_and_finite_at_the_ends()
    {
        RandomStream random = new(5, 1);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(i => random.Normal(i))];
        Assert.All(values, v => Assert.True(double.IsFinite(v)));
        Assert.Equal(0.682689, values.Count(v => Math.Abs(v) < 1) / 1e5, 5 * Math.Sqrt(0.25 / 1e5));
        Assert.Equal(0.954500, values.Count(v => Math.Abs(v) < 2) / 1e5, 5 * Math.Sqrt(0.05 / 1e5));
    }

    private static Initializer Made(JsonElement stored) => KerasConfigs.Made(stored, "initializer", InitializerTable.ByClass);

    private static Dims Dimensions(JsonElement stored) => Dims.Of([.. stored.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())]);

    [Fact]
    public void A_cut_normal_fills_its_range_as_a_normal_does()
    {
        // Shares of a normal distribution cut at two deviations: 0.6827/0.9545 within one, 0.3829/0.9545 within a half.
        RandomStream random = new(5, 1);
        const int Count = 100_000;
        int one = Enumerable.Range(0, Count).Count(i => Math.Abs(random.CutNormal(i)) < 1);
        int half = Enumerable.Range(0, Count).Count(i => Math.Abs(random.CutNormal(i)) < 0.5);
        Assert.Equal(0.682689 / 0.954500, one / (double)Count, 5 * Math.Sqrt(0.25 / Count));
        Assert.Equal(0.382925 / 0.954500, half / (double)Count, 5 * Math.Sqrt(0.25 / Count));
    }

    [Fact]
    public void The_model_s_seed_fixes_all_weights_and_gives_each_its_own()
    {
        Sequential Make(int seed) => new([new InputLayer(4), new Dense(4), new Dense(4)], seed: seed);
        float[] Kernel(Sequential model, int layer) => model.Layers[layer].Weights[0].Value.ToArray<float>();
        Assert.Equal(Kernel(Make(1), 0), Kernel(Make(1), 0));
        Assert.NotEqual(Kernel(Make(1), 0), Kernel(Make(1), 1));
        Assert.NotEqual(Kernel(Make(1), 0), Kernel(Make(2), 0));
    }

    [Fact]
    public void An_initializer_s_own_seed_gives_the_same_values_in_every_model()
    {
        float[] Kernel(int seed) => new Sequential([new InputLayer(4), new Dense(4, kernelInitializer: new HeNormal(seed: 9))], seed: seed).Weights[0].Value.ToArray<float>();
        Assert.Equal(Kernel(1), Kernel(2));
    }

    [Fact]
    public void The_process_seed_makes_models_repeatable_and_different_from_each_other()
    {
        RandomSeed.Set(1234);
        int[] first = [new Sequential().Seed, new Sequential().Seed];
        RandomSeed.Set(1234);
        int[] second = [new Sequential().Seed, new Sequential().Seed];
        Assert.Equal(first, second);
        Assert.NotEqual(first[0], first[1]);
    }
}
