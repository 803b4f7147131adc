namespace Nabla.Cli.Lab;

/// <summary>What a key did to a line.</summary>
internal enum LineEdit
{
    /// <summary>The line goes on.</summary>
    Open,

    /// <summary>The line is finished.</summary>
    Done,

    /// <summary>The line is given up.</summary>
    Cancelled,

    /// <summary>No more lines will come.</summary>
    Ended,

    /// <summary>There are several words to go on with: they are to be shown.</summary>
    Listed,

    /// <summary>The screen is to be cleared.</summary>
    Cleared,
}

/// <summary>One line being typed: the keys of a shell, history by arrows, completion by Tab. It knows no console: keys go in, text and cursor come out.</summary>
/// <param name="history">Earlier lines, the oldest first.</param>
/// <param name="words">The words that a beginning can be completed to, given what stands before it on the line.</param>
internal sealed class LineEditor(IReadOnlyList<string> history, Func<string, IEnumerable<string>> words)
{
    private int _place = history.Count;
    private string _typed = "";

    /// <summary>The line so far.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where the next letter goes.</summary>
    public int Cursor { get; private set; }

    /// <summary>The words that Tab found, where it found several.</summary>
    public IReadOnlyList<string> Choices { get; private set; } = [];

    /// <summary>Takes a key.</summary>
    public LineEdit Press(ConsoleKeyInfo key)
    {
        bool control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        bool alt = key.Modifiers.HasFlag(ConsoleModifiers.Alt);
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                return LineEdit.Done;
            case ConsoleKey.C when control:
                return LineEdit.Cancelled;
            case ConsoleKey.D when control && Text.Length == 0:
                return LineEdit.Ended;
            case ConsoleKey.L when control:
                return LineEdit.Cleared;
            case ConsoleKey.Tab:
                return Complete();
            case ConsoleKey.UpArrow or ConsoleKey.DownArrow:
                Recall(_place + (key.Key == ConsoleKey.UpArrow ? -1 : 1));
                return LineEdit.Open;
            case ConsoleKey.P or ConsoleKey.N when control:
                Recall(_place + (key.Key == ConsoleKey.P ? -1 : 1));
                return LineEdit.Open;
            case ConsoleKey.LeftArrow or ConsoleKey.B when (control && key.Key == ConsoleKey.LeftArrow) || alt:
                Cursor = WordStart();
                return LineEdit.Open;
            case ConsoleKey.RightArrow or ConsoleKey.F when (control && key.Key == ConsoleKey.RightArrow) || alt:
                Cursor = WordEnd();
                return LineEdit.Open;
            case ConsoleKey.LeftArrow:
            case ConsoleKey.B when control:
                Cursor = Math.Max(0, Cursor - 1);
                return LineEdit.Open;
            case ConsoleKey.RightArrow:
            case ConsoleKey.F when control:
                Cursor = Math.Min(Text.Length, Cursor + 1);
                return LineEdit.Open;
            case ConsoleKey.Home:
            case ConsoleKey.A when control:
                Cursor = 0;
                return LineEdit.Open;
            case ConsoleKey.End:
            case ConsoleKey.E when control:
                Cursor = Text.Length;
                return LineEdit.Open;
            case ConsoleKey.Backspace when control || alt:
            case ConsoleKey.W when control:
                Cut(WordStart(), Cursor);
                return LineEdit.Open;
            case ConsoleKey.Backspace:
                Cut(Math.Max(0, Cursor - 1), Cursor);
                return LineEdit.Open;
            case ConsoleKey.Delete:
            case ConsoleKey.D when control:
                Cut(Cursor, Math.Min(Text.Length, Cursor + 1));
                return LineEdit.Open;
            case ConsoleKey.U when control:
                Cut(0, Cursor);
                return LineEdit.Open;
            case ConsoleKey.K when control:
                Cut(Cursor, Text.Length);
                return LineEdit.Open;
            case ConsoleKey.Escape:
                return LineEdit.Open;
            default:
                Insert(char.IsControl(key.KeyChar) ? "" : key.KeyChar.ToString());
                return LineEdit.Open;
        }
    }

    private LineEdit Complete()
    {
        int start = Cursor;
        while (start > 0 && (char.IsLetterOrDigit(Text[start - 1]) || Text[start - 1] == '_'))
        {
            start--;
        }

        string begun = Text[start..Cursor];
        string[] found = [.. words(Text[..start]).Where(w => w.StartsWith(begun, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
        if (found.Length == 0)
        {
            return LineEdit.Open;
        }

        string common = found.Aggregate((a, b) => string.Concat(a.Zip(b).TakeWhile(p => p.First == p.Second).Select(p => p.First)));
        bool isWhole = found.Length == 1;
        if (!isWhole && common.Length == begun.Length)
        {
            Choices = found;
            return LineEdit.Listed;
        }

        Insert(common[begun.Length..] + (isWhole && start == 0 && Cursor == Text.Length ? " " : ""));
        return LineEdit.Open;
    }

    // What was typed is kept below the newest line.
    private void Recall(int place)
    {
        if (place < 0 || place > history.Count)
        {
            return;
        }

        _typed = _place == history.Count ? Text : _typed;
        _place = place;
        Text = place == history.Count ? _typed : history[place];
        Cursor = Text.Length;
    }

    private void Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    private void Cut(int from, int to)
    {
        Text = Text.Remove(from, to - from);
        Cursor = from;
    }

    private int WordStart()
    {
        int at = Cursor;
        while (at > 0 && !char.IsLetterOrDigit(Text[at - 1]))
        {
            at--;
        }

        while (at > 0 && char.IsLetterOrDigit(Text[at - 1]))
        {
            at--;
        }

        return at;
    }

    private int WordEnd()
    {
        int at = Cursor;
        while (at < Text.Length && !char.IsLetterOrDigit(Text[at]))
        {
            at++;
        }

        while (at < Text.Length && char.IsLetterOrDigit(Text[at]))
        {
            at++;
        }

        return at;
    }
}
