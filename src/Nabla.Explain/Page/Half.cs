using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>
/// The half before a squared error: Ng writes it so that the derivative has no 2, 3Blue1Brown does not. A cost of halves alone can be shown in both
/// conventions: without them it, and every derivative, is exactly twice as large.
/// </summary>
internal static partial class Half
{
    private const string Divided = "/2";
    private const string Times = "1/2*";

    /// <summary>A cost without its halves; null where not every term has one.</summary>
    public static string? Without(string formula) => EachTerm(formula, WithoutInTerm);

    /// <summary>A sum with another text for each of its terms; null where one has none, or where it is no sum.</summary>
    public static string? EachTerm(string formula, Func<string, string?> write)
    {
        List<string> terms = [];
        int depth = 0, start = 0;
        for (int i = 0; i <= formula.Length; i++)
        {
            char c = i < formula.Length ? formula[i] : '+';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && (c == '+' || (c == '-' && i > start)))
            {
                if (c == '-' || write(formula[start..i].Trim()) is not { } written)
                {
                    return null;
                }

                terms.Add(written);
                start = i + 1;
            }
        }

        return string.Join(" + ", terms);
    }

    /// <summary>One term without its half; null where it has none.</summary>
    public static string? WithoutInTerm(string term) =>
        term.EndsWith(Divided, StringComparison.Ordinal) ? term[..^Divided.Length]
        : term.StartsWith(Times, StringComparison.Ordinal) ? term[Times.Length..]
        : null;

    /// <summary>One term with a half; null where it is not the square of a difference, which is what errors are.</summary>
    /// <param name="term">The term.</param>
    /// <param name="formulaOf">The formula of a name; null for what is no name of a value.</param>
    public static string? WithInTerm(string term, Func<string, string?> formulaOf) =>
        Squared().Match(term) is { Success: true } square && IsDifference(formulaOf(square.Groups["name"].Value) ?? square.Groups["inner"].Value) ? term + Divided : null;

    /// <summary>Whether a term is a square, the name of one, or a sum of them in parentheses: what a half belongs to.</summary>
    /// <inheritdoc cref="WithInTerm"/>
    public static bool IsSquare(string term, Func<string, string?> formulaOf) =>
        term.EndsWith("^2", StringComparison.Ordinal)
        || Product().IsMatch(term)
        || (formulaOf(term) is { } formula && IsSquare(formula, formulaOf))
        || (term.StartsWith('(') && term.EndsWith(')') && EachTerm(term[1..^1], t => IsSquare(t, formulaOf) ? t : null) is not null);

    private static bool IsDifference(string formula) => formula.Contains(" - ", StringComparison.Ordinal) && EachTerm(formula, t => t) is null;

    [GeneratedRegex(@"^(?:(?<name>[\p{L}_]\w*)|\((?<inner>[^()]*)\))\^2$")]
    private static partial Regex Squared();

    [GeneratedRegex(@"^([\p{L}_]\w*)\*\1$")]
    private static partial Regex Product();
}
