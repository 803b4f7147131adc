// Long because a product is collected, settled and written by rules that work on the same factors.
using System.Numerics;

namespace Nabla;

/// <summary>
/// A product being collected: one number, and bases with their exponents, equal bases together. <c>exp(2*z)</c> counts as <c>exp(z)</c> to
/// the power 2, and <c>x^(2*n - 1)</c> as <c>x^n</c> to the power 2 and <c>x</c> to the power -1, so that equal parts meet.
/// </summary>
internal sealed class FormulaFactors(TidyPass pass)
{
    // Numbers are raised to powers up to here; beyond, the digits would drown the formula.
    private const int LargestPower = 64;

    // The text of a base is what tells it from others: written once, for it takes a walk.
    private readonly List<Factor> _factors = [];
    private readonly Dictionary<string, int> _places = [];
    private Rational _number = Rational.One;
    private bool _isSettled;

    /// <summary>A base and its exponent.</summary>
    public readonly record struct Factor(Formula Base, string Key, Rational Exponent);

    /// <summary>Multiplies by a formula to a power.</summary>
    public void Multiply(Formula formula, Rational exponent)
    {
        Stack<(Formula Formula, Rational Exponent)> open = new([(formula, exponent)]);
        while (open.TryPop(out (Formula Formula, Rational Exponent) at))
        {
            exponent = at.Exponent;
            bool isWhole = exponent.IsInteger && exponent <= LargestPower && exponent >= -LargestPower;
            switch (at.Formula)
            {
                case Formula.Number { Value: var value } when isWhole && (value.Sign != 0 || exponent.Sign > 0):
                    MultiplyNumber(value, exponent);
                    break;
                case Formula.Infix { Operator: "*" or "/" } product when isWhole:
                    open.Push((product.Right, product.Operator == "*" ? exponent : -exponent));
                    open.Push((product.Left, exponent));
                    break;
                case Formula.Prefix { Operator: "-" } minus when isWhole:
                    _number *= exponent.Numerator.IsEven ? 1 : -1;
                    open.Push((minus.Operand, exponent));
                    break;
                case Formula.Power { Exponent: Formula.Number { Value: { IsFinite: true } power } } inner when isWhole && !KnownNumbers.IsNamed(power):
                    open.Push((inner.Base, power * exponent));
                    break;
                case Formula.Power power when isWhole:
                    MultiplyPower(pass.Tidy(power.Base), pass.Tidy(power.Exponent), exponent);
                    break;
                case Formula.Power power:
                    Collect(new Formula.Power(pass.Tidy(power.Base), pass.Tidy(power.Exponent)), exponent);
                    break;
                case Formula.Call { Function: "exp", Arguments: [var x] }:
                    (Formula u, Rational times) = Split(pass.Tidy(x));
                    Collect(new Formula.Call("exp", [u]), times * exponent);
                    break;
                case Formula.Call { Function: "sqrt", Arguments: [var x] }:
                    Collect(new Formula.Call("sqrt", [pass.Tidy(x)]), exponent);
                    break;
                case Formula.Infix { Operator: "+" or "-" } sum when pass.Tidy(sum) is var collected and not Formula.Infix { Operator: "+" or "-" }:
                    open.Push((collected, exponent)); // like terms left a single one
                    break;
                case Formula.Infix { Operator: "*" or "/" } or Formula.Prefix { Operator: "-" } when Alone(at.Formula) is var whole:
                    Collect(whole, exponent); // to a fractional power: stays together
                    break;
                default:
                    Collect(pass.Tidy(at.Formula), exponent);
                    break;
            }
        }
    }

    // pi is a factor as a name is one.
    private void MultiplyNumber(Rational value, Rational exponent)
    {
        if (KnownNumbers.Parts(value) is var (rest, powers))
        {
            value = rest;
            foreach ((Formula known, int power) in powers)
            {
                Collect(pass.Known(known), power * exponent);
            }
        }

        _number *= Rational.Pow(value, (int)exponent.Numerator);
    }

    private Formula Alone(Formula product)
    {
        FormulaFactors factors = new(pass);
        factors.Multiply(product, Rational.One);
        return factors.ToFormula();
    }

