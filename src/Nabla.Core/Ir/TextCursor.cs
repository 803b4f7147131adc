using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>A place moving through a text: what the readers of printed graphs and of formulas have in common.</summary>
/// <param name="who">Named in errors.</param>
/// <param name="text">The whole text.</param>
/// <param name="start">Where to begin.</param>
/// <param name="end">Where the part to read ends.</param>
internal sealed class TextCursor(string who, string text, int start, int end)
{
    public int Position { get; set; } = start;

    public bool AtEnd => Position >= end;

    /// <summary>The next character; NUL at the end.</summary>
    public char Next => Position < end ? text[Position] : '\0';

    public char After(int distance) => Position + distance < end ? text[Position + distance] : '\0';

    public ParseException Error(string what, int? position = null, Exception? cause = null) => ParseException.At(who, what, text, position ?? Position, cause);

    /// <summary>What stands here, for messages.</summary>
    public string Found => AtEnd ? "the end" : char.IsControl(Next) ? "a line's end or control character" : $"'{Next}'";

    public void SkipSpace()
    {
        while (!AtEnd && char.IsWhiteSpace(Next))
        {
            Position++;
        }
    }

    /// <summary>Takes a symbol after white space if it stands here.</summary>
    public bool Takes(string symbol)
    {
        SkipSpace();
        if (string.CompareOrdinal(text, Position, symbol, 0, symbol.Length) != 0 || Position + symbol.Length > end)
        {
            return false;
        }

        Position += symbol.Length;
        return true;
    }

    public void Expect(string symbol, string where)
    {
        if (!Takes(symbol))
        {
            throw Error($"expected '{symbol}' {where}, received {Found}");
        }
    }

    /// <summary>Letters, digits and underscores, not beginning with a digit; empty where none stand here.</summary>
    public string Word()
    {
        SkipSpace();
        return char.IsAsciiDigit(Next) ? "" : While(TypeText.IsWordPart);
    }

    /// <summary>The run of characters that pass a test.</summary>
    public string While(Func<char, bool> test)
    {
        int from = Position;
        while (!AtEnd && test(Next))
        {
            Position++;
        }

        return text[from..Position];
    }

    /// <summary>Text in double quotes with the escapes of <see cref="TypeText.Quote"/>.</summary>
    public string Quoted()
    {
        SkipSpace();
        int from = Position;
        if (Next != '"')
        {
            throw Error($"expected a quoted text, received {Found}");
        }

        StringBuilder value = new();
        for (Position++; Next != '"'; Position++)
        {
            if (AtEnd || Next == '\n')
            {
                throw Error("this quoted text has no closing quote", from);
            }

            value.Append(Next == '\\' ? Escape() : Next);
        }

        Position++;
        return value.ToString();
    }

    // Leaves the position on the escape's last character.
    private char Escape()
    {
        Position++;
        switch (Next)
        {
            case '\\' or '"':
                return Next;
            case 'n':
                return '\n';
            case 'u' when Position + 4 < end && ushort.TryParse(text.AsSpan(Position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                Position += 4;
                return (char)code;
            default:
                throw Error("expected one of the escapes \\\\, \\\", \\n and \\u with four hexadecimal digits", Position - 1);
        }
    }

    /// <summary>A whole number with an optional minus.</summary>
    public int Int()
    {
        SkipSpace();
        int from = Position;
        Position += Next == '-' ? 1 : 0;
        While(char.IsAsciiDigit);
        return int.TryParse(text.AsSpan(from, Position - from), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Error($"expected a whole number from {int.MinValue} to {int.MaxValue}, received '{text[from..Math.Max(Position, Math.Min(from + 1, end))]}'", from);
    }
}
