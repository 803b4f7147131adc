namespace Nabla;

/// <summary>How tightly the parts of a formula bind: what all printers decide their parentheses by.</summary>
internal static class FormulaRank
{
    // From loose to tight; a formula is wrapped where its own is looser than its place asks.
    public const int Equation = 0;
    public const int Or = 1;
    public const int And = 2;
    public const int Not = 3;
    public const int Comparison = 4;
    public const int Sum = 5;
    public const int Product = 6;
    public const int Sign = 7;
    public const int Power = 8;
    public const int Atom = 9;

    public static int Of(Formula formula) => formula switch
    {
        Formula.Number { Value: var value } => value.Sign < 0 ? Sign : RationalText.IsQuotient(value) ? Product : Atom,
        Formula.Prefix { Operator: "-" } => Sign,
        Formula.Prefix => Not,
        Formula.Power => Power,
        Formula.Infix { Operator: "+" or "-" } => Sum,
        Formula.Infix { Operator: "*" or "/" or MatrixFormulas.Elementwise } => Product,
        Formula.Infix { Operator: "and" } => And,
        Formula.Infix { Operator: "or" } => Or,
        Formula.Infix { Operator: "=" } => Equation,
        Formula.Infix => Comparison,
        _ => Atom,
    };

    /// <summary>The same where a matrix product is two names side by side, and a sum a sign before what it runs over.</summary>
    public static int Typeset(Formula formula) => BigOperators.Is(formula) || formula is Formula.Call { Function: "matmul" } ? Product : Of(formula);

    /// <summary>A product of products, read as one: a*(b*c) is a*b*c, but not where one of them divides.</summary>
    public static bool IsProduct(Formula formula)
    {
        while (formula is Formula.Infix { Operator: "*" } product)
        {
            formula = product.Left;
        }

        return Of(formula) > Sign;
    }

    /// <summary>Whether the text would begin with a minus.</summary>
    public static bool BeginsWithMinus(Formula formula)
    {
        while (formula is Formula.Infix { Operator: "*" or "/" } product)
        {
            formula = product.Left;
        }

        return formula is Formula.Prefix { Operator: "-" } || (formula is Formula.Number { Value: var value } && value.Sign < 0);
    }
}
