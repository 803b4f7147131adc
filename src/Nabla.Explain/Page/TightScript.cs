using System.Text;

namespace Nabla.Explain;

/// <summary>
/// A script without what only its readers in the repository need: comments, indentation, and space where signs part the words already. Strings, templates and
/// regular expressions stand as they are; a line ends where the end of a statement could hang on it.
/// </summary>
internal sealed class TightScript
{
    // After these, or before those, a line cannot end a statement.
    private const string Opens = "{;,([?:&|=";
    private const string Closes = "})].?:&|=";

    // After these a slash begins a regular expression; elsewhere it divides.
    private const string BeforePattern = "(,=:[!&|?{;+-*%<>~^\n";
    private static readonly string[] WordsBeforePattern = ["return", "typeof", "case", "of", "in"];

    private readonly string _script;
    private readonly StringBuilder _text;
    private int _at;

    private TightScript(string script) => (_script, _text) = (script, new(script.Length));

    public static string Of(string script)
    {
        TightScript tight = new(script);
        tight.Run();
        return tight._text.ToString();
    }

    private char Last => _text.Length == 0 ? '\n' : _text[^1];

    private void Run()
    {
        while (_at < _script.Length)
        {
            char c = _script[_at];
            if (char.IsWhiteSpace(c) || IsComment())
            {
                Space();
            }
            else if (c is '"' or '\'' or '`')
            {
                Copy(EndOfText(_at));
            }
            else if (c == '/' && IsPattern())
            {
                Copy(EndOfPattern());
            }
            else
            {
                Copy(_at + 1);
            }
        }
    }

    private void Copy(int end)
    {
        _text.Append(_script, _at, end - _at);
        _at = end;
    }

    private bool IsComment() => _script.AsSpan(_at).StartsWith("//") || _script.AsSpan(_at).StartsWith("/*");

    // White space and comments between two tokens.
    private void Space()
    {
        bool isLine = false;
        while (_at < _script.Length && (char.IsWhiteSpace(_script[_at]) || IsComment()))
        {
            if (char.IsWhiteSpace(_script[_at]))
            {
                isLine |= _script[_at++] == '\n';
                continue;
            }

            string end = _script[_at + 1] == '/' ? "\n" : "*/";
            int found = _script.IndexOf(end, _at + 2, StringComparison.Ordinal);
            _at = found < 0 ? _script.Length : end == "\n" ? found : found + end.Length;
        }

        char next = _at < _script.Length ? _script[_at] : '\n';
        if (isLine)
        {
            _text.Append(Last == '\n' || Opens.Contains(Last, StringComparison.Ordinal) || Closes.Contains(next, StringComparison.Ordinal) ? "" : "\n");
        }
        else if (IsWord(Last) ? IsWord(next) : RunsTogether(Last, next))
        {
            _text.Append(' ');
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    // a - -b, a / /b/, a < !--b and a-- > b are other programs without the space.
    private static bool RunsTogether(char last, char next) => (last == next && (last is '+' or '-' or '/')) || (last, next) is ('<', '!') or ('-', '>');

    private int EndOfText(int start)
    {
        char mark = _script[start];
        int at = start + 1;
        while (_script[at] != mark)
        {
            at = _script[at] == '\\' ? at + 2
                : mark == '`' && _script[at] == '$' && _script[at + 1] == '{' ? EndOfBraces(at + 2)
                : at + 1;
        }

        return at + 1;
    }

    // Behind the brace that closes what a template computes.
    private int EndOfBraces(int at)
    {
        for (int depth = 1; depth > 0;)
        {
            char c = _script[at];
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            at = c is '"' or '\'' or '`' ? EndOfText(at) : at + 1;
        }

        return at;
    }

    private bool IsPattern()
    {
        if (BeforePattern.Contains(Last, StringComparison.Ordinal))
        {
            return true;
        }

        int start = _text.Length;
        while (start > 0 && IsWord(_text[start - 1]))
        {
            start--;
        }

        return WordsBeforePattern.Contains(_text.ToString(start, _text.Length - start));
    }

    private int EndOfPattern()
    {
        bool isClass = false;
        int at = _at + 1;
        for (; isClass || _script[at] != '/'; at++)
        {
            isClass = _script[at] == '[' || (isClass && _script[at] != ']');
            at += _script[at] == '\\' ? 1 : 0;
        }

        return at + 1;
    }
}
