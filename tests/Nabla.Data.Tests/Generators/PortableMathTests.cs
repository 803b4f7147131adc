namespace Nabla.Data.Tests.Generators;

public sealed class PortableMathTests
{
    [Fact]
    public void Sine_and_cosine_agree_with_the_systems()
    {
        // Up to 2 turns: the system's argument is a product rounded by up to 9e-16 of a tau that is off by 2.4e-16 a turn; the sums add two roundings of 1.
        for (int i = -4000; i <= 4000; i++)
        {
            double t = i / 2001.0;
            Assert.Equal(Math.Sin(Math.Tau * t), PortableMath.SinTurns(t), 2e-15);
            Assert.Equal(Math.Cos(Math.Tau * t), PortableMath.CosTurns(t), 2e-15);
        }
    }

    [Theory]
    [InlineData(0, 0.0, 1.0)]
    [InlineData(0.25, 1.0, 0.0)]
    [InlineData(0.5, 0.0, -1.0)]
    [InlineData(0.75, -1.0, 0.0)]
    [InlineData(-0.25, -1.0, 0.0)]
    public void Quarter_turns_are_exact(double turns, double sine, double cosine)
    {
        Assert.Equal(sine, PortableMath.SinTurns(turns));
        Assert.Equal(cosine, PortableMath.CosTurns(turns));
    }

    [Fact]
    public void The_logarithm_agrees_with_the_systems()
    {
        var random = new SeededRandom(5);
        for (int i = 0; i < 10_000; i++)
        {
            double x = (1 - random.NextDouble()) * Math.Pow(10, random.NextDouble(-15, 15));
            double expected = Math.Log(x);

            // A few roundings of numbers no larger than the result, except near 1, where the terms are below 1 themselves.
            Assert.Equal(expected, PortableMath.Log(x), 4e-16 * Math.Max(1, Math.Abs(expected)));
        }

        Assert.Equal(0, PortableMath.Log(1));
    }
}