    // x^(n - 1) is x^n and x^-1, so that x*x^(n - 1) is x^n.
    private void MultiplyPower(Formula under, Formula power, Rational exponent)
    {
        if (power is Formula.Number { Value: { IsFinite: true } number } && !KnownNumbers.IsNamed(number))
        {
            Multiply(under, number * exponent);
            return;
        }

        if (under is Formula.Symbol or Formula.Call or Formula.Infix { Operator: "+" or "-" } && power is Formula.Infix { Operator: "+" or "-", Right: Formula.Number { Value: { IsFinite: true } last } } sum && !KnownNumbers.IsNamed(last))
        {
            Collect(under, (sum.Operator == "+" ? last : -last) * exponent);
            power = sum.Left;
        }

        (Formula u, Rational times) = Split(power);
        Collect(new Formula.Power(under, u), times * exponent);
    }

    // A tidy formula as a number times the rest; a sum stays whole.
    private (Formula Part, Rational Number) Split(Formula formula)
    {
        if (formula is Formula.Infix { Operator: "+" or "-" })
        {
            return (formula, Rational.One);
        }

        FormulaFactors factors = new(pass);
        factors.Multiply(formula, Rational.One);
        Rational number = factors.TakeNumber();
        return number.IsFinite && number.Sign != 0 ? (factors.ToFormula(), number) : (formula, Rational.One);
    }

    /// <summary>Multiplies by a tidy base to a power.</summary>
    public void Collect(Formula factor, Rational exponent)
    {
        _isSettled = false;
        string key = KeyOf(factor);
        if (factor is Formula.Infix { Operator: "+" or "-" } && !_places.ContainsKey(key) && exponent.IsInteger && _places.ContainsKey(KeyOf(factor, negative: true)))
        {
            key = KeyOf(factor, negative: true); // (b - a) meets (a - b)
            _number *= exponent.Numerator.IsEven ? 1 : -1;
        }

        if (_places.TryGetValue(key, out int at))
        {
            _factors[at] = _factors[at] with { Exponent = _factors[at].Exponent + exponent };
        }
        else
        {
            _places.Add(key, _factors.Count);
            _factors.Add(new Factor(factor, key, exponent));
        }
    }

    // A sum is the same in any order.
    private static string KeyOf(Formula factor, bool negative = false) => factor is Formula.Infix { Operator: "+" or "-" }
        ? string.Join(' ', FormulaFraction.Terms(factor).Select(t => (t.IsNegative != negative ? "-" : "+") + FormulaText.Print(t.Term)).Order(StringComparer.Ordinal))
        : FormulaText.Print(factor);

    /// <summary>What tells the product from others but for its number, whatever the order of its factors.</summary>
    public string Key => string.Join('*', Factors.Select(f => $"({f.Key})^({f.Exponent})").Order(StringComparer.Ordinal));

    /// <summary>Where the first sum to a small whole power stands; -1 where none does.</summary>
    public int SumAt => Enumerable.Range(0, Factors.Count).FirstOrDefault(i => Factors[i] is { Base: Formula.Infix { Operator: "+" or "-" }, Exponent: { IsInteger: true, Sign: > 0 } power } && power <= 3, -1);

    /// <summary>The product multiplied out over one of its sums; with each term whether something cancelled.</summary>
    public IEnumerable<(FormulaFactors Term, Rational Number, bool Cancels)> Distributed(int sumAt)
    {
        Factor sum = Factors[sumAt];
        foreach ((Formula term, bool isNegative) in FormulaFraction.Terms(sum.Base))
        {
            FormulaFactors product = new(pass);
            product.Multiply(term, Rational.One);
            bool cancels = product.Factors.Any(f => Factors.Any(other => other.Key == f.Key && other.Exponent.Sign == -f.Exponent.Sign));
            foreach (Factor factor in Factors)
            {
                product.Collect(factor.Base, factor.Key == sum.Key ? factor.Exponent - 1 : factor.Exponent);
            }

            _ = product.Factors;
            yield return (product, isNegative ? -product.TakeNumber() : product.TakeNumber(), cancels);
        }
    }

    /// <summary>What is left of the product: factors that did not cancel.</summary>
    public IReadOnlyList<Factor> Factors
    {
        get
        {
            if (!_isSettled)
            {
                SettleRoots();
                JoinRoots();
                SettleCases();
                _factors.RemoveAll(f => f.Exponent.Sign == 0 && f.Exponent.IsFinite);
                _places.Clear();
                for (int i = 0; i < _factors.Count; i++)
                {
                    _places.Add(_factors[i].Key, i);
                }

                _isSettled = true;
            }

            return _factors;
        }
    }

