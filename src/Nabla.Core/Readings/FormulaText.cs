namespace Nabla;

/// <summary>
/// Formulas on one line as a teacher writes them: <c>3*w^2</c>, <c>-1/w^2</c>, <c>x*(w*x + b - y)</c>. No more parentheses than needed;
/// <see cref="FormulaParser"/> reads the text back.
/// </summary>
/// <remarks>
/// Nested sums and products are written without parentheses (a + (b + c) as a + b + c), and the signs of terms join the operators
/// (a + -2*b as a - 2*b): the same number in exact arithmetic, in floating point up to the order of adding.
/// </remarks>
/// <example><code>
/// Graph graph = FormulaParser.Parse("1/2*(w*x + b - y)^2");
/// string text = FormulaText.Print(FormulaRenderer.Render(new Tensor(graph.Outputs[0].Node)));   // as it was
/// </code></example>
public static class FormulaText
{
    private static readonly LinePrinter Printer = new(nameof(FormulaText));

    /// <summary>The text of a formula.</summary>
    /// <param name="formula">The formula, of any depth.</param>
    /// <param name="longest">The most characters; a shared intermediate doubles the text at every use.</param>
    /// <exception cref="InvalidOperationException">The text would be longer.</exception>
    public static string Print(Formula formula, int longest = 1_000_000) => Printer.Print(formula, longest);
}
