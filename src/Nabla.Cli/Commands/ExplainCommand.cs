using System.CommandLine;
using System.Text;
using Nabla.Cli.Explaining;
using Nabla.Cli.Rendering;
using Nabla.Explain;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla explain NAME|FORMULA [name=value ...]</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string[]> subject = Words.Data(required: false, "A lesson's name or a formula, then a value for each name that it does not define: w=2. Or a saved model, then its data.", takesFormula: true);
        Option<string> notation = ExplainWords.Notation();
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
        Option<string?> html = Words.Path("--html", "Also write a page with the graph drawn, to open by double click.");
        Option<int[]> examples = ExplainWords.Examples();
        Option<string[]> element = Words.Names("--param", "An element of a model to open: W^[1][3,2] or dense_1.kernel[3,2]. May be said more than once.");
        Option<char?> separator = Words.Separator();
        Command command = new("explain", "Opens every number of one training step: a lesson, or a formula of yours. Ends with 1 where a gradient does not pass its check.")
        {
            subject, notation, matrix, expand, exact, epsilon, parameters, optimizer, learningRate, iterations, csv, json, html,
            examples, element, separator,
        };
        command.SetAction(words =>
        {
            if (words.GetValue(subject) is not [string first, .. string[] values])
            {
                return ListLessons(terminal);
            }

            OutputFile.Check("--csv", words.GetValue(csv));
            OutputFile.Check("--json", words.GetValue(json));
            OutputFile.Check("--html", words.GetValue(html));
            Results results = new(words.GetValue(csv), words.GetValue(json), words.GetValue(html));
            TextOptions text = new()
            {
                Notation = ExplainWords.NotationOf(words.GetValue(notation)!),
                Matrix = words.GetValue(matrix),
                Expand = words.GetValue(expand),
                Exact = words.GetValue(exact),
                Unicode = terminal.Unicode,
                Color = terminal.Live,
                Elements = [.. (words.GetValue(element) ?? []).SelectMany(ExplainWords.Listed)],
            };
            double[] sizes = words.GetValue(epsilon) is { Length: > 0 } asked ? asked : [0.001];
            if (ExplainModel.IsModel(first))
            {
                Refuse(text.Notation is CourseNotation.ThreeBlueOneBrown or CourseNotation.Delta, "--notation: a model's values are called W^[1], b^[1], z^[1], a^[1]. The page (--html) has the other notations.");
                Refuse(text.Matrix || text.Expand, "--matrix and --expand: they are for formulas and lessons. A model's layers are matrices already; --param opens an element.");
                TraceOptions open = new()
                {
                    Epsilons = sizes,
                    Optimizer = words.GetValue(optimizer) is { } other ? ExplainWords.Optimizer(other, words.GetValue(learningRate), null) : null,
                };
                Refuse(words.GetValue(parameters) is { Length: > 0 }, "--parameters: a model's own weights are what its training changes. --param opens an element of one.");
                Refuse(words.GetValue(learningRate) is not null && open.Optimizer is null, "--learning-rate: a model's own optimizer makes its step, at its own rate. Name another one with it: --optimizer sgd.");
                if (words.GetValue(iterations) is { } rounds)
                {
                    Refuse(results.Html is not null, "--html: the page shows a single step of a model. To play its training, train it with the callback new GlassBox(\"run.glass\").");
                    return Iterate(terminal, ExplainModel.Iterate(terminal, first, values, words.GetValue(separator), words.GetValue(examples)!, open, rounds.To), rounds, text, results);
                }

                return Show(terminal, ExplainModel.Trace(terminal, first, values, words.GetValue(separator), words.GetValue(examples)!, open), text, results);
            }

            ExplainSubject what = ExplainSubject.Of("explain", first, values, text.Notation);
            TraceOptions options = new()
            {
                Title = what.Lesson?.Name ?? what.Formula,
                Epsilons = sizes,
                Parameters = words.GetValue(parameters) is { Length: > 0 } names ? [.. names.SelectMany(ExplainWords.Listed)] : what.Lesson?.Parameters,
                Optimizer = ExplainWords.Optimizer(words.GetValue(optimizer), words.GetValue(learningRate), what.Lesson),
            };
            return words.GetValue(iterations) is { } range
                ? Iterate(terminal, what.Iterate(options, range.To), range, text with { Lesson = what.Lesson }, results)
                : Show(terminal, what.Trace(options), text with { Lesson = what.Lesson }, results);
        });
        return command;
    }

    private static void Refuse(bool asked, string why)
    {
        if (asked)
        {
            throw new UsageException(why);
        }
    }

    private sealed record Results(string? Csv, string? Json, string? Html);

    private static int Show(Terminal terminal, Trace trace, TextOptions text, Results results)
    {
        terminal.Output.Write(ExplainWords.Checked(() => trace.ToText(text)));
        if (results.Csv is not null)
        {
            Write(results.Csv, trace.ToCsv());
        }

        if (results.Json is not null)
        {
            trace.Save(results.Json);
        }

        if (results.Html is not null)
        {
            trace.SaveHtml(results.Html, text.Lesson);
        }

        return trace.Holds ? ExitCode.Success : ExitCode.Failure;
    }

    private static int Iterate(Terminal terminal, Iterations all, (int From, int To) range, TextOptions text, Results results)
    {
        Iterations table = all.Between(range.From, range.To);
        terminal.Output.Write(ExplainWords.Checked(() => table.ToText(options: text)));
        if (results.Csv is not null)
        {
            Write(results.Csv, table.ToCsv());
        }

        if (results.Json is not null)
        {
            table.Save(results.Json);
        }

        if (results.Html is not null)
        {
            table.SaveHtml(results.Html, text.Lesson);
        }

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

    private static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
