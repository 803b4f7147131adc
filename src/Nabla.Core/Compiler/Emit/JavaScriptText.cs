using System.Globalization;
using System.Text;

namespace Nabla.Compiler.Emit;

/// <summary>Words, numbers and texts as JavaScript writes them; safe inside a page's script element too.</summary>
internal static class JavaScriptText
{
    private static readonly string[] Reserved =
    [
        "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum", "eval",
        "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in", "instanceof", "interface", "let", "new", "null",
        "package", "private", "protected", "public", "return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "undefined",
        "var", "void", "while", "with", "yield", "async", "of", "NaN", "Infinity", "Math", "Number", "Object", "Array", "Float64Array", "Int32Array",
        "Uint8Array", "inputs", "outputs",
    ];

    /// <summary>Names that JavaScript, or what is printed around the loops, keeps for itself.</summary>
    public static IEnumerable<string> ReservedWords => [.. Reserved, .. JavaScriptFunctions.Names];

    /// <summary>A number that JavaScript reads back to the bit.</summary>
    public static string Number(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        _ => value.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e").Replace('E', 'e'),
    };

    /// <summary>A text in quotes, without any character that could end the line, the quotes or a script element.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                < ' ' or '<' or '>' or '&' or '\u007f' or '\u2028' or '\u2029' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A text that stays within its line comment.</summary>
    public static string Comment(string text) =>
        string.Concat(text.Select(c => c is < ' ' or '\u2028' or '\u2029' or '\u0085' ? ' ' : c is '<' ? '‹' : c is '>' ? '›' : c)).Replace("*/", "* /", StringComparison.Ordinal);
}
