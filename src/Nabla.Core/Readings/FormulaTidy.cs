using System.Collections.Immutable;

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
    private const int LargestFormula = 5_000;
    private const int DeepestFormula = 500;

    /// <summary>The formula tidied; very large formulas are returned as they are.</summary>
    public static Formula Run(Formula formula) => IsSmall(formula) ? Tidy(formula) : formula;

    private static bool IsSmall(Formula formula)
    {
        Stack<(Formula Formula, int Depth)> open = new([(formula, 0)]);
        for (int count = 0; open.TryPop(out (Formula Formula, int Depth) at); count++)
        {
            if (count > LargestFormula || at.Depth > DeepestFormula)
            {
                return false;
            }

            foreach (Formula part in Parts(at.Formula))
            {
                open.Push((part, at.Depth + 1));
            }
        }

        return true;
    }

    private static ImmutableArray<Formula> Parts(Formula formula) => formula switch
    {
        Formula.Prefix prefix => [prefix.Operand],
        Formula.Infix infix => [infix.Left, infix.Right],
        Formula.Power power => [power.Base, power.Exponent],
        Formula.Call call => call.Arguments,
        _ => [],
    };

    internal static Formula Tidy(Formula formula)
    {
        switch (formula)
        {
            case Formula.Infix { Operator: "+" or "-" }:
                FormulaTerms terms = new();
                terms.Add(formula, Rational.One);
                return terms.ToFormula();
            case Formula.Infix { Operator: "*" or "/" } or Formula.Prefix { Operator: "-" } or Formula.Power:
                FormulaFactors factors = new();
                factors.Multiply(formula, Rational.One);
                return factors.ToFormula();
            case Formula.Infix infix:
                return infix with { Left = Tidy(infix.Left), Right = Tidy(infix.Right) };
            case Formula.Prefix prefix:
                return prefix with { Operand = Tidy(prefix.Operand) };
            case Formula.Call call:
                return call with { Arguments = [.. call.Arguments.Select(Tidy)] };
            default:
                return formula;
        }
    }
}
