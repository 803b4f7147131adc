namespace Nabla;

/// <summary>One tidying of a formula. It remembers what is tidy, for a part that is shared or met again is not tidied twice.</summary>
internal sealed class TidyPass
{
    // A longer product is not multiplied out.
    private const int MostFactors = 12;

    private readonly Dictionary<Formula, Formula> _tidied = new(ReferenceEqualityComparer.Instance);

    public Formula Tidy(Formula formula)
    {
        if (_tidied.TryGetValue(formula, out Formula? known))
        {
            return known;
        }

        _tidied[formula] = Known(Tidied(formula));
        return _tidied[formula];
    }

    /// <summary>The formula, remembered as tidy.</summary>
    public Formula Known(Formula tidy)
    {
        _tidied[tidy] = tidy;
        return tidy;
    }

    /// <summary>A formula times a number.</summary>
    public Formula Product(Formula formula, Rational number)
    {
        FormulaFactors factors = new(this);
        factors.Multiply(formula, Rational.One);
        return Known(factors.ToFormula(number));
    }

    /// <summary>A sum of multiples.</summary>
    public Formula Sum(params IEnumerable<(Formula Term, Rational Times)> terms)
    {
        FormulaTerms sum = new(this);
        foreach ((Formula term, Rational times) in terms)
        {
            sum.Add(term, times);
        }

        return Known(sum.ToFormula());
    }

    // Multiplied out over one sum where that cancels something: exp(a)*(1/s - exp(-a)) is exp(a)/s - 1.
    private Formula Shortest(FormulaFactors factors)
    {
        Formula best = factors.ToFormula();
        if (factors.Factors.Count > 1 && factors.Factors.Count <= MostFactors)
        {
            Rational number = factors.TakeNumber();
            for (int i = 0; i < factors.Factors.Count; i++)
            {
                if (factors.Factors[i] is { Base: Formula.Infix { Operator: "+" or "-" }, Exponent: var exponent } && exponent == Rational.One
                    && factors.Distributed(i).ToList() is { Count: <= MostFactors } terms && terms.Any(t => t.Cancels))
                {
                    Formula distributed = Sum(terms.Select(t => (t.Term.ToFormula(), t.Number * number)));
                    best = FormulaText.Print(distributed).Length < FormulaText.Print(best).Length ? distributed : best;
                }
            }
        }

        return best;
    }

    private Formula Tidied(Formula formula)
    {
        switch (formula)
        {
            case Formula.Infix { Operator: "+" or "-" }:
                return Sum((formula, Rational.One));
            case Formula.Infix { Operator: "*" or "/" } or Formula.Prefix { Operator: "-" } or Formula.Power or Formula.Call { Function: "exp" or "sqrt" }:
                FormulaFactors factors = new(this);
                factors.Multiply(formula, Rational.One);
                return Shortest(factors);
            case Formula.Call { Function: "where", Arguments: [var condition, var a, var b] }:
                return FormulaCases.Where(Tidy(condition), Tidy(a), Tidy(b));
            case Formula.Infix infix:
                return FormulaCases.Compare(infix.Operator, Tidy(infix.Left), Tidy(infix.Right));
            case Formula.Prefix { Operator: "not" } not:
                return FormulaCases.Not(Tidy(not.Operand));
            case Formula.Prefix prefix:
                return prefix with { Operand = Tidy(prefix.Operand) };
            case Formula.Call call:
                return call with { Arguments = [.. call.Arguments.Select(Tidy)] };
            default:
                return formula;
        }
    }
}
