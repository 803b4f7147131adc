namespace Nabla.Tests.Docs;

/// <summary>Every sample is run, and what it prints is what it promises.</summary>
[Collection(nameof(OneProgramAtATime))]
public sealed class SampleTests
{
    public static TheoryData<string, string[]> Samples => new()
    {
        {
            "lectures.cs",
            [
                "No optimizer was given: RMSprop", "More accurate: make the last layer activation: \"linear\"", "1200 steps, not 100", "f = 0.5, loss = 0.693147180560",
                "L11 losses 0.223144 and 0.510826; L12 cost 0.366985", "L13 J = 1: w becomes 0.4, b -0.2", "L14 accuracy 1.00", "L15 accuracy 1.0",
                "L16 the first digit is a 0 with probability 1.0; the probabilities sum to 1.000", "L17 is it a 1? False and True (the labels say 0 and 1)", "L18 accuracy after 100 epochs 1.0",
            ]
        },
        { "coffee.cs", ["Total params: 18", "13.9 minutes: yes", "17.0 minutes: no", "accuracy 0.9"] },
        { "iris.cs", ["test accuracy 1.0"] },
        { "multilabel.cs", ["car: yes, bus: no, pedestrian: yes", "need not sum to 1: 2.0", "binary accuracy 1.0"] },
        { "custom-layer.cs", ["batches seen: 400", "it gives the same: True"] },
        { "custom-loop.cs", ["step 200: loss below 0.2", "accuracy 1.0"] },
        { "housing.cs", ["about 353 thousand"] },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_prints_what_it_promises(string file, string[] expected)
    {
        string output = ProgramText.Run(File.ReadAllText(Path.Combine(ProgramText.Root, "samples", file)), strict: true);
        Assert.All(expected, e => Assert.Contains(e, output, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_sample_is_run() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(ProgramText.Root, "samples"), "*.cs").Select(Path.GetFileName).Order(StringComparer.Ordinal),
        Samples.Select(s => s.Data.Item1).Order(StringComparer.Ordinal));
}
