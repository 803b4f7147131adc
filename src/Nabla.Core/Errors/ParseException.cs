namespace Nabla;

/// <summary>Text that could not be read: a formula or a printed graph. The message shows the line with a mark under the place.</summary>
/// <example><code>
/// try
/// {
///     _ = FormulaParser.Parse("w^2 + ");
/// }
/// catch (ParseException e)
/// {
///     Console.WriteLine($"line {e.Line}, column {e.Column}: {e.Message}");
/// }
/// </code></example>
public sealed class ParseException : FormatException
{
    /// <summary>An error without a message.</summary>
    public ParseException()
    {
    }

    /// <summary>An error with its message.</summary>
    public ParseException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and cause.</summary>
    public ParseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    private ParseException(string message, int line, int column, Exception? innerException)
        : base(message, innerException)
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line of the place, from 1; 0 where there is none.</summary>
    public int Line { get; }

    /// <summary>The column of the place, from 1; 0 where there is none.</summary>
    public int Column { get; }

    /// <summary>An error at a place of a text.</summary>
    /// <param name="who">Who reads: named first.</param>
    /// <param name="what">What was expected, what came, what to try.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="position">The place in it, from 0.</param>
    /// <param name="innerException">The cause, if another error is.</param>
    internal static ParseException At(string who, string what, string text, int position, Exception? innerException = null)
    {
        const int Before = 60; // long lines are cut to the neighbourhood of the place
        const int After = 30;
        int lineStart = position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1;
        int lineEnd = text.IndexOf('\n', position);
        lineEnd = lineEnd < 0 ? text.Length : lineEnd;
        int line = text.AsSpan(0, lineStart).Count('\n') + 1;
        int column = position - lineStart + 1;
        int from = Math.Max(lineStart, position - Before);
        int to = Math.Min(lineEnd, position + After);
        // Tabs and control characters would move the mark away from its place.
        string shown = string.Concat(text[from..to].Select(c => char.IsControl(c) ? ' ' : c));
        return new ParseException($"{who}, line {line}, column {column}: {what}\n  {shown}\n  {new string(' ', position - from)}^", line, column, innerException);
    }
}
