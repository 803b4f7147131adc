namespace Nabla;

/// <summary>A collected product as one fraction line: <c>-3*x*sin(x)/(2*w^2)</c>; plain names first, then functions, then sums.</summary>
internal static class FormulaFraction
{
    /// <summary>Writes a number times factors.</summary>
    public static Formula Write(TidyPass pass, Rational number, IReadOnlyList<FormulaFactors.Factor> factors)
    {
        if (number.Sign == 0 && number.IsFinite)
        {
            return new Formula.Number(Rational.Zero);
        }

        List<(Formula Base, Rational Exponent)> written = [.. Powers(pass, factors)];
        if (written is [var only] && only.Exponent == Rational.One && FormulaCases.Times(only.Base, number) is { } choice)
        {
            return choice;
        }

        number = JoinSign(number, written);
        bool isFraction = RationalText.IsQuotient(number) || (written.Any(f => f.Exponent.Sign < 0) && RationalText.GoesBelow(number));
        Rational top = isFraction ? number.Numerator : number;
        Rational bottom = isFraction ? number.Denominator : Rational.One;
        Formula? above = Product(written.Where(f => f.Exponent.Sign > 0).Select(f => Raised(f.Base, f.Exponent)), Rational.One);
        Formula? below = Product(written.Where(f => f.Exponent.Sign < 0).Select(f => Raised(f.Base, -f.Exponent)), bottom);
        above = above is null ? new Formula.Number(top)
            : top == Rational.One ? above
            : top == -1 ? new Formula.Prefix("-", above)
            : Product(Flat(above), top)!;
        return below is null ? above : new Formula.Infix("/", above, below);
    }

    // Factors as they are written: exp(z)^2 as exp(2*z), and x^n and x^-1 as x^(n - 1).
    private static IEnumerable<(Formula Base, Rational Exponent)> Powers(TidyPass pass, IReadOnlyList<FormulaFactors.Factor> factors)
    {
        HashSet<string> raised = [.. factors.Select(f => f.Base).OfType<Formula.Power>().Select(p => FormulaText.Print(p.Base))];
        HashSet<string> done = [];
        foreach (FormulaFactors.Factor factor in factors)
        {
            if (factor.Base is Formula.Call { Function: "exp", Arguments: [var x] })
            {
                yield return (new Formula.Call("exp", [factor.Exponent == Rational.One ? x : pass.Product(x, factor.Exponent)]), Rational.One);
                continue;
            }

            Formula under = factor.Base is Formula.Power power ? power.Base : factor.Base;
            string key = factor.Base is Formula.Power ? FormulaText.Print(under) : factor.Key;
            if (!raised.Contains(key))
            {
                yield return (factor.Base, factor.Exponent);
            }
            else if (done.Add(key))
            {
                FormulaFactors.Factor[] all = [.. factors.Where(f => f.Key == key || (f.Base is Formula.Power p && FormulaText.Print(p.Base) == key))];
                bool isBelow = all.All(f => f.Exponent.Sign < 0);
                IEnumerable<(Formula, Rational)> terms = all.OrderBy(f => f.Base is Formula.Power ? 0 : 1)
                    .Select(f => (f.Base is Formula.Power p ? p.Exponent : new Formula.Number(1), isBelow ? -f.Exponent : f.Exponent));
                yield return (new Formula.Power(under, pass.Sum(terms)), isBelow ? -1 : Rational.One);
            }
        }
    }

    // A minus goes into a sum where that saves signs: -(1 - s) is s - 1, and -x*(y - a - b) is x*(a + b - y). But -s*(1 - s) stays, as it is known.
    private static Rational JoinSign(Rational number, List<(Formula Base, Rational Exponent)> written)
    {
        for (int i = 0; i < written.Count; i++)
        {
            if (written[i] is not { Base: Formula.Infix { Operator: "+" or "-" } sum } || written[i].Exponent != Rational.One)
            {
                continue;
            }

            List<(Formula Term, bool IsNegative)> terms = Terms(sum);
            int negative = terms.Count(t => t.IsNegative);
            int positive = terms.Count - negative;
            bool isAlone = written.Count == 1 && number == -1;
            if (positive == 0 || (number.Sign < 0 && positive <= negative && (isAlone || terms[0].Term is not Formula.Number)))
            {
                written[i] = (terms.OrderBy(t => t.IsNegative ? 0 : 1).Aggregate((Formula?)null, (all, t) => all is null
                    ? t.IsNegative ? t.Term : new Formula.Prefix("-", t.Term)
                    : new Formula.Infix(t.IsNegative ? "+" : "-", all, t.Term))!, Rational.One);
                return -number;
            }
        }

        return number;
    }

    // The terms of a tidy sum without their signs.
    public static List<(Formula Term, bool IsNegative)> Terms(Formula sum)
    {
        List<(Formula Term, bool IsNegative)> terms = [];
        while (sum is Formula.Infix { Operator: "+" or "-" } infix)
        {
            terms.Add((infix.Right, infix.Operator == "-"));
            sum = infix.Left;
        }

        bool isNegative = FormulaRank.BeginsWithMinus(sum);
        terms.Add((isNegative ? WithoutMinus(sum) : sum, isNegative));
        terms.Reverse();
        return terms;
    }

    private static Formula WithoutMinus(Formula formula) => formula switch
    {
        Formula.Number { Value: var value } => new Formula.Number(-value),
        Formula.Prefix prefix => prefix.Operand,
        Formula.Infix { Left: Formula.Number { Value: var value } } infix when value == -1 => infix.Operator == "*" ? infix.Right : infix with { Left = new Formula.Number(1) },
        Formula.Infix infix => infix with { Left = WithoutMinus(infix.Left) },
        _ => formula,
    };

    // The factors of a product that was joined from the left, so that the number can go in front of the first.
    private static IEnumerable<Formula> Flat(Formula product)
    {
        Stack<Formula> factors = new();
        while (product is Formula.Infix { Operator: "*" } infix)
        {
            factors.Push(infix.Right);
            product = infix.Left;
        }

        factors.Push(product);
        return factors;
    }

    private static Formula? Product(IEnumerable<Formula> factors, Rational number)
    {
        // Names and exponentials by the alphabet, derivatives u' behind; the sort is stable, and others keep their order.
        IEnumerable<Formula> ordered = factors.OrderBy(Rank).ThenBy(f => f is Formula.Symbol { Name: [.., '\''] })
            .ThenBy(f => Rank(f) is 0 or 2 ? FormulaText.Print(f is Formula.Power power ? power.Base : f) : "", StringComparer.OrdinalIgnoreCase);
        IEnumerable<Formula> all = number == Rational.One ? ordered : ordered.Prepend(new Formula.Number(number));
        return all.Aggregate((Formula?)null, (product, factor) => product is null ? factor : new Formula.Infix("*", product, factor));
    }

    private static int Rank(Formula factor) => factor switch
    {
        Formula.Number => -1, // pi
        Formula.Power { Exponent: not Formula.Number, Base: Formula.Symbol } => 1,
        Formula.Power power => Rank(power.Base),
        Formula.Call { Function: "exp" } => 2,
        Formula.Call => 3,
        Formula.Infix => 4,
        Formula.Derivative => 5,
        _ => 0,
    };

    private static Formula Raised(Formula factor, Rational exponent) =>
        exponent == Rational.One ? factor : new Formula.Power(factor, new Formula.Number(exponent));
}
