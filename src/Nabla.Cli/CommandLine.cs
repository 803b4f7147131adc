using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Text.RegularExpressions;
using Nabla.Cli.Commands;

namespace Nabla.Cli;

/// <summary>The <c>nabla</c> command: its sub-commands, and what becomes of errors.</summary>
internal static partial class CommandLine
{
    internal const string Name = "nabla";

    /// <summary>Runs one command. With NABLA_DEBUG set, errors come with their stacks.</summary>
    /// <param name="args">The words after <c>nabla</c>.</param>
    /// <param name="terminal">Where to write.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        try
        {
            // A word that begins with @ is a word, not the name of a file with more words.
            ParseResult words = Root(terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (words.Errors.Count > 0 && words.Action is not { ClearsParseErrors: true })
            {
                Command command = words.CommandResult.Command;
                throw new UsageException($"{Mistakes.Of(words) ?? words.Errors[0].Message} See '{(command.Name == Name ? Name : $"{Name} {command.Name}")} --help'.");
            }

            return words.Invoke(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception e) when (e is UsageException or ParseException)
        {
            return Fail(terminal, e, ExitCode.Usage);
        }
        catch (Exception e)
        {
            // A person at a command line can do nothing with a stack: whatever the framework refuses says what to try.
            return Fail(terminal, e, ExitCode.Failure);
        }
    }

    // A plain command: a RootCommand is always called as its file is.
    private static Command Root(Terminal terminal)
    {
        Command root = new(Name, "Trains neural networks, and asks them. Start with: nabla train")
        {
            Help.Option(),
            new VersionOption { Action = new VersionAction() },
            TrainCommand.Create(terminal),
            PredictCommand.Create(terminal),
            EvaluateCommand.Create(terminal),
            SummaryCommand.Create(terminal),
            DoctorCommand.Create(terminal),
            ExportCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            LabCommand.Create(terminal),
            DiffCommand.Create(terminal),
            CheckChainCommand.Create(terminal),
            WorksheetCommand.Create(terminal),
            SpeedCommand.Create(terminal),
        };
        root.SetAction(words =>
        {
            words.CommandResult.Command.Parse("--help").Invoke(words.InvocationConfiguration);
            return ExitCode.Usage;
        });
        return root;
    }

    private static int Fail(Terminal terminal, Exception error, int code)
    {
        bool debug = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NABLA_DEBUG"));
        string said = $"nabla: {(debug ? error : error is ParseException ? error.Message : OneLine(error.Message))}"; // a formula's message points into the formula
        terminal.Error.WriteLine(terminal.Unicode ? said : PlainText.Pointed(said));
        return code;
    }

    /// <summary>A message on one line: the parameter's name is of no use here, and the items of a list follow one another.</summary>
    internal static string OneLine(string message) => LineBreaks().Replace(ParameterName().Replace(message, ""), " ").Trim();

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            string version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            parseResult.InvocationConfiguration.Output.WriteLine(version.Split('+')[0]);
            return ExitCode.Success;
        }
    }

    [GeneratedRegex(@" \(Parameter '\w*'\)(\r?\nActual value was .*)?")]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"\s*[\r\n]+\s*(- )?")]
    private static partial Regex LineBreaks();
}
