using Spectre.Console;

namespace Nabla.Cli;

/// <summary>Where a command writes: its results, its errors, and what the other end can show.</summary>
internal sealed class Terminal
{
    private const int WidthOfAFile = 100;
    private const int NarrowestScreen = 40;

    /// <summary>A terminal.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where errors go.</param>
    /// <param name="live">Whether a person watches a screen that understands escape codes: lines are redrawn and coloured.</param>
    /// <param name="unicode">Whether the other end shows more than ASCII.</param>
    /// <param name="width">The characters of a line; null takes those of a readable file.</param>
    public Terminal(TextWriter output, TextWriter error, bool live = false, bool unicode = false, int? width = null)
    {
        (Output, Error, Answers, Live, Unicode) = (unicode ? output : new PlainWriter(output), unicode ? error : new PlainWriter(error), output, live, unicode);
        Styled = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = live ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = live ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Output),
        });
        Styled.Profile.Capabilities.Unicode = unicode;
        Styled.Profile.Width = width ?? WidthOfAFile;
    }

    /// <summary>Results, in ASCII where the other end shows no more.</summary>
    public TextWriter Output { get; }

    /// <summary>Results for programs, letter by letter: a class keeps its name.</summary>
    public TextWriter Answers { get; }

    /// <summary>Errors, in ASCII as <see cref="Output"/>.</summary>
    public TextWriter Error { get; }

    /// <summary>What is piped in; null where a person sits at a keyboard, or nobody does.</summary>
    public TextReader? Input { get; init; }

    /// <summary>Whether lines may be redrawn and coloured.</summary>
    public bool Live { get; }

    /// <summary>Whether anything beyond ASCII may be written.</summary>
    public bool Unicode { get; }

    /// <summary>The characters of a line.</summary>
    public int Width => Styled.Profile.Width;

    /// <summary>For tables and colours.</summary>
    public IAnsiConsole Styled { get; }

    /// <summary>The terminal or the files that the process was started with.</summary>
    public static Terminal OfProcess()
    {
        bool plain = Console.IsOutputRedirected
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            || Environment.GetEnvironmentVariable("TERM") == "dumb";
        Profile screen = AnsiConsole.Profile;
        TextReader? piped = Console.IsInputRedirected ? Console.In : null;
        return plain || !screen.Capabilities.Ansi
            ? new Terminal(Console.Out, Console.Error) { Input = piped }
            : new Terminal(Console.Out, Console.Error, live: true, screen.Capabilities.Unicode, Math.Max(NarrowestScreen, screen.Width)) { Input = piped };
    }

    /// <summary>Writes a line that may hold what a stranger typed.</summary>
    public void WriteLine(string text) => Output.WriteLine(PlainText.Line(text, Unicode));

    /// <summary>Writes text that may hold box-drawing characters, in ASCII where it must be.</summary>
    public void WriteDrawing(string text) => Output.Write(Unicode ? text : string.Concat(text.Select(Ascii)));

    private static char Ascii(char c) => c switch
    {
        '━' or '─' => '-',
        '┃' or '│' => '|',
        >= '─' and <= '╿' => '+',
        '→' => '>',
        _ => c,
    };
}
