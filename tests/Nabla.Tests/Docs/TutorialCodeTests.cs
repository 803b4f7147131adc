using System.Text.RegularExpressions;

namespace Nabla.Tests.Docs;

/// <summary>The programs in the tutorial are run, and print what stands below them. With NABLA_UPDATE_DOCS=1 the answers are written instead.</summary>
[Collection(nameof(OneProgramAtATime))]
public sealed partial class TutorialCodeTests
{
    private static readonly string Folder = Path.Combine(ProgramText.Root, "docs", "tutorial");

    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Folder, "*.md").Where(p => File.ReadAllText(p).Contains("```csharp", StringComparison.Ordinal)).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_program_of_a_page_prints_what_stands_below_it(string page)
    {
        string path = Path.Combine(Folder, page);
        string text = File.ReadAllText(path);
        Assert.Equal(Count(text, "```csharp"), Program().Count(text)); // each has its answer below
        string run = Program().Replace(text, m => $"```csharp\n{m.Groups[1].Value}```\n\n```text\n{ProgramText.Run(m.Groups[1].Value, strict: true).ReplaceLineEndings("\n").TrimEnd('\n')}\n```");
        if (Environment.GetEnvironmentVariable("NABLA_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, run);
            return;
        }

        Assert.Equal(text, run);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex(@"```csharp\n(.*?)```\n\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}
