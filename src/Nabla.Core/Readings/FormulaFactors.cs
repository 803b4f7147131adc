namespace Nabla;

/// <summary>A product being collected: one number, and bases with their exponents, equal bases together.</summary>
internal sealed class FormulaFactors
{
    // Numbers are raised to powers up to here; beyond, the digits would drown the formula.
    private const int LargestPower = 64;

    // The text of a base is what tells it from others: written once, for it takes a walk.
    private readonly List<(Formula Base, string Key, Rational Exponent)> _factors = [];
    private Rational _number = Rational.One;

    /// <summary>Multiplies by a formula to a power.</summary>
    public void Multiply(Formula formula, Rational exponent)
    {
        bool isWhole = exponent.IsInteger && exponent <= LargestPower && exponent >= -LargestPower;
        switch (formula)
        {
            case Formula.Number { Value: var value } when isWhole && (value.Sign != 0 || exponent.Sign > 0):
                _number *= Rational.Pow(value, (int)exponent.Numerator);
                break;
            case Formula.Infix { Operator: "*" } product when isWhole:
                Multiply(product.Left, exponent);
                Multiply(product.Right, exponent);
                break;
            case Formula.Infix { Operator: "/" } quotient when isWhole:
                Multiply(quotient.Left, exponent);
                Multiply(quotient.Right, -exponent);
                break;
            case Formula.Prefix { Operator: "-" } minus when isWhole:
                _number *= exponent.Numerator.IsEven ? 1 : -1;
                Multiply(minus.Operand, exponent);
                break;
            case Formula.Power { Exponent: Formula.Number { Value: { IsFinite: true } power } } inner when isWhole:
                Multiply(inner.Base, power * exponent);
                break;
            case Formula.Infix { Operator: "+" or "-" } sum:
                Formula collected = FormulaTidy.Tidy(sum);
                if (collected is Formula.Infix { Operator: "+" or "-" })
                {
                    Collect(collected, exponent);
                }
                else
                {
                    Multiply(collected, exponent); // like terms left a single one
                }

                break;
            case Formula.Power power:
                Collect(new Formula.Power(FormulaTidy.Tidy(power.Base), FormulaTidy.Tidy(power.Exponent)), exponent);
                break;
            case Formula.Infix { Operator: "*" or "/" } or Formula.Prefix { Operator: "-" }:
                Collect(FormulaTidy.Tidy(formula), exponent); // to a fractional power: stays together
                break;
            default:
                Collect(FormulaTidy.Tidy(formula), exponent);
                break;
        }
    }

    private void Collect(Formula factor, Rational exponent)
    {
        string key = FormulaText.Print(factor);
        int at = _factors.FindIndex(f => f.Key == key);
        if (at < 0)
        {
            _factors.Add((factor, key, exponent));
        }
        else
        {
            _factors[at] = (factor, key, _factors[at].Exponent + exponent);
        }
    }

    /// <summary>Takes the number out of the product, and tells it.</summary>
    public Rational TakeNumber()
    {
        Rational number = _number;
        _number = Rational.One;
        return number;
    }

    /// <summary>The product with a number in front.</summary>
    public Formula ToFormula(Rational number)
    {
        _number *= number;
        return ToFormula();
    }

    /// <summary>One fraction line: <c>-3*x*sin(x)/(2*w^2)</c>; plain names first, then functions, then sums.</summary>
    public Formula ToFormula()
    {
        if (_number.Sign == 0 && _number.IsFinite)
        {
            return new Formula.Number(Rational.Zero);
        }

        bool isFraction = RationalText.IsQuotient(_number);
        Rational top = isFraction ? _number.Numerator : _number;
        Rational bottom = isFraction ? _number.Denominator : Rational.One;
        Formula? above = Product(_factors.Where(f => f.Exponent.Sign > 0).Select(f => Raised(f.Base, f.Exponent)), Rational.One);
        Formula? below = Product(_factors.Where(f => f.Exponent.Sign < 0).Select(f => Raised(f.Base, -f.Exponent)), bottom);
        above = above is null ? new Formula.Number(top)
            : top == Rational.One ? above
            : top == -1 ? new Formula.Prefix("-", above)
            : Product(Flat(above), top)!;
        return below is null ? above : new Formula.Infix("/", above, below);
    }

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
        IEnumerable<Formula> ordered = factors.OrderBy(Rank); // stable: equal ranks keep their order
        IEnumerable<Formula> all = number == Rational.One ? ordered : ordered.Prepend(new Formula.Number(number));
        return all.Aggregate((Formula?)null, (product, factor) => product is null ? factor : new Formula.Infix("*", product, factor));
    }

    private static int Rank(Formula factor) => factor switch
    {
        Formula.Power power => Rank(power.Base),
        Formula.Call => 1,
        Formula.Infix => 2,
        Formula.Derivative => 3,
        _ => 0,
    };

    private static Formula Raised(Formula factor, Rational exponent) =>
        exponent == Rational.One ? factor : new Formula.Power(factor, new Formula.Number(exponent));
}
