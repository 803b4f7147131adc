namespace Nabla;

/// <summary>Conditions and choices as people write them: the constant on the right, and last what holds otherwise.</summary>
internal static class FormulaCases
{
    /// <summary>A choice of tidied parts: <c>where(z &lt;= 0, 0, 1)</c> is <c>where(z &gt; 0, 1, 0)</c>.</summary>
    public static Formula Where(Formula condition, Formula a, Formula b)
    {
        string key = FormulaText.Print(condition);
        a = Decided(a, key, true);
        b = Decided(b, key, false);
        return FormulaText.Print(a) == FormulaText.Print(b) || (IsZero(b) && HasRelu(a, condition)) ? a
            : IsZero(a) && !IsZero(b) && condition is Formula.Infix ? new Formula.Call("where", [Not(condition), b, a])
            : new Formula.Call("where", [condition, a, b]);
    }

    /// <summary>A comparison of tidied sides, or two conditions joined.</summary>
    public static Formula Compare(string sign, Formula left, Formula right)
    {
        bool turns = left is Formula.Number ? right is not Formula.Number : sign is ">" or ">=" && right is not Formula.Number;
        return turns && Turned(sign) is { } turned ? new Formula.Infix(turned, right, left) : new Formula.Infix(sign, left, right);
    }

    /// <summary>The opposite of a tidied condition.</summary>
    public static Formula Not(Formula condition) => condition switch
    {
        Formula.Infix infix when Opposite(infix.Operator) is { } opposite => Compare(opposite, infix.Left, infix.Right),
        Formula.Infix { Operator: "and" or "or" } both => new Formula.Infix(both.Operator == "and" ? "or" : "and", Not(both.Left), Not(both.Right)),
        Formula.Prefix { Operator: "not" } not => not.Operand,
        _ => new Formula.Prefix("not", condition),
    };

    /// <summary>The parts of a choice; null for every other formula.</summary>
    public static (Formula Condition, Formula A, Formula B)? Of(Formula formula) =>
        formula is Formula.Call { Function: "where", Arguments: [var condition, var a, var b] } ? (condition, a, b) : null;

    /// <summary>A choice between numbers times a number; null where it chooses between anything else.</summary>
    public static Formula? Times(Formula formula, Rational number) => formula switch
    {
        Formula.Number { Value: { IsFinite: true } value } => KnownNumbers.ToFormula(value * number),
        _ when Of(formula) is var (condition, a, b) && Times(a, number) is { } left && Times(b, number) is { } right => new Formula.Call("where", [condition, left, right]),
        _ => null,
    };

    private static bool IsZero(Formula formula) => formula is Formula.Number { Value: { IsFinite: true, Sign: 0 } };

    /// <summary>Whether a condition reads better than its opposite: above rather than at most, and rather than or.</summary>
    public static bool IsPositive(Formula condition) => condition is Formula.Infix { Operator: ">" or ">=" or "==" or "and" };

    // relu(z)*y is 0 anyway where z > 0 does not hold.
    private static bool HasRelu(Formula product, Formula condition)
    {
        if (condition is not Formula.Infix { Operator: ">", Left: var z, Right: Formula.Number { Value: { IsFinite: true, Sign: 0 } } })
        {
            return false;
        }

        string relu = $"relu({FormulaText.Print(z)})";
        for (; product is Formula.Infix { Operator: "*" or "/" } infix; product = infix.Left)
        {
            if (infix.Operator == "*" && FormulaText.Print(infix.Right) == relu)
            {
                return true;
            }
        }

        return FormulaText.Print(product) == relu;
    }

    // Inside a case its own condition is decided.
    private static Formula Decided(Formula formula, string condition, bool holds) =>
        Of(formula) is var (inner, a, b) && FormulaText.Print(inner) == condition ? (holds ? a : b) : formula;

    private static string? Turned(string sign) => sign switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        "==" or "!=" => sign,
        _ => null,
    };

    private static string? Opposite(string sign) => sign switch
    {
        "<" => ">=",
        "<=" => ">",
        ">" => "<=",
        ">=" => "<",
        "==" => "!=",
        "!=" => "==",
        _ => null,
    };
}