    // Two roots of x are x; what is left of a root joins the powers of x.
    private void SettleRoots()
    {
        for (int i = 0; i < _factors.Count; i++)
        {
            if (_factors[i] is { Base: Formula.Call { Function: "sqrt", Arguments: [var x] }, Exponent: { IsInteger: true } roots } && roots.Sign != 0)
            {
                BigInteger whole = BigInteger.Divide(roots.Numerator, 2);
                Rational left = roots - (2 * whole);
                _factors[i] = _factors[i] with { Exponent = left };
                if (!whole.IsZero)
                {
                    Multiply(x, whole);
                }

                if (left.Sign != 0 && _places.TryGetValue(KeyOf(x), out int at) && _factors[at].Exponent.Sign != 0)
                {
                    Rational power = _factors[at].Exponent + (left / 2);
                    bool isRoot = power == new Rational(1, 2) || power == new Rational(-1, 2);
                    _factors[at] = _factors[at] with { Exponent = isRoot ? Rational.Zero : power };
                    _factors[i] = _factors[i] with { Exponent = isRoot ? 2 * power : Rational.Zero };
                }
            }
        }
    }

    // The root of 2 and the root of pi are the root of 2*pi.
    private void JoinRoots()
    {
        for (int i = 0; i < _factors.Count; i++)
        {
            int other = IsRootOfNumber(_factors[i]) ? _factors.FindIndex(i + 1, f => IsRootOfNumber(f) && f.Exponent == _factors[i].Exponent) : -1;
            if (other >= 0)
            {
                FormulaFactors product = new(pass);
                product.Multiply(((Formula.Call)_factors[i].Base).Arguments[0], Rational.One);
                product.Multiply(((Formula.Call)_factors[other].Base).Arguments[0], Rational.One);
                Formula root = pass.Known(new Formula.Call("sqrt", [product.ToFormula()]));
                _factors[i] = new Factor(root, FormulaText.Print(root), _factors[i].Exponent);
                _factors[other] = _factors[other] with { Exponent = Rational.Zero };
            }
        }
    }

    private static bool IsRootOfNumber(Factor factor) => factor is { Base: Formula.Call { Function: "sqrt", Arguments: [Formula.Number] } } && (factor.Exponent == Rational.One || factor.Exponent == -1);

    // Choices by one condition are one choice: the square of where(z > 0, 1, 0) is itself.
    private void SettleCases()
    {
        foreach (IGrouping<string, int> group in Enumerable.Range(0, _factors.Count)
            .Where(i => FormulaCases.Of(_factors[i].Base) is not null && _factors[i].Exponent is { IsInteger: true, Sign: > 0 } power && power <= LargestPower)
            .GroupBy(i => FormulaText.Print(FormulaCases.Of(_factors[i].Base)!.Value.Condition)).ToList())
        {
            int first = group.First();
            if (!group.Skip(1).Any() && _factors[first].Exponent == Rational.One)
            {
                continue;
            }

            FormulaFactors a = new(pass);
            FormulaFactors b = new(pass);
            foreach (int i in group)
            {
                a.Multiply(FormulaCases.Of(_factors[i].Base)!.Value.A, _factors[i].Exponent);
                b.Multiply(FormulaCases.Of(_factors[i].Base)!.Value.B, _factors[i].Exponent);
            }

            Formula merged = FormulaCases.Where(FormulaCases.Of(_factors[first].Base)!.Value.Condition, a.ToFormula(), b.ToFormula());
            if (FormulaText.Print(merged).Length <= group.Sum(i => _factors[i].Key.Length + (_factors[i].Exponent == Rational.One ? 1 : 3)))
            {
                foreach (int i in group)
                {
                    _factors[i] = _factors[i] with { Exponent = Rational.Zero };
                }

                _factors.Add(new Factor(pass.Known(merged), FormulaText.Print(merged), Rational.One));
            }
        }

        // relu(z) times what holds where z > 0: it is 0 elsewhere anyway.
        for (int i = 0; i < _factors.Count; i++)
        {
            if (_factors[i].Exponent == Rational.One
                && FormulaCases.Of(_factors[i].Base) is (Formula.Infix { Operator: ">", Left: var z, Right: Formula.Number { Value.Sign: 0 } }, var a, Formula.Number { Value.Sign: 0 })
                && _places.TryGetValue($"relu({FormulaText.Print(z)})", out int relu) && _factors[relu].Exponent.Sign > 0)
            {
                _factors[i] = _factors[i] with { Exponent = Rational.Zero };
                Multiply(a, Rational.One);
            }
        }

        // A choice that became equal to another factor joins it.
        foreach (IGrouping<string, int> same in Enumerable.Range(0, _factors.Count).GroupBy(i => _factors[i].Key).Where(g => g.Skip(1).Any()).ToList())
        {
            Rational sum = same.Aggregate(Rational.Zero, (s, i) => s + _factors[i].Exponent);
            foreach (int i in same)
            {
                _factors[i] = _factors[i] with { Exponent = i == same.First() ? sum : Rational.Zero, Key = i == same.First() ? _factors[i].Key : $"{_factors[i].Key} {i}" };
            }
        }
    }

