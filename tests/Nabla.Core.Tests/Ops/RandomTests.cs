namespace Nabla.Core.Tests.Ops;

public sealed class RandomTests
{
    private static NDArray Draw(Func<GraphBuilder, Tensor, Tensor, Tensor> draw, long seed = 7, long stream = 3) =>
        Evaluate.Of((s, t) => draw(s.Builder, s, t), seed, stream);

    [Fact]
    public void The_same_seed_and_stream_give_the_same_numbers_in_any_dims()
    {
        double[] flat = Draw((b, s, t) => b.Uniform(s, t, [12])).Doubles();
        Assert.Equal(flat, Draw((b, s, t) => b.Uniform(s, t, [3, 4])).Doubles());
        Assert.NotEqual(flat, Draw((b, s, t) => b.Uniform(s, t, [12]), stream: 4).Doubles());
        Assert.NotEqual(flat, Draw((b, s, t) => b.Uniform(s, t, [12]), seed: 8).Doubles());
    }

    [Fact]
    public void Single_and_double_precision_agree_to_the_bits_of_single()
    {
        double[] single = Draw((b, s, t) => b.Uniform(s, t, [100])).Doubles();
        double[] full = Draw((b, s, t) => b.Uniform(s, t, [100], DType.Float64)).Doubles();
        Assert.All(single.Zip(full), pair => Assert.Equal(pair.First, Math.Floor(pair.Second * 16777216) / 16777216));
    }

    [Fact]
    public void Uniform_numbers_fill_the_interval_evenly()
    {
        double[] values = Draw((b, s, t) => b.Uniform(s, t, [100_000])).Doubles();
        Assert.All(values, v => Assert.InRange(v, 0, 1 - 1.0 / 16777216));

        // Ten bins of 10,000: five standard deviations (95 each) either way.
        Assert.All(values.GroupBy(v => (int)(v * 10)), bin => Assert.InRange(bin.Count(), 10_000 - 475, 10_000 + 475));
    }

    [Fact]
    public void Normal_numbers_have_mean_0_variance_1_and_normal_tails()
    {
        double[] values = Draw((b, s, t) => b.Normal(s, t, [100_000])).Doubles();

        // Five standard deviations of each estimate: 1/√n, √(2/n), and √(np(1-p)) around np for |x| > 2 with p = 0.0455.
        Assert.InRange(values.Average(), -0.0158, 0.0158);
        Assert.InRange(values.Average(v => v * v), 1 - 0.0224, 1 + 0.0224);
        Assert.InRange(values.Count(v => Math.Abs(v) > 2), 4550 - 330, 4550 + 330);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(1.0)]
    public void Bernoulli_is_true_with_its_probability(double probability)
    {
        double share = Draw((b, s, t) => b.Bernoulli(s, t, probability, [100_000])).Doubles().Average();

        // Five standard deviations of a share of 100,000: at most 5 · 0.00145.
        Assert.InRange(share, probability - 0.0073, probability + 0.0073);
        Assert.True(probability is not (0 or 1) || share == probability);
    }

    [Fact]
    public void A_probability_outside_is_refused()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Draw((b, s, t) => b.Bernoulli(s, t, 1.5, [3])));
        Assert.Contains("from 0 to 1", error.Message, StringComparison.Ordinal);
    }
}
