using Nabla.Cli.Lab;

namespace Nabla.Cli.Tests.Lab;

/// <summary>The line of the lab's prompt: editing, history, completion.</summary>
public sealed class LineEditorTests
{
    private static readonly string[] Words = ["diff", "dJ_dw", "explain", "exp", "exit", "J", "nudge"];

    [Theory]
    [InlineData("J = w", "J = w")]
    [InlineData("ab<Left>c", "acb")]
    [InlineData("ab<Home>c<End>d", "cabd")]
    [InlineData("ab<^A>c<^E>d", "cabd")]
    [InlineData("abc<Back>", "ab")]
    [InlineData("abc<Left><Left><Del>", "ac")]
    [InlineData("abc<Left><^D>", "ab")]
    [InlineData("abc<Left><^U>", "c")]
    [InlineData("abc<Home><^K>x", "x")]
    [InlineData("diff J w<^W>x", "diff J x")]
    [InlineData("<Left><Back><Del>a<Right>b", "ab")]
    public void Keys_edit_the_line(string keys, string text) => Assert.Equal(text, Type(keys).Text);

    [Fact]
    public void Arrows_walk_through_the_history_and_back_to_what_was_typed()
    {
        string[] history = ["first", "second"];
        Assert.Equal("second", Type("new<Up>", history).Text);
        Assert.Equal("first", Type("new<Up><Up><Up>", history).Text);
        Assert.Equal("new", Type("new<Up><Up><Down><Down><Down>", history).Text);
        Assert.Equal("seconds", Type("<Up>s", history).Text);
    }

    [Theory]
    [InlineData("di<Tab>", "diff ")]
    [InlineData("2*dJ<Tab>", "2*dJ_dw")]
    [InlineData("zzz<Tab>", "zzz")]
    [InlineData("e<Tab>", "ex")]
    [InlineData("diff n<Tab><Left>x", "diff nudgxe")]
    public void Tab_completes_as_far_as_it_is_clear(string keys, string text) => Assert.Equal(text, Type(keys).Text);

    [Fact]
    public void Tab_lists_the_words_where_there_are_several()
    {
        LineEditor editor = Type("ex<Tab>");
        Assert.Equal("ex", editor.Text);
        Assert.Equal(["exit", "exp", "explain"], editor.Choices);
    }

    [Fact]
    public void Ctrl_C_gives_the_line_up_Ctrl_D_ends_only_an_empty_one()
    {
        Assert.Equal(LineEdit.Cancelled, Type("abc").Press(Key("^C")));
        Assert.Equal(LineEdit.Open, Type("abc").Press(Key("^D")));
        Assert.Equal(LineEdit.Ended, Type("").Press(Key("^D")));
        Assert.Equal(LineEdit.Done, Type("abc").Press(Key("Enter")));
    }

    [Fact]
    public void A_session_at_the_prompt_answers_recalls_and_ends()
    {
        Queue<ConsoleKeyInfo> keys = new(Keys("J = w^2<Enter>nonsense<^C>di<Tab>J<Enter><Up><Up><Enter><^D>"));
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        Nabla.Explain.LabSession session = new();
        Assert.Equal(0, LabPrompt.Run(new Terminal(output, error, live: true, unicode: true, width: 80), session, keys.Dequeue));
        Assert.Equal("", error.ToString());
        Assert.Contains("\n∂J/∂w = 2", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(["J = w^2", "diff J", "J = w^2"], session.Cells.Select(c => c.Input));
        Assert.Empty(keys);
    }

    private static LineEditor Type(string keys, params string[] history)
    {
        LineEditor editor = new(history, _ => Words);
        foreach (ConsoleKeyInfo key in Keys(keys))
        {
            editor.Press(key);
        }

        return editor;
    }

    // Letters as they are, other keys in angle brackets: <Up>, <^C>.
    private static IEnumerable<ConsoleKeyInfo> Keys(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            int end = text[i] == '<' ? text.IndexOf('>', i) : -1;
            yield return end < 0 ? new ConsoleKeyInfo(text[i], ConsoleKey.None, false, false, false) : Key(text[(i + 1)..end]);
            i = end < 0 ? i : end;
        }
    }

    private static ConsoleKeyInfo Key(string name) => name switch
    {
        ['^', var letter] => new ConsoleKeyInfo((char)(letter - '@'), Enum.Parse<ConsoleKey>(letter.ToString()), false, false, true),
        "Left" => new ConsoleKeyInfo('\0', ConsoleKey.LeftArrow, false, false, false),
        "Right" => new ConsoleKeyInfo('\0', ConsoleKey.RightArrow, false, false, false),
        "Up" => new ConsoleKeyInfo('\0', ConsoleKey.UpArrow, false, false, false),
        "Down" => new ConsoleKeyInfo('\0', ConsoleKey.DownArrow, false, false, false),
        "Back" => new ConsoleKeyInfo('\b', ConsoleKey.Backspace, false, false, false),
        "Del" => new ConsoleKeyInfo('\0', ConsoleKey.Delete, false, false, false),
        "Tab" => new ConsoleKeyInfo('\t', ConsoleKey.Tab, false, false, false),
        _ => new ConsoleKeyInfo('\0', Enum.Parse<ConsoleKey>(name), false, false, false),
    };
}
