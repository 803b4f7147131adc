using System.Security.Cryptography;

namespace Nabla.Data.Tests.Generators;

public sealed class GenerateTests
{
    private static readonly Dictionary<string, Func<int, int, DataSet>> All = new()
    {
        ["coffee_roasting"] = (samples, seed) => Generate.CoffeeRoasting(samples, seed),
        ["blobs"] = (samples, seed) => Generate.Blobs(samples, seed: seed),
        ["moons"] = (samples, seed) => Generate.Moons(samples, seed: seed),
        ["circles"] = (samples, seed) => Generate.Circles(samples, seed: seed),
        ["spirals"] = (samples, seed) => Generate.Spirals(samples, seed: seed),
        ["linear"] = (samples, seed) => Generate.Linear(samples, seed: seed),
        ["sine"] = (samples, seed) => Generate.Sine(samples, seed: seed),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_bits(string name)
    {
        DataSet first = All[name](100, 7), second = All[name](100, 7);
        Assert.True(first.X.Bytes.SequenceEqual(second.X.Bytes));
        Assert.True(first.Y.Bytes.SequenceEqual(second.Y.Bytes));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_seed_gives_other_bits(string name)
    {
        Assert.False(All[name](100, 7).X.Bytes.SequenceEqual(All[name](100, 8).X.Bytes));
    }

    [Theory]
    [InlineData("coffee_roasting", "01d793e7e1f255e9")]
    [InlineData("blobs", "15e3d4721f0b40c0")]
    [InlineData("moons", "b1f6ea18fe4397a2")]
    [InlineData("circles", "38274a2e2b9f675b")]
    [InlineData("spirals", "5d50437ec068d272")]
    [InlineData("linear", "dd0341dc93c409a2")]
    [InlineData("sine", "aa35b3628a7b003c")]
    public void The_bits_of_a_seed_never_change(string name, string sha256)
    {
        // Written down when the generators were made, so that a change of platform, runtime or code shows.
        DataSet set = All[name](64, 1);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData([.. set.X.Bytes, .. set.Y.Bytes]))[..16]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_are_finite_and_shapes_as_promised(string name)
    {
        DataSet set = All[name](101, 3);
        bool classes = set.ClassNames.Count > 0;
        Assert.Equal(name, set.Name);
        Assert.Equal(new TensorType(DType.Float32, [101, classes ? 2 : 1]), set.X.Type);
        Assert.Equal(classes ? new TensorType(DType.Int32, [101]) : new TensorType(DType.Float32, [101, 1]), set.Y.Type);
        Assert.Equal(set.X.Dims[1].Size, set.FeatureNames.Count);
        Assert.All(set.X.AsSpan<float>().ToArray(), v => Assert.True(float.IsFinite(v)));
    }

    [Theory]
    [InlineData("blobs")]
    [InlineData("moons")]
    [InlineData("circles")]
    [InlineData("spirals")]
    public void Class_sizes_differ_by_one_at_most(string name)
    {
        DataSet set = All[name](101, 0);
        int[] counts = Sets.TableTests.ClassCounts(set.Y, set.ClassNames.Count);
        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
    }

    [Theory]
    [InlineData(200, 13, 1)]      // 21 - 3/85*200 = 13.94
    [InlineData(200, 14, 0)]      // above the line
    [InlineData(174, 13, 0)]      // too cold
    [InlineData(261, 11.9, 0)]    // too hot and too short
    [InlineData(200, 11.9, 0)]    // too short
    [InlineData(176, 14.7, 1)]    // 14.79
    public void The_coffee_rule_is_the_lectures(double temperature, double duration, int good)
    {
        Assert.Equal(good == 1, Generate.IsGoodRoast(temperature, duration));
    }

    [Fact]
    public void Coffee_roasts_fill_their_ranges_and_about_a_fifth_are_good()
    {
        DataSet set = Generate.CoffeeRoasting(20_000, seed: 4);
        float[] x = set.X.AsSpan<float>().ToArray();
        float[] temperatures = [.. x.Where((_, i) => i % 2 == 0)];
        float[] durations = [.. x.Where((_, i) => i % 2 == 1)];
        Assert.InRange(temperatures.Min(), 150, 151);
        Assert.InRange(temperatures.Max(), 284, 285);
        Assert.InRange(durations.Min(), 11.5, 11.6);
        Assert.InRange(durations.Max(), 15.4, 15.5);

        // The triangle (175, 12), (175, 14.8235), (255, 12) has area 112.94 of the 135 x 4 rectangle: 20.9 %, deviation 0.29 %.
        Assert.InRange(set.Y.AsSpan<int>().ToArray().Average(), 0.209 - 6 * 0.0029, 0.209 + 6 * 0.0029);
    }

    [Fact]
    public void Circles_without_noise_lie_on_their_radii()
    {
        DataSet set = Generate.Circles(50, factor: 0.25, noise: 0);
        for (int i = 0; i < 50; i++)
        {
            float a = set.X.AsSpan<float>()[2 * i], b = set.X.AsSpan<float>()[2 * i + 1];

            // Each coordinate is rounded to float32 once: relative 6e-8.
            Assert.Equal(i % 2 == 0 ? 1 : 0.25, Math.Sqrt((double)a * a + (double)b * b), 1e-7);
        }
    }

    [Fact]
    public void Moons_without_noise_lie_on_their_half_circles()
    {
        DataSet set = Generate.Moons(50, noise: 0);
        for (int i = 0; i < 50; i++)
        {
            double a = set.X.AsSpan<float>()[2 * i], b = set.X.AsSpan<float>()[2 * i + 1];
            (double cx, double cy) = i % 2 == 0 ? (0, 0) : (1, 0.5);
            Assert.Equal(1, Math.Sqrt((a - cx) * (a - cx) + (b - cy) * (b - cy)), 2e-7);
            Assert.True(i % 2 == 0 ? b >= 0 : b <= 0.5);
        }
    }

    [Fact]
    public void Spiral_arms_without_noise_are_one_arm_turned()
    {
        DataSet set = Generate.Spirals(60, classes: 3, noise: 0);
        for (int i = 0; i < 60; i += 3)
        {
            double x0 = set.X.AsSpan<float>()[2 * i], y0 = set.X.AsSpan<float>()[2 * i + 1];
            double x1 = set.X.AsSpan<float>()[2 * i + 2], y1 = set.X.AsSpan<float>()[2 * i + 3];
            (double sin, double cos) = Math.SinCos(Math.Tau / 3);
            Assert.Equal(cos * x0 - sin * y0, x1, 2e-7);
            Assert.Equal(sin * x0 + cos * y0, y1, 2e-7);
        }
    }

    [Fact]
    public void A_line_without_noise_is_the_line()
    {
        DataSet set = Generate.Linear(40, slope: -3, intercept: 0.5, noise: 0);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(-3 * set.X.AsSpan<float>()[i] + 0.5, set.Y.AsSpan<float>()[i], 5e-7);
        }
    }

    [Fact]
    public void A_sine_without_noise_is_the_sine()
    {
        DataSet set = Generate.Sine(40, noise: 0);
        for (int i = 0; i < 40; i++)
        {
            Assert.InRange(set.X.AsSpan<float>()[i], -3.1415927f, 3.1415927f);
            Assert.Equal(Math.Sin(set.X.AsSpan<float>()[i]), set.Y.AsSpan<float>()[i], 5e-7);
        }
    }

    [Fact]
    public void Blobs_scatter_about_their_centres_as_asked()
    {
        DataSet tight = Generate.Blobs(4000, classes: 2, features: 3, spread: 0, seed: 2);
        DataSet wide = Generate.Blobs(4000, classes: 2, features: 3, spread: 0.5, seed: 2);
        double squares = 0;
        for (int i = 0; i < 12_000; i++)
        {
            double d = wide.X.AsSpan<float>()[i] - tight.X.AsSpan<float>()[i];
            squares += d * d;
        }

        // Variance 0.25 from 12,000 numbers: deviation 0.25 sqrt(2/12000) = 0.0032; six of them.
        Assert.InRange(squares / 12_000, 0.25 - 0.0194, 0.25 + 0.0194);
    }

    public static TheoryData<string, Action, string> Misuse => new()
    {
        { "no roasts", () => Generate.CoffeeRoasting(0), "Generate.CoffeeRoasting: expected at least 1." },
        { "fewer points than blobs", () => Generate.Blobs(2, classes: 3), "Generate.Blobs: expected at least 3." },
        { "no features", () => Generate.Blobs(features: 0), "Generate.Blobs: expected at least 1." },
        { "negative spread", () => Generate.Blobs(spread: -1), "Generate.Blobs: expected a finite number of 0 or more." },
        { "one moon", () => Generate.Moons(1), "Generate.Moons: expected at least 2." },
        { "NaN noise", () => Generate.Moons(noise: double.NaN), "Generate.Moons: expected a finite number of 0 or more." },
        { "inner circle outside", () => Generate.Circles(factor: 1), "Generate.Circles: expected an inner radius between 0 and 1." },
        { "no arms", () => Generate.Spirals(classes: 0), "Generate.Spirals: expected at least 1." },
        { "endless turns", () => Generate.Spirals(turns: double.PositiveInfinity), "Generate.Spirals: expected -1000 to 1000 turns." },
        { "no points", () => Generate.Sine(0), "Generate.Sine: expected at least 1." },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Misuse))]
    public void Misuse_is_told_by_name(string what, Action act, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(act);
        Assert.True(error.Message.StartsWith(message, StringComparison.Ordinal), $"{what}: {error.Message}");
    }
}
