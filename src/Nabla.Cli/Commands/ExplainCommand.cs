using System.CommandLine;
using System.Text;
using Nabla.Cli.Explaining;
using Nabla.Cli.Rendering;
using Nabla.Explain;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla explain NAME|FORMULA [name=value ...]</c>.</summary>
internal static class ExplainCommand
{
    private static readonly Dictionary<string, CourseNotation> Notations = new()
    {
        ["as-written"] = CourseNotation.AsWritten,
        ["ng"] = CourseNotation.Ng,
        ["3b1b"] = CourseNotation.ThreeBlueOneBrown,
        ["delta"] = CourseNotation.Delta,
    };

    public static Command Create(Terminal terminal)
    {
        Argument<string[]> subject = Words.Data(required: false, "A lesson's name or a formula, then a value for each name that it does not define: w=2.");
        Option<string> notation = Words.Choice("--notation", "NAME", "as-written, ng, 3b1b or delta.", Notations.Keys);
        Option<bool> matrix = new("--matrix") { Description = "Also the layers as matrices, with shapes." };
        Option<bool> expand = new("--expand") { Description = "Also each parameter's chain, written out." };
        Option<bool> exact = new("--exact") { Description = "All digits, and fractions." };
        Option<double[]> epsilon = ExplainWords.Epsilons();
        Option<string[]> parameters = Words.Names("--parameters", "What training changes. Default: the lesson's, or names with w or b.");
        Option<string?> optimizer = Words.Path("--optimizer", "Whose step is shown: sgd, adam, rmsprop, ... Default: sgd.");
        optimizer.HelpName = "NAME";
        Option<double?> learningRate = Words.Positive("--learning-rate", "RATE", "Size of the step. Default: the lesson's, or the optimizer's usual one.");
        Option<(int From, int To)?> iterations = ExplainWords.Iterations();
        Option<string?> csv = Words.Path("--csv", "Also write the table to FILE, for spreadsheets.");
        Option<string?> json = Words.Path("--json", "Also write the whole record to FILE, for machines.");
        Command command = new("explain", "Opens every number of one training step: a lesson, or a formula of yours. Ends with 1 where a gradient does not pass its check.")
        {
            subject, notation, matrix, expand, exact, epsilon, parameters, optimizer, learningRate, iterations, csv, json,
        };
        command.SetAction(words =>
        {
            if (words.GetValue(subject) is not [string first, .. string[] values])
            {
                return ListLessons(terminal);
            }

            OutputFile.Check("--csv", words.GetValue(csv));
            OutputFile.Check("--json", words.GetValue(json));
            TextOptions text = new()
            {
                Notation = Notations[words.GetValue(notation)!],
                Matrix = words.GetValue(matrix),
                Expand = words.GetValue(expand),
                Exact = words.GetValue(exact),
                Unicode = terminal.Unicode,
                Color = terminal.Live,
            };
            ExplainSubject what = ExplainSubject.Of(first, values, text.Notation);
            TraceOptions options = new()
            {
                Title = what.Lesson?.Name ?? what.Formula,
                Epsilons = words.GetValue(epsilon) is { Length: > 0 } sizes ? sizes : [0.001],
                Parameters = words.GetValue(parameters) is { Length: > 0 } names ? names : what.Lesson?.Parameters,
                Optimizer = ExplainWords.Optimizer(words.GetValue(optimizer), words.GetValue(learningRate), what.Lesson),
            };
            return words.GetValue(iterations) is { } range
                ? Iterate(terminal, what, options, range, text, words.GetValue(csv), words.GetValue(json))
                : Show(terminal, what, options, text, words.GetValue(csv), words.GetValue(json));
        });
        return command;
    }

    private static int Show(Terminal terminal, ExplainSubject what, TraceOptions options, TextOptions text, string? csv, string? json)
    {
        Trace trace = Trace.Of(what.Formula, options, [.. what.Values]);
        terminal.Output.Write(trace.ToText(text with { Lesson = what.Lesson }));
        Write(csv, trace.ToCsv());
        if (json is not null)
        {
            trace.Save(json);
        }

        return trace.Holds ? ExitCode.Success : ExitCode.Failure;
    }

    private static int Iterate(Terminal terminal, ExplainSubject what, TraceOptions options, (int From, int To) range, TextOptions text, string? csv, string? json)
    {
        if (json is not null)
        {
            throw new UsageException("--json: the record is one of a single step. Leave --iterations out, or write the table with --csv.");
        }

        Iterations table = Iterations.Of(what.Formula, options, range.To, [.. what.Values]);
        terminal.Output.Write(table.ToText(range.From, range.To, text));
        Write(csv, table.ToCsv());
        return ExitCode.Success;
    }

    private static int ListLessons(Terminal terminal)
    {
        terminal.Output.WriteLine("Lessons:");
        foreach (Lesson lesson in Lessons.All)
        {
            terminal.Output.WriteLine($"  {lesson.Name,-12}{lesson.Title}");
        }

        terminal.Output.WriteLine();
        terminal.Output.WriteLine($"Open one:          {Invocation.Name} explain small");
        terminal.Output.WriteLine($"At other values:   {Invocation.Name} explain small w=3");
        terminal.Output.WriteLine($"A formula:         {Invocation.Name} explain \"c=w*x; a=c+b; d=a-y; J=d^2/2\" w=2 b=8 x=-2 y=2");
        return ExitCode.Success;
    }

    private static void Write(string? path, string text)
    {
        if (path is not null)
        {
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }
    }
}