    /// <summary>Takes the number out of the product, and tells it.</summary>
    public Rational TakeNumber()
    {
        _ = Factors; // two roots of 2 are a 2 of the number
        Rational number = _number;
        _number = Rational.One;
        return number;
    }

    /// <summary>The sum that the product is; null where it is more or anything else.</summary>
    public Formula? Sum => Factors is [{ Base: Formula.Infix { Operator: "+" or "-" } sum, Exponent: var exponent }] && exponent == Rational.One ? sum : null;

    /// <summary>The condition of the one choice among the factors; null where there is none, or more.</summary>
    public Formula? Condition => ChoiceAt() is >= 0 and var at ? FormulaCases.Of(Factors[at].Base)!.Value.Condition : null;

    /// <summary>The factors but for numbers with a name, such as pi.</summary>
    public IEnumerable<Factor> Variable => Factors.Where(f => f.Base is not Formula.Number);

    /// <summary>Whether the product is a power of one name, or nothing but a number.</summary>
    public bool IsPowerOfName => Variable.Take(2).ToArray() is [] or [{ Base: Formula.Symbol, Exponent: { IsInteger: true, Sign: > 0 } }];

    /// <summary>The exponents' sum.</summary>
    public Rational Degree => Variable.Aggregate(Rational.Zero, (sum, f) => sum + f.Exponent);

    /// <summary>Whether anything but a number stands below a fraction line.</summary>
    public bool IsQuotient => Factors.Any(f => f.Exponent.Sign < 0 && f.Base is not Formula.Call { Function: "exp" });

    /// <summary>The product in one of the two cases of its choice.</summary>
    public Formula InCase(bool holds)
    {
        int at = ChoiceAt();
        FormulaFactors product = new(pass);
        for (int i = 0; i < Factors.Count; i++)
        {
            (Formula, Formula A, Formula B)? choice = i == at ? FormulaCases.Of(Factors[i].Base) : null;
            if (choice is { } parts)
            {
                product.Multiply(holds ? parts.A : parts.B, Rational.One);
            }
            else
            {
                product.Collect(Factors[i].Base, Factors[i].Exponent);
            }
        }

        return product.ToFormula();
    }

    private int ChoiceAt()
    {
        int[] choices = [.. Enumerable.Range(0, Factors.Count).Where(i => FormulaCases.Of(Factors[i].Base) is not null)];
        return choices is [var only] && Factors[only].Exponent == Rational.One ? only : -1;
    }

    /// <summary>The factors that all products have, each to the power that all have.</summary>
    public static Factor[] Common(IReadOnlyList<FormulaFactors> products)
    {
        List<Factor> common = [];
        foreach (Factor factor in products[0].Factors)
        {
            Rational[] powers = [.. products.Select(p => p.Factors.Where(f => f.Key == factor.Key).Select(f => f.Exponent).DefaultIfEmpty(Rational.Zero).First())];
            if (powers.All(p => p.IsFinite && p.Sign == powers[0].Sign && (p - powers[0]).IsInteger))
            {
                // A common denominator is the largest; of powers that are not counted the smallest is common.
                bool largest = powers[0].Sign < 0 && factor.Base is not (Formula.Power or Formula.Call { Function: "exp" });
                Rational power = powers.MinBy(p => (p.Sign < 0 && !largest ? -p : p).ToDouble());
                common.Add(factor with { Exponent = power });
            }
        }

        return [.. common];
    }

    /// <summary>Whether the product is nothing but these factors.</summary>
    public bool Is(IReadOnlyList<Factor> factors) => Factors.Count == factors.Count && factors.All(Factors.Contains);

    /// <summary>The product without some of its factors; its number is left out.</summary>
    public FormulaFactors Without(IReadOnlyList<Factor> factors)
    {
        FormulaFactors rest = new(pass);
        foreach (Factor factor in Factors.Concat(factors.Select(f => f with { Exponent = -f.Exponent })))
        {
            rest.Collect(factor.Base, factor.Exponent);
        }

        return rest;
    }

    /// <summary>The product.</summary>
    public Formula ToFormula() => ToFormula(Rational.One);

    /// <summary>The product with a number in front.</summary>
    public Formula ToFormula(Rational number)
    {
        IReadOnlyList<Factor> factors = Factors; // may change the number
        return FormulaFraction.Write(pass, _number * number, factors);
    }
}
