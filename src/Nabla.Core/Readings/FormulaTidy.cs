namespace Nabla;

/// <summary>
/// Brings formulas into the form in which people write them: one number in front of a product, equal factors as a power, one fraction line,
/// like terms added up. <c>1/2*2*(w*x + b - y)*x</c> becomes <c>x*(w*x + b - y)</c>, <c>-1/w/w</c> becomes <c>-1/w^2</c>.
/// </summary>
/// <remarks>For reading only: the same number in exact arithmetic where everything is defined (x/x becomes 1); what is computed is the graph.</remarks>
/// <example><code>
/// Formula formula = FormulaRenderer.Render(input * input * 3);
/// string text = FormulaText.Print(FormulaTidy.Run(formula));   // 3*x^2
/// </code></example>
public static class FormulaTidy
{
    // Comparing formulas walks them; beyond this size nobody reads the result anyway.
    private const int LargestFormula = 10_000;
    private const int DeepestFormula = 300;

    /// <summary>The formula tidied; very large formulas are returned as they are.</summary>
    public static Formula Run(Formula formula) => IsSmall(formula) ? new TidyPass().Tidy(formula) : formula;

    // A long sum or product leans to the left: it is walked, not descended into.
    private static bool IsSmall(Formula formula)
    {
        Stack<(Formula Formula, int Depth)> open = new([(formula, 0)]);
        for (int count = 0; open.TryPop(out (Formula Formula, int Depth) at); count++)
        {
            if (count > LargestFormula || at.Depth > DeepestFormula)
            {
                return false;
            }

            switch (at.Formula)
            {
                case Formula.Infix infix:
                    bool goesOn = infix.Left is Formula.Infix left && FormulaRank.Of(left) == FormulaRank.Of(infix);
                    open.Push((infix.Left, goesOn ? at.Depth : at.Depth + 1));
                    open.Push((infix.Right, at.Depth + 1));
                    break;
                case Formula.Prefix prefix:
                    open.Push((prefix.Operand, at.Depth + 1));
                    break;
                case Formula.Power power:
                    open.Push((power.Base, at.Depth + 1));
                    open.Push((power.Exponent, at.Depth + 1));
                    break;
                case Formula.Call call:
                    foreach (Formula argument in call.Arguments)
                    {
                        open.Push((argument, at.Depth + 1));
                    }

                    break;
                default:
                    break;
            }
        }

        return true;
    }
}
