namespace Nabla;

/// <summary>The names of a lambda's parameters from its source text, so that formulas and messages speak of <c>w</c> and <c>b</c>.</summary>
internal static class LambdaNames
{
    /// <summary>The names in <c>(Tensor w, Tensor b) => ...</c>, or x, or x0, x1, ... where the text is something else.</summary>
    public static string[] Of(string expression, int count)
    {
        int arrow = expression.IndexOf("=>", StringComparison.Ordinal);
        string head = arrow < 0 ? "" : expression[..arrow].Trim();
        head = head.StartsWith("static ", StringComparison.Ordinal) ? head["static ".Length..].Trim() : head;
        head = head.StartsWith('(') && head.EndsWith(')') ? head[1..^1] : head;
        string[] names = [.. head.Split(',').Select(p => p.Trim().Split(' ')[^1])];
        bool fits = names.Length == count && names.All(TypeText.IsWord) && names.Distinct().Count() == count && !names.Contains("_");
        return fits ? names : count == 1 ? ["x"] : [.. Enumerable.Range(0, count).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"x{i}"))];
    }
}
