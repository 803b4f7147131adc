using System.Globalization;
using Nabla.Explain;

namespace Nabla.Cli.Lab;

/// <summary>A person's session: a prompt, an answer, a prompt. Ctrl-C gives up the line, Ctrl-D or 'quit' ends the session.</summary>
internal static class LabPrompt
{
    private const string Bold = "\e[1m";
    private const string Plain = "\e[0m";
    private const string ToLineStart = "\r";
    private const string ClearRest = "\e[K";
    private const string ClearScreen = "\e[2J\e[H";
    private const int NarrowestLine = 10;

    /// <summary>Runs the session.</summary>
    /// <param name="terminal">The screen.</param>
    /// <param name="session">What is explored.</param>
    /// <param name="readKey">Where keys come from; null takes the keyboard.</param>
    public static int Run(Terminal terminal, LabSession session, Func<ConsoleKeyInfo>? readKey = null)
    {
        terminal.Output.WriteLine("The lab: try J = w**2, diff J w, w = 3, nudge w 0.002. 'help' lists all, Tab completes, 'quit' ends.");
        List<string> history = [];
        while (!session.IsOver && ReadLine(terminal, session, history, readKey) is { } line)
        {
            if (line.Trim().Length > 0 && history.LastOrDefault() != line)
            {
                history.Add(line);
            }

            LabScript.Answer(terminal, session, line);
        }

        return ExitCode.Success;
    }

    // Null where no more lines come.
    private static string? ReadLine(Terminal terminal, LabSession session, List<string> history, Func<ConsoleKeyInfo>? readKey)
    {
        string prompt = LabScript.Prompt(session);
        if (!terminal.Live)
        {
            // A screen without escape codes: the terminal's own line editing.
            terminal.Output.Write(prompt);
            return Console.ReadLine();
        }

        LineEditor editor = new(history, before => WordsAfter(before, session));
        bool own = readKey is null;
        bool wasInput = own && Console.TreatControlCAsInput;
        if (own)
        {
            // Only while a line is typed: Ctrl-C ends a computation that takes too long.
            Console.TreatControlCAsInput = true;
        }

        try
        {
            while (true)
            {
                Show(terminal, prompt, editor);
                switch (editor.Press(readKey?.Invoke() ?? Console.ReadKey(intercept: true)))
                {
                    case LineEdit.Done:
                        terminal.Output.WriteLine();
                        return editor.Text;
                    case LineEdit.Cancelled:
                        terminal.Output.WriteLine("^C");
                        return "";
                    case LineEdit.Ended:
                        terminal.Output.WriteLine();
                        return null;
                    case LineEdit.Listed:
                        terminal.Output.WriteLine();
                        List(terminal, editor.Choices);
                        break;
                    case LineEdit.Cleared:
                        terminal.Output.Write(ClearScreen);
                        break;
                }
            }
        }
        finally
        {
            if (own)
            {
                Console.TreatControlCAsInput = wasInput;
            }
        }
    }

    /// <summary>What can stand at a place: a command or a formula at the beginning, a command after 'help', else what formulas are made of.</summary>
    private static IEnumerable<string> WordsAfter(string before, LabSession session)
    {
        IEnumerable<string> commands = Nabla.Explain.LabCommand.All.Select(c => c.Name);
        return before.Trim() switch
        {
            "" => session.Words,
            "help" => commands,
            _ => session.Words.Except(commands),
        };
    }

    // A line that is longer than the screen is seen through a window around the cursor.
    private static void Show(Terminal terminal, string prompt, LineEditor editor)
    {
        int room = Math.Max(NarrowestLine, terminal.Width - prompt.Length - 1);
        int from = editor.Cursor < room ? 0 : editor.Cursor - room + 1;
        string seen = editor.Text.Substring(from, Math.Min(room, editor.Text.Length - from));
        int column = prompt.Length + editor.Cursor - from;
        terminal.Output.Write(string.Create(CultureInfo.InvariantCulture, $"{ToLineStart}{Bold}{prompt}{Plain}{seen}{ClearRest}{ToLineStart}\e[{column}C"));
    }

    private static void List(Terminal terminal, IReadOnlyList<string> words)
    {
        int width = words.Max(w => w.Length) + 2;
        int columns = Math.Max(1, terminal.Width / width);
        foreach (string[] row in words.Chunk(columns))
        {
            terminal.Output.WriteLine(string.Concat(row.Select(w => w.PadRight(width))).TrimEnd());
        }
    }
}
