using System.Text.RegularExpressions;

namespace Nabla.Tests.Docs;

/// <summary>The code on the pages about the glass box, the doctor and formulas is compiled and run, and prints what the page says.</summary>
[Collection(nameof(OneProgramAtATime))]
public sealed partial class ExplainCodeTests
{
    private static readonly string[] Pages = ["docs/doctor.md", "docs/symbolic.md", "docs/glass-box.md"];

    public static TheoryData<string, int> Examples
    {
        get
        {
            TheoryData<string, int> examples = [];
            foreach (string page in Pages)
            {
                for (int i = 0; i < ProgramText.Blocks(page).Length; i++)
                {
                    examples.Add(page, i);
                }
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_prints_what_the_page_says(string page, int index)
    {
        string code = ProgramText.Blocks(page)[index];
        string[] promised = [.. Promise().Matches(code).Select(m => m.Groups[1].Value)];
        Assert.NotEmpty(promised);
        Assert.Equal(promised, ProgramText.Run(code).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [GeneratedRegex("// prints: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Promise();
}
