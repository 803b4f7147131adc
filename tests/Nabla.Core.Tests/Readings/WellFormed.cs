namespace Nabla.Core.Tests.Readings;

/// <summary>What a reader of LaTeX demands of any text.</summary>
internal static class WellFormed
{
    /// <summary>Braces, \left and \right, \begin and \end come in pairs and in order; no minus stands before another sign.</summary>
    public static void Latex(string latex)
    {
        Stack<string> open = [];
        for (int i = 0; i < latex.Length; i++)
        {
            string rest = latex[i..Math.Min(latex.Length, i + 8)];
            if (rest.StartsWith(@"\left", StringComparison.Ordinal) && !rest.StartsWith(@"\leftarr", StringComparison.Ordinal))
            {
                open.Push("left");
            }
            else if (rest.StartsWith(@"\right", StringComparison.Ordinal))
            {
                Assert.Equal("left", open.Pop());
            }
            else if (rest.StartsWith(@"\begin", StringComparison.Ordinal))
            {
                open.Push("begin");
            }
            else if (rest.StartsWith(@"\end{", StringComparison.Ordinal))
            {
                Assert.Equal("begin", open.Pop());
            }
            else if (latex[i] == '{')
            {
                open.Push("{");
            }
            else if (latex[i] == '}')
            {
                Assert.Equal("{", open.Pop());
            }
        }

        Assert.Empty(open);
        Assert.DoesNotContain("- -", latex, StringComparison.Ordinal);
        Assert.DoesNotContain("+ -", latex, StringComparison.Ordinal);
    }
}
