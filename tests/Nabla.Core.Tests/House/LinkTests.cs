using System.Text.RegularExpressions;

namespace Nabla.Core.Tests.House;

/// <summary>A reader who follows a link of ours arrives.</summary>
public sealed partial class LinkTests
{
    private static readonly string Root = RepositoryFiles.Root;

    public static TheoryData<string> Pages =>
        ["README.md", "CONTRIBUTING.md", .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_of_a_page_leads_to_a_file(string page)
    {
        string path = Path.Combine(Root, page);
        string[] broken =
        [
            .. Links(File.ReadAllText(path)).Select(link => link.Split('#')[0]).Where(link => link.Length > 0)
                .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, Uri.UnescapeDataString(link)))),
        ];
        Assert.True(broken.Length == 0, $"{page} links to what is not there: {string.Join(", ", broken)}");
    }

    [Fact]
    public void Links_of_all_kinds_are_found() => Assert.Equal(
        ["a.md", "b.svg", "c.md#part", "d.png", "e.md"],
        Links("[a](a.md) ![b](b.svg \"title\") [c](c.md#part) <img alt=\"\" src=\"d.png\"> [e]: e.md\n[out](https://example.org/x.md) `[no](code.md)`\n```\n[no](code.md)\n```\n"));

    // Code shows brackets of its own.
    private static IEnumerable<string> Links(string markdown) => Link().Matches(Code().Replace(markdown, ""))
        .Select(m => m.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal));

    [GeneratedRegex("""(?:\]\(|\]: +|(?:src|href)=")([^)\s"]+)""")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();
}
