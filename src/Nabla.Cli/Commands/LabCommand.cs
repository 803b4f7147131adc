using System.CommandLine;
using System.CommandLine.Parsing;
using Nabla.Cli.Lab;
using Nabla.Cli.Rendering;
using Nabla.Explain;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla lab [SCRIPT]</c>.</summary>
internal static class LabCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string?> script = new("SCRIPT") { Description = "A file of cells, one a line; without it a prompt, or the cells that are piped in.", Arity = ArgumentArity.ZeroOrOne };
        script.Validators.Add(result =>
        {
            // A misspelt option lands here: it is told as such.
            if (result.Tokens.FirstOrDefault(t => t.Value.Length > 1 && t.Value[0] == '-') is { } token)
            {
                result.AddError(Unknown.Option(((CommandResult)result.Parent!).Command, token.Value));
            }
        });
        Option<bool> keepGoing = new("--keep-going") { Description = "Go on after an error in a script; the exit code is 1 all the same." };
        Option<string?> save = Words.Path("--save", "Write one page with every cell at the end (.html), or the cells as a script (.lab).");
        Command command = new("lab", "Explores formulas cell by cell: values, derivatives, nudges, plots, graphs.") { script, keepGoing, save };
        command.SetAction(words => Run(terminal, words.GetValue(script), words.GetValue(keepGoing), words.GetValue(save)));
        return command;
    }

    private static int Run(Terminal terminal, string? script, bool keepGoing, string? save)
    {
        OutputFile.Check("--save", save, script is null ? [] : [script]);
        LabSession session = new();
        int code;
        if (script is not null)
        {
            using StreamReader reader = Open(script);
            code = LabScript.Run(terminal, session, reader, keepGoing);
        }
        else if (terminal.Input is { } piped)
        {
            code = LabScript.Run(terminal, session, piped, keepGoing);
        }
        else
        {
            code = LabPrompt.Run(terminal, session);
        }

        if (save is not null)
        {
            LabScript.Answer(terminal, session, $"save {save}");
        }

        return code;
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new UsageException($"SCRIPT: expected a file of cells, received '{path}', which {(e is UnauthorizedAccessException ? "may not be read" : "does not exist")}. For a single cell: echo \"diff w^3\" | nabla lab");
        }
    }
}
