using System.Text.RegularExpressions;

namespace Nabla.Tests.Docs;

/// <summary>The page for Keras' users: each idiom's C# is compiled and run, and prints what the page says.</summary>
[Collection(nameof(OneProgramAtATime))]
public sealed partial class KerasUsersTests
{
    private const string Page = "docs/keras-users.md";

    // The first block is what all others stand after.
    private static readonly string Given = ProgramText.Blocks(Page)[0];

    private static readonly Dictionary<string, string> Code = Idiom().Matches(Text).ToDictionary(m => m.Groups["title"].Value, m => m.Groups["csharp"].Value);

    public static TheoryData<string> Idioms => [.. Code.Keys];

    private static string Text => File.ReadAllText(Path.Combine(ProgramText.Root, Page));

    [Theory]
    [MemberData(nameof(Idioms))]
    public void An_idiom_of_Keras_works_as_the_page_says(string title)
    {
        string[] promised = [.. Promise().Matches(Code[title]).Select(m => m.Groups[1].Value)];
        Assert.NotEmpty(promised);

        // What compiling has to say is left out on the page, as it says.
        string[] printed = ProgramText.Run(Given + Code[title]).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(promised, printed.Where(line => !line.StartsWith("Note: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_title_has_Python_beside_C_sharp()
    {
        string[] titles = [.. Title().Matches(Text).Select(m => m.Groups[1].Value)];
        Assert.Equal(titles, Code.Keys);
        Assert.True(titles.Length >= 30, $"{titles.Length} idioms");
        Assert.Equal(titles.Length + 1, ProgramText.Blocks(Page).Length);
    }

    // A title, words, Python, C#: nothing that begins a line with # or ``` in between.
    [GeneratedRegex("^### (?<title>.+)\n(?:(?!###|```).*\n)*```python\n(?:(?!```).*\n)*```\n(?:(?!###|```).*\n)*```csharp\n(?<csharp>(?:(?!```).*\n)*)```", RegexOptions.Multiline)]
    private static partial Regex Idiom();

    [GeneratedRegex("^### (.+)$", RegexOptions.Multiline)]
    private static partial Regex Title();

    [GeneratedRegex("// prints: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Promise();
}
