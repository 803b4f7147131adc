using System.CommandLine;
using System.Text;
using Nabla.Cli.Explaining;
using Nabla.Cli.Rendering;
using Nabla.Explain;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla worksheet NAME|FORMULA [name=value ...]</c>.</summary>
internal static class WorksheetCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string[]> subject = Words.Data(required: true, "A lesson's name or a formula, then a value for each name that it does not define: w=2.", takesFormula: true);
        Option<int?> seed = Words.Whole("--seed", "N", "Other numbers, the same for the same seed. Default: the lesson's.", from: int.MinValue);
        Option<bool> answers = new("--answers") { Description = "The answer key." };
        Option<string?> check = Words.Path("--check", "Looks at answers in FILE, one a line: dJ/dw = -4. Ends with 1 where one is wrong.");
        Option<string?> json = Words.Path("--json", "Also write the sheet with its answers to FILE, for a grader.");
        Command command = new("worksheet", "One training step with blanks to fill, and its answers.") { subject, seed, answers, check, json };
        command.SetAction(words =>
        {
            string[] named = words.GetValue(subject)!;
            OutputFile.Check("--json", words.GetValue(json));
            ExplainSubject what = ExplainSubject.Of("worksheet", named[0], named[1..], CourseNotation.AsWritten);
            Worksheet sheet = what.Lesson is { } lesson
                ? Worksheet.Of(lesson with { Values = what.Values }, words.GetValue(seed))
                : Worksheet.Of(what.Formula, what.Values, words.GetValue(seed));
            if (words.GetValue(json) is { } file)
            {
                AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(sheet.ToJson())));
            }

            if (words.GetValue(check) is { } path)
            {
                return Mark(terminal, sheet, path);
            }

            terminal.Output.Write(sheet.ToText(words.GetValue(answers)));
            return ExitCode.Success;
        });
        return command;
    }

    private static int Mark(Terminal terminal, Worksheet sheet, string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"--check: there is no file '{path}'.");
        }

        Dictionary<string, string> given = [];
        foreach (string line in File.ReadAllLines(path).Where(l => l.Contains('=', StringComparison.Ordinal)))
        {
            int equals = line.LastIndexOf('=');
            given[line[..equals].Trim()] = line[(equals + 1)..].Trim();
        }

        IReadOnlyList<WorksheetMark> marks = sheet.Check(given);
        foreach (WorksheetMark mark in marks)
        {
            terminal.WriteLine($"{(mark.Right ? "right" : "WRONG"),-6} {mark.Id} = {mark.Given}  {mark.Comment}".TrimEnd());
        }

        int right = marks.Count(m => m.Right);
        terminal.Output.WriteLine($"{right} of {marks.Count} right");
        return right == marks.Count ? ExitCode.Success : ExitCode.Failure;
    }
}
