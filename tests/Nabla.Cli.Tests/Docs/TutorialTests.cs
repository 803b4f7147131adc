using System.Text;
using System.Text.RegularExpressions;

namespace Nabla.Cli.Tests.Docs;

/// <summary>
/// The tutorial is typed: each command in it is run, and what it prints is what stands there. A line <c>...</c> stands for any lines.
/// With NABLA_UPDATE_DOCS=1 the answers are written instead.
/// </summary>
public sealed partial class TutorialTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "docs", "tutorial");

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Folder, "*.md").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_a_page_prints_what_stands_there(string page)
    {
        string path = Path.Combine(Folder, page);
        string text = File.ReadAllText(path);
        using Workplace place = new();
        string typed = Typed(text, place);
        if (Environment.GetEnvironmentVariable("NABLA_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, typed);
            return;
        }

        Assert.Equal(text, typed);
    }

    // The page with the answers that the commands give now. Commands run in a folder of their own, with the files that the page shows.
    private static string Typed(string text, Workplace place)
    {
        foreach (Match file in ShownFile().Matches(text))
        {
            File.WriteAllText(place[file.Groups[1].Value], file.Groups[2].Value);
        }

        return ConsoleBlock().Replace(text, block => $"```console\n{Answered(block.Groups[1].Value, place)}```");
    }

    private static string Answered(string block, Workplace place)
    {
        StringBuilder result = new();
        string[] lines = block.TrimEnd('\n').Split('\n');
        for (int i = 0; i < lines.Length;)
        {
            Assert.StartsWith("$ nabla ", lines[i], StringComparison.Ordinal);
            string command = lines[i++];
            int begin = i;
            while (i < lines.Length && !lines[i].StartsWith("$ ", StringComparison.Ordinal))
            {
                i++;
            }

            string[] shown = lines[begin..i];
            Outcome outcome = Workplace.Run(Words(command["$ nabla ".Length..]).Select(w => File.Exists(place[w]) || IsWritten(w) ? place[w] : w));
            string[] printed = [.. (outcome.Output + outcome.Error).TrimEnd('\n').Split('\n').Select(l => l.TrimEnd().Replace(place.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
            bool holds = shown.Contains("...") && Matches(shown, printed);
            result.Append(command).Append('\n').AppendJoin('\n', holds ? shown : printed).Append('\n');
        }

        return result.ToString();
    }

    private static bool IsWritten(string word) => word.EndsWith(".nabla", StringComparison.Ordinal) || word.EndsWith(".html", StringComparison.Ordinal);

    private static bool Matches(string[] shown, string[] printed)
    {
        string pattern = string.Concat(shown.Select(l => l == "..." ? "(.*\n)*?" : Regex.Escape(l) + "\n"));
        return Regex.IsMatch(string.Join('\n', printed) + "\n", $"^{pattern}$");
    }

    private static IEnumerable<string> Words(string command) => Word().Matches(command).Select(m => m.Value.Replace("\"", "", StringComparison.Ordinal));

    [GeneratedRegex(@"```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();

    [GeneratedRegex(@"`([\w.]+)` holds\n\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShownFile();

    [GeneratedRegex(@"(?:""[^""]*""|\S)+")]
    private static partial Regex Word();
}
