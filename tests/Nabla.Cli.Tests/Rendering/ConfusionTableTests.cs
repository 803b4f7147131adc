using Nabla.Cli.Rendering;

namespace Nabla.Cli.Tests.Rendering;

/// <summary>What is taken for what.</summary>
public sealed class ConfusionTableTests
{
    [Fact]
    public void Rows_are_the_truth_and_columns_the_answers()
    {
        Assert.Equal(new[,] { { 1, 1 }, { 0, 2 } }, ConfusionTable.Count([0, 0, 1, 1], [0, 1, 1, 1], 2));
    }

    [Fact]
    public void Zeros_are_left_out()
    {
        string text = Written(new[,] { { 5, 0 }, { 2, 7 } }, ["cat", "dog"]);
        Assert.Contains("| cat            |   5 |     |", text, StringComparison.Ordinal);
        Assert.Contains("| dog            |   2 |   7 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_brackets_are_shown_as_they_are()
    {
        Assert.Contains("| [red]x[/] ", Written(new[,] { { 1, 0 }, { 0, 1 } }, ["[red]x[/]", "y"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_classes_the_commonest_mistakes_are_listed()
    {
        var counts = new int[30, 30];
        (counts[3, 4], counts[7, 1], counts[5, 5]) = (2, 11, 99);
        string text = Written(counts, [.. Enumerable.Range(0, 30).Select(i => $"class {i}")]);
        Assert.Equal("The commonest mistakes:\n    11  class 7 taken for class 1\n     2  class 3 taken for class 4\n", text);
    }

    private static string Written(int[,] counts, string[] names)
    {
        using StringWriter output = new() { NewLine = "\n" };
        ConfusionTable.Write(new Terminal(output, TextWriter.Null), counts, names);
        return output.ToString().ReplaceLineEndings("\n");
    }
}
