namespace Nabla.Tests.Docs;

/// <summary>The README's code is compiled and run as a reader would: as the whole of a program.</summary>
[Collection(nameof(OneProgramAtATime))]
public sealed class ReadmeTests
{
    public static TheoryData<int, string> Examples => new()
    {
        { 0, @"accuracy.*0\.9" },
        { 1, @"^2\.0 -4\.0 2\.0\s*$" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_code_example_of_the_README_compiles_and_prints_what_it_says(int index, string expected) =>
        Assert.Matches(expected, ProgramText.Run(ProgramText.Blocks("README.md")[index]));

    [Fact]
    public void Every_code_example_of_the_README_is_tested() => Assert.Equal(ProgramText.Blocks("README.md").Length, Examples.Count);
}
