using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>
/// Text for the other end of a pipe: plain ASCII, the one place that makes it. What formulas are printed with comes out as it is typed (w² is w^2, α is alpha, ≤ is &lt;=);
/// any other letter by its code, <c>\u00F6</c>, as C# and JSON write it: another letter is another name.
/// </summary>
internal static class PlainText
{
    /// <summary>The text in ASCII. Control characters stay: what is a stranger's is cleaned where it comes in.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        StringBuilder plain = new(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            char before = i > 0 ? text[i - 1] : ' ';
            char after = i + 1 < text.Length ? text[i + 1] : ' ';
            plain.Append(char.IsAscii(text[i]) ? text[i].ToString() : Written(text[i], before, after));
        }

        return plain.ToString();
    }

    /// <summary>A line of text for one end or the other; a stranger's control characters reach neither.</summary>
    /// <param name="text">The line.</param>
    /// <param name="unicode">Whether the other end shows more than ASCII.</param>
    public static string Line(string text, bool unicode)
    {
        string clean = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return unicode ? clean : Of(clean);
    }

    /// <summary>An error's text in ASCII: a mark in its last line stays under the place that it points at in the line before.</summary>
    public static string Pointed(string message)
    {
        string[] lines = message.Split('\n');
        int mark = lines.Length > 1 && lines[^1].TrimStart() == "^" ? lines[^1].IndexOf('^', StringComparison.Ordinal) : -1;
        if (mark >= 0)
        {
            lines[^1] = new string(' ', Of(lines[^2][..Math.Min(mark, lines[^2].Length)]).Length) + "^";
        }

        return string.Join('\n', lines.Select(Of));
    }

    private static string Written(char c, char before, char after)
    {
        bool isBesideGreek = GreekLetters.NameOf(before.ToString()) is not null || GreekLetters.NameOf(after.ToString()) is not null;
        if (!isBesideGreek && GreekLetters.NameOf(c.ToString()) is { } letter)
        {
            return letter;
        }

        string onTheLine = FormulaScripts.OnTheLine(c.ToString());
        if (FormulaScripts.IsRaised(c))
        {
            return FormulaScripts.IsRaised(before) ? onTheLine : $"^{onTheLine}";
        }

        if (FormulaScripts.IsLowered(c))
        {
            return FormulaScripts.IsLowered(before) || char.IsAsciiDigit(onTheLine[0]) ? onTheLine : $"_{onTheLine}";
        }

        if (FormulaScripts.FractionOf(c) is { } fraction)
        {
            return fraction + (char.IsLetter(after) || after is '(' or '√' ? "*" : "");
        }

        return FormulaSigns.OperatorOf(c) ?? Sign(c, after) ?? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
    }

    private static string? Sign(char c, char after) => c switch
    {
        '√' => after == '(' ? "sqrt" : "sqrt ",
        '∂' => "d",
        '∞' => "inf",
        '→' => "->",
        '⊙' => "o",
        '′' or '’' or '‘' => "'",
        '“' or '”' => "\"",
        '…' => "...",
        '—' => "-",
        '\u00A0' or '\u2009' or '\u202F' => " ",
        'ℯ' => "E",
        '⌊' => "floor(",
        '⌋' => ")",
        _ => null,
    };
}
