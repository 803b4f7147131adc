namespace Nabla;

/// <content>The expression as text of several kinds.</content>
public sealed partial class Expr
{
    private const int LongestText = 1_000_000;

    /// <summary>
    /// As a teacher writes it on one line: <c>3*w^2</c>, <c>-1/w^2</c>, <c>x*(w*x + b - y)</c>; <see cref="Sym.Parse"/> reads it back.
    /// An expression of more than a million characters is named by its size instead.
    /// </summary>
    public override string ToString()
    {
        try
        {
            return FormulaText.Print(ToFormula(), LongestText);
        }
        catch (InvalidOperationException)
        {
            int size = TopologicalOrder.Of([Node]).Length;
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"(an expression of {size} parts, longer than {LongestText} characters)");
        }
    }

    /// <summary>As <see cref="ToString"/>, with a length of one's own.</summary>
    /// <param name="longest">The most characters; a part that is used twice is written twice.</param>
    /// <exception cref="InvalidOperationException">The text would be longer.</exception>
    public string ToText(int longest = LongestText) => FormulaText.Print(ToFormula(), longest);

    /// <summary>With the signs of mathematics: <c>3*w²</c>, <c>σ(z)*(1 - σ(z))</c>, <c>α₁</c>.</summary>
    /// <exception cref="InvalidOperationException">The text would be longer than a million characters.</exception>
    public string ToUnicode() => FormulaUnicode.Print(ToFormula(), LongestText);

    /// <summary>As LaTeX for math mode: <c>- \frac{1}{w^{2}}</c>.</summary>
    /// <exception cref="InvalidOperationException">The text would be longer than a million characters.</exception>
    public string ToLatex() => FormulaLatex.Print(ToFormula(), LongestText);

    /// <summary>As a MathML element, which browsers set themselves.</summary>
    /// <param name="display">Whether it stands on a line of its own.</param>
    /// <exception cref="InvalidOperationException">The text would be longer than a million characters.</exception>
    public string ToMathMl(bool display = false) => FormulaMathMl.Print(ToFormula(), LongestText, display);

    /// <summary>
    /// As a C# method of doubles: <c>public static double F(double w) =&gt; ...</c>, by the same lines that compile a model. Functions are those of
    /// <see cref="Compiler.PlanMath"/>.
    /// </summary>
    /// <param name="name">The method's name.</param>
    public string ToCSharp(string name = "F") => CSharpMethod.Print(NumberGraph.Of(this, []), name);
}
