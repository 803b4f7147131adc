using System.Text.Json;

namespace Nabla.Tests.Initializers;

/// <summary>The spread of first weights: Keras' distribution, not its numbers.</summary>
public sealed class InitializerTests
{
    public static TheoryData<string> Cases => Goldens.Cases("initializers", c => InitializerTable.ByClass.ContainsKey(c.GetProperty("initializer").GetString()!) && c.TryGetProperty("stat_mean", out _));

    // Over n = 240,000 values the mean of a distribution of deviation s lies within 5 s/√n of its own, and the deviation within about
    // 5 s/√(2n), both in Keras' sample and in ours: twice that between the two. The ends of a uniform or cut distribution are reached to within
    // its width times 20/n. 1e-11 covers the rounding of a sum of n equal values.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Statistics_are_those_of_Keras(string name)
    {
        JsonElement stored = Goldens.Area("initializers")[name];
        Initializer initializer = InitializerTable.ByClass[stored.GetProperty("initializer").GetString()!](KerasConfigs.Reader(stored.GetProperty("args")));
        Dims dims = Dims.Of([.. stored.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())]);
        double[] values = initializer.Create(dims, DType.Float64, new RandomStream(11, 1)).ToArray<double>();
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        double Stored(string statistic) => stored.GetProperty($"stat_{statistic}").GetDouble();

        double spread = Stored("std");
        Assert.Equal(Stored("mean"), mean, 1e-11 + 10 * spread / Math.Sqrt(values.Length));
        Assert.Equal(spread, deviation, 1e-11 + 10 * spread / Math.Sqrt(2.0 * values.Length));
        double width = Stored("max") - Stored("min");
        Assert.Equal(Stored("max"), values.Max(), 1e-11 + (width * 20 / values.Length));
        Assert.Equal(Stored("min"), values.Min(), 1e-11 + (width * 20 / values.Length));
    }

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
