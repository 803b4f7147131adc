using System.Text;
using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>Long sums as several pieces of mathematics with a place to break the line between them: browsers break no line inside one.</summary>
internal static partial class LongMath
{
    // Shorter ones fit anywhere.
    private const int Short = 24;

    // What is set beside each other, and nothing else, may go on in the next line.
    private const string Row = "<mrow>";

    /// <summary>The same mathematics, with a place to break before each term of a long sum.</summary>
    /// <param name="math">One math element.</param>
    public static string Broken(string math)
    {
        // Bars are read in pairs.
        if (Tags().Replace(math, "").Length <= Short || math.Contains("<mo>|</mo>", StringComparison.Ordinal) || math.Contains("<mo>⌊</mo>", StringComparison.Ordinal))
        {
            return math;
        }

        StringBuilder pieces = new();
        Stack<string> open = [];
        bool isArgument = false;
        foreach (Match part in Parts().Matches(math))
        {
            string text = part.Value;
            if (text.StartsWith("<mo", StringComparison.Ordinal))
            {
                bool isTerm = text is "<mo>+</mo>" or "<mo>−</mo>" && open.All(o => o == Row);
                int rows = open.Count;
                pieces.Append(isTerm ? $"{string.Concat(Enumerable.Repeat("</mrow>", rows))}</math><wbr /><math>{string.Concat(Enumerable.Repeat(Row, rows))}<mo form=\"infix\">{text[4..]}" : text);
                isArgument = text.Contains("&#x2061;", StringComparison.Ordinal);
                continue;
            }

            if (text.StartsWith("</", StringComparison.Ordinal))
            {
                open.TryPop(out _);
            }
            else if (text.StartsWith('<') && !text.EndsWith("/>", StringComparison.Ordinal) && text != "<math>")
            {
                open.Push(isArgument ? "<argument>" : text);
                isArgument = false;
            }

            pieces.Append(text);
        }

        return pieces.ToString();
    }

    [GeneratedRegex(@"<[^>]*>|&#x206[12];")]
    private static partial Regex Tags();

    // A sign whole; any other tag; text.
    [GeneratedRegex(@"<mo[^>]*>[^<]*</mo>|<[^>]+>|[^<]+")]
    private static partial Regex Parts();
}
