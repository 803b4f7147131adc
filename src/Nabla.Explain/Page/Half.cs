namespace Nabla.Explain;

/// <summary>
/// The half before a squared error: Ng writes it so that the derivative has no 2, 3Blue1Brown does not. A cost of halves alone can be shown in both
/// conventions: without them it, and every derivative, is exactly twice as large.
/// </summary>
internal static class Half
{
    private const string Divided = "/2";
    private const string Times = "1/2*";

    /// <summary>A cost without its halves; null where not every term has one.</summary>
    public static string? Without(string formula)
    {
        List<string> terms = [];
        int depth = 0, start = 0;
        for (int i = 0; i <= formula.Length; i++)
        {
            char c = i < formula.Length ? formula[i] : '+';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && (c == '+' || (c == '-' && i > start)))
            {
                string term = formula[start..i].Trim();
                string? whole = term.EndsWith(Divided, StringComparison.Ordinal) ? term[..^Divided.Length]
                    : term.StartsWith(Times, StringComparison.Ordinal) ? term[Times.Length..]
                    : null;
                if (whole is null || c == '-')
                {
                    return null;
                }

                terms.Add(whole);
                start = i + 1;
            }
        }

        return string.Join(" + ", terms);
    }
}
