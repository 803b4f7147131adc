namespace Nabla.Cli.Tests;

/// <summary>What the defaults reach. The slow tests: whole trainings, on the compiled plan.</summary>
[Trait("Speed", "Slow")]
public sealed class LearningTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    private double Accuracy(params string[] args)
    {
        Outcome outcome = Workplace.Run(["train", .. args, "--out", _place["m.nabla"], "--json", _place["r.json"]]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        return _place.Json("r.json").GetProperty("testAccuracy").GetDouble();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void Digits_of_64_pixels_are_told_apart_with_any_seed(int seed) => Assert.InRange(Accuracy("digits", "--seed", $"{seed}"), 0.94, 1);

    [Fact]
    public void MNIST_is_learned_to_95_percent() => Assert.InRange(Accuracy(), 0.95, 1);

    [Theory]
    [InlineData("iris", 0.9)]
    [InlineData("wine", 0.94)]
    [InlineData("breast_cancer", 0.94)]
    public void Tables_are_learned(string data, double accuracy) => Assert.InRange(Accuracy(data), accuracy, 1);
}
