using Nabla.Core.Tests.Kernels;

namespace Nabla.Core.Tests.Runtime;

public sealed unsafe class PhiloxTests
{
    // The known-answer vectors of the Random123 library for philox4x32-10.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void A_block_has_the_published_words(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3)
        => Assert.Equal((w0, w1, w2, w3), Philox.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void Elements_are_the_words_of_consecutive_blocks()
    {
        // Seed, stream and element reach key and counter in the published order: this is the all-zero vector, and the one of pi's digits.
        Assert.Equal(0x6627e8d5u, Philox.Bits32(0, 0, 0));
        Assert.Equal(0x9b00dbd8u, Philox.Bits32(0, 0, 3));
        const ulong Seed = 0x299f31d0_a4093822, Stream = 0x03707344_13198a2e;
        long element = 4 * 0x05a308d3_243f6a88;
        Assert.Equal(0xd16cfe09_00000000 >> 32, Philox.Bits64(Seed, Stream, element) & 0xFFFF_FFFF);
    }

    [Fact]
    public void The_upper_half_of_64_bits_are_the_32_bits_and_the_lower_half_is_independent()
    {
        int equalHalves = 0;
        for (long element = 0; element < 1000; element++)
        {
            ulong bits = Philox.Bits64(7, 8, element);
            Assert.Equal(Philox.Bits32(7, 8, element), (uint)(bits >> 32));
            equalHalves += (uint)bits == (uint)(bits >> 32) ? 1 : 0;
        }

        Assert.Equal(0, equalHalves);
    }

    [Fact]
    public void A_float_and_a_double_of_one_element_agree_to_the_floats_last_bit()
    {
        for (long element = 0; element < 1000; element++)
        {
            double exact = Philox.UniformDouble(3, 4, element);
            Assert.Equal((float)(Math.Floor(exact * 16777216) / 16777216), Philox.UniformSingle(3, 4, element));
            Assert.Equal(Philox.NormalDouble(3, 4, element), Philox.NormalSingle(3, 4, element), 1e-4);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 16)]
    [InlineData(3, 64)]
    [InlineData(5, 777)]
    [InlineData(4294967290L * 4, 100)]
    public void Many_elements_at_once_are_the_same_as_one_by_one(long first, int count)
    {
        uint[] bits = new uint[count + 1];
        float[] singles = new float[count + 1];
        double[] doubles = new double[count + 1];
        bits[count] = 12345;
        singles[count] = 12345;
        doubles[count] = 12345;
        fixed (uint* b = bits)
        fixed (float* s = singles)
        fixed (double* d = doubles)
        {
            PhiloxFill.Bits32(11, 12, first, b, count);
            PhiloxFill.UniformSingle(11, 12, first, s, count);
            PhiloxFill.UniformDouble(11, 12, first, d, count);
        }

        for (int i = 0; i < count; i++)
        {
            Assert.Equal(Philox.Bits32(11, 12, first + i), bits[i]);
            Assert.Equal(Philox.UniformSingle(11, 12, first + i), singles[i]);
            Assert.Equal(Philox.UniformDouble(11, 12, first + i), doubles[i]);
        }

        Assert.Equal((12345u, 12345f, 12345.0), (bits[count], singles[count], doubles[count]));
    }

    // With n draws the mean of uniforms has standard deviation sqrt(1/12/n) = 0.00091, a bin of ten has sqrt(n/10*0.9) = 95: bounds of five of those.
    [Fact]
    public void Uniforms_fill_the_unit_interval_evenly()
    {
        const int Count = 100_000;
        double sum = 0;
        int[] bins = new int[10];
        for (long element = 0; element < Count; element++)
        {
            double value = Philox.UniformSingle(1, 2, element);
            Assert.InRange(value, 0, 0.99999994);
            sum += value;
            bins[(int)(value * 10)]++;
        }

        Assert.InRange(sum / Count, 0.5 - 0.0046, 0.5 + 0.0046);
        Assert.All(bins, bin => Assert.InRange(bin, 10_000 - 475, 10_000 + 475));
    }

    // Standard deviations of mean, variance and fourth moment over n = 100,000 draws: 0.0032, 0.0045, 0.031; bounds of five of those.
    [Fact]
    public void Normals_have_the_moments_of_the_normal_distribution()
    {
        const int Count = 100_000;
        double mean = 0, square = 0, fourth = 0;
        for (long element = 0; element < Count; element++)
        {
            double value = Philox.NormalSingle(1, 2, element);
            mean += value / Count;
            square += value * value / Count;
            fourth += value * value * value * value / Count;
        }

        Assert.InRange(mean, -0.016, 0.016);
        Assert.InRange(square, 1 - 0.0225, 1 + 0.0225);
        Assert.InRange(fourth, 3 - 0.155, 3 + 0.155);
    }

    [Fact]
    public void Different_seeds_streams_and_elements_give_different_numbers()
    {
        HashSet<ulong> seen = [];
        for (ulong seed = 0; seed < 10; seed++)
        {
            for (ulong stream = 0; stream < 10; stream++)
            {
                for (long element = 0; element < 10; element++)
                {
                    Assert.True(seen.Add(Philox.Bits64(seed << 30, stream << 30, element << 30)));
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 24_970)]
    [InlineData(1, 100_000)]
    public void A_decision_has_its_probability(double probability, int expected)
    {
        int hits = 0;
        for (long element = 0; element < 100_000; element++)
        {
            hits += Philox.IsBelow(5, 6, element, probability) ? 1 : 0;
        }

        // Standard deviation sqrt(n p (1-p)) = 137 at a quarter; the ends are exact.
        Assert.InRange(hits, probability is 0 or 1 ? expected : 25_000 - 685, probability is 0 or 1 ? expected : 25_000 + 685);
    }

    // p = (1 + erf(x/sqrt 2))/2 to 90 digits; dp/dx is the density, so an error of x shows in p as error times density.
    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-20)]
    [InlineData(1e-6)]
    [InlineData(0.02)]
    [InlineData(0.0749)]
    [InlineData(0.0751)]
    [InlineData(0.3)]
    [InlineData(0.4999)]
    [InlineData(0.7)]
    [InlineData(0.9251)]
    [InlineData(0.999999)]
    public void A_normal_quantile_has_its_probability_below_it(double p)
    {
        double x = NormalDistribution.Quantile(p);
        BigReal wide = x;

        // Far out, 1 + erf cancels below what the many-digit numbers have, so there the asymptotic series stands in.
        double difference = Math.Abs(x) < 15
            ? (((1 + BigReal.Erf(wide / BigReal.Sqrt(2))) / 2) - p).ToDouble()
            : (Math.Exp(-x * x / 2) / (-x * Math.Sqrt(2 * Math.PI)) * (1 - (1 / (x * x)) + (3 / (x * x * x * x)))) - p;
        double density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        double error = Math.Abs(difference) / density / Math.Abs(x);
        Assert.True(error < 1e-15 || (Math.Abs(x) >= 15 && error < 1e-8), $"quantile {x:R} of {p:R}: relative error {error:R}");
    }

    [Fact]
    public void The_normal_quantile_is_antisymmetric_and_infinite_at_the_ends()
    {
        Assert.Equal(0, NormalDistribution.Quantile(0.5));
        Assert.Equal(-NormalDistribution.Quantile(0.25), NormalDistribution.Quantile(0.75));
        Assert.Equal(double.NegativeInfinity, NormalDistribution.Quantile(0));
        Assert.Equal(double.PositiveInfinity, NormalDistribution.Quantile(1));
        Assert.True(double.IsNaN(NormalDistribution.Quantile(-0.1)));
        Assert.True(double.IsNaN(NormalDistribution.Quantile(1.5)));
    }
}
