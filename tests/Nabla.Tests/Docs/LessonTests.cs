using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nabla.Tests.Docs;

/// <summary>The table of the lessons: each item has a test or a page, and each test in it exists and is not skipped.</summary>
public sealed partial class LessonTests
{
    private const int Items = 122;

    // Convolution comes with a later issue; the table says so.
    private static readonly int[] Later = [45, 46, 117];

    private static readonly string Page = Path.Combine(ProgramText.Root, "docs", "lessons.md");

    private static readonly Lazy<ILookup<int, string>> Tests = new(Collect);

    [Fact]
    public void The_table_names_the_tests_that_there_are()
    {
        string[] lines = File.ReadAllLines(Page);
        string[] expected = [.. lines.Select(Filled)];
        if (Environment.GetEnvironmentVariable("NABLA_UPDATE_DOCS") == "1")
        {
            File.WriteAllLines(Page, expected);
            return;
        }

        Assert.True(lines.SequenceEqual(expected), "docs/lessons.md is not what the tests say: run the tests with NABLA_UPDATE_DOCS=1 and look at the difference.");
    }

    [Fact]
    public void Every_item_has_a_row_in_order() =>
        Assert.Equal(Enumerable.Range(1, Items), Rows().Select(r => r.Item));

    [Fact]
    public void Every_item_is_answered_by_a_test_or_a_page()
    {
        string[] open = [.. Rows().Where(r => !Later.Contains(r.Item) && r.Page.Length == 0 && !Tests.Value[r.Item].Any()).Select(r => $"L{r.Item}")];
        Assert.True(open.Length == 0, $"Neither a test nor a page: {string.Join(", ", open)}");
    }

    private static IEnumerable<(int Item, string Page)> Rows() => File.ReadAllLines(Page)
        .Select(line => Row().Match(line)).Where(m => m.Success)
        .Select(m => (int.Parse(m.Groups["item"].Value, System.Globalization.CultureInfo.InvariantCulture), m.Groups["page"].Value.Trim()));

    private static string Filled(string line)
    {
        if (Row().Match(line) is not { Success: true } row)
        {
            return line;
        }

        int item = int.Parse(row.Groups["item"].Value, System.Globalization.CultureInfo.InvariantCulture);
        string tests = string.Join(", ", Tests.Value[item].Order(StringComparer.Ordinal).Distinct().Select(t => $"`{t}`"));
        return $"| L{item} | {row.Groups["what"].Value.Trim()} | {row.Groups["page"].Value.Trim()}{(row.Groups["page"].Value.Trim().Length > 0 ? " " : "")}| {tests}{(tests.Length > 0 ? " " : "")}|";
    }

    // Read from the sources, so that tests of every project count: methods with [Fact] or [Theory] that nobody skips.
    private static ILookup<int, string> Collect()
    {
        List<(int Item, string Test)> found = [];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(ProgramText.Root, "tests"), "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            if (!Mention().IsMatch(text))
            {
                continue;
            }

            foreach (MethodDeclarationSyntax method in CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            {
                if (method.Parent is ClassDeclarationSyntax type && IsTest(method))
                {
                    IEnumerable<int> items = ByName(method.Identifier.Text).Concat(ByTrait(method.AttributeLists)).Concat(ByTrait(type.AttributeLists));
                    found.AddRange(items.Distinct().Select(i => (i, $"{type.Identifier.Text}.{method.Identifier.Text}")));
                }
            }
        }

        return found.ToLookup(f => f.Item, f => f.Test);
    }

    private static bool IsTest(MethodDeclarationSyntax method) => method.AttributeLists.SelectMany(l => l.Attributes)
        .Any(a => a.Name.ToString() is "Fact" or "Theory" && a.ArgumentList?.Arguments.Any(x => x.NameEquals?.Name.Identifier.Text == "Skip") != true);

    private static IEnumerable<int> ByTrait(Microsoft.CodeAnalysis.SyntaxList<AttributeListSyntax> lists) => lists.SelectMany(l => l.Attributes)
        .Where(a => a.Name.ToString() == "Trait" && a.ArgumentList?.Arguments.Count == 2 && a.ArgumentList.Arguments[0].ToString() == "\"Lesson\"")
        .SelectMany(a => ByName(a.ArgumentList!.Arguments[1].ToString().Trim('"')));

    // L62_..., L47_to_L50_..., L83_and_L87_...
    private static IEnumerable<int> ByName(string name)
    {
        Match match = Name().Match(name);
        if (!match.Success)
        {
            return [];
        }

        int[] items = [.. match.Groups["item"].Captures.Select(c => int.Parse(c.Value, System.Globalization.CultureInfo.InvariantCulture))];
        return match.Value.Contains("_to_", StringComparison.Ordinal) ? Enumerable.Range(items[0], items[^1] - items[0] + 1) : items;
    }

    [GeneratedRegex(@"^\| L(?<item>\d+) \| (?<what>[^|]*)\|(?<page>[^|]*)\|(?<tests>[^|]*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"L\d+_|""Lesson""")]
    private static partial Regex Mention();

    [GeneratedRegex(@"^L(?<item>\d+)((_to_|_and_)L(?<item>\d+))*")]
    private static partial Regex Name();
}
