using Nabla.Cli.Rendering;

namespace Nabla.Cli.Tests.Rendering;

/// <summary>Numbers and words for people.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(60000, "60,000")]
    public void Thousands_have_commas(long count, string text) => Assert.Equal(text, Text.Count(count));

    [Theory]
    [InlineData(1, "1 epoch")]
    [InlineData(0, "0 epochs")]
    [InlineData(1875, "1,875 epochs")]
    public void Many_are_more_than_one(long count, string text) => Assert.Equal(text, Text.Many(count, "epoch"));

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(125, "2 min 5 s")]
    public void Times_are_short(double seconds, string text) => Assert.Equal(text, Text.Seconds(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.12345, "0.1235")]
    [InlineData(0, "0.0000")]
    [InlineData(0.00012345, "1.2345e-04")]
    [InlineData(-3, "-3.0000")]
    public void Small_values_get_an_exponent(double value, string text) => Assert.Equal(text, Text.Value(value));

    [Theory]
    [InlineData("mnist.nabla", "mnist.nabla")]
    [InlineData("/tmp/a-b_c.nabla", "/tmp/a-b_c.nabla")]
    [InlineData("my data", "\"my data\"")]
    public void Words_with_blanks_are_quoted(string word, string quoted) => Assert.Equal(quoted, Text.Word(word));

    [Theory]
    [InlineData("one (Parameter 'x')", "one")]
    [InlineData("one (Parameter 'x')\nActual value was 3.", "one")]
    [InlineData("two things:\n- this.\n- that.", "two things: this. that.")]
    public void A_message_becomes_one_line(string message, string line) => Assert.Equal(line, CommandLine.OneLine(message));
}
