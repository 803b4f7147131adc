using System.Globalization;
using Nabla.Explain;

namespace Nabla.Cli.Lab;

/// <summary>Cells from a file or a pipe: each is shown with its prompt, then its answer, in plain text.</summary>
internal static class LabScript
{
    private const string Mark = "]> ";

    /// <summary>Runs all cells.</summary>
    /// <returns>0, or 1 where a cell went wrong: the first such cell ends the script unless <paramref name="keepGoing"/>.</returns>
    public static int Run(Terminal terminal, LabSession session, TextReader cells, bool keepGoing)
    {
        int code = ExitCode.Success;
        int number = 0;
        while (!session.IsOver && (code == ExitCode.Success || keepGoing) && cells.ReadLine() is { } line)
        {
            number++;
            if (line.Trim().Length == 0)
            {
                continue;
            }

            terminal.Output.WriteLine(Shown(terminal).Plain($"{Prompt(session)}{line.Trim()}"));
            code = Answer(terminal, session, line, string.Create(CultureInfo.InvariantCulture, $"line {number}: ")) ? code : ExitCode.Failure;
        }

        return code;
    }

    /// <summary>What stands before a cell: <c>[3]> </c>.</summary>
    public static string Prompt(LabSession session) => $"[{session.Next.ToString(CultureInfo.InvariantCulture)}{Mark}";

    /// <summary>Runs one cell and writes its answer, or its error.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="session">The session.</param>
    /// <param name="input">The cell.</param>
    /// <param name="where">What an error begins with.</param>
    /// <returns>Whether it went well.</returns>
    public static bool Answer(Terminal terminal, LabSession session, string input, string where = "")
    {
        LabCell? cell = session.Run(input);
        if (cell?.Error is { } error)
        {
            terminal.Error.WriteLine(Shown(terminal).Pointed(where + error));
            return false;
        }

        foreach (string line in cell is null ? [] : Shown(terminal).Lines(cell))
        {
            terminal.Output.WriteLine(line);
        }

        return true;
    }

    private static LabText Shown(Terminal terminal) => new(terminal.Unicode, terminal.Width);
}
