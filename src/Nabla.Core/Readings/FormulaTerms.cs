using System.Numerics;

namespace Nabla;

/// <summary>A sum being collected: each term without its number, and the number.</summary>
internal sealed class FormulaTerms(TidyPass pass)
{
    private readonly List<(FormulaFactors Term, Rational Number)> _terms = [];
    private readonly Dictionary<string, int> _places = [];
    private bool _isExpanded;
    private bool _met;

    // Multiplying out more than this is not what a reader would do.
    private const int MostExpanded = 40;

    public void Add(Formula formula, Rational times)
    {
        Stack<(Formula Formula, Rational Times)> open = new([(formula, times)]);
        while (open.TryPop(out (Formula Formula, Rational Times) at))
        {
            switch (at.Formula)
            {
                case Formula.Infix { Operator: "+" or "-" } sum:
                    open.Push((sum.Right, sum.Operator == "+" ? at.Times : -at.Times));
                    open.Push((sum.Left, at.Times));
                    break;
                case Formula.Prefix { Operator: "-" } minus:
                    open.Push((minus.Operand, -at.Times));
                    break;
                default:
                    FormulaFactors factors = new(pass);
                    factors.Multiply(at.Formula, Rational.One);
                    Rational number = factors.TakeNumber() * at.Times;
                    if (factors.Sum is { } inner && (number == Rational.One || number == -1))
                    {
                        open.Push((inner, number));
                    }
                    else
                    {
                        Collect(factors, number);
                    }

                    break;
            }
        }
    }

    private void Collect(FormulaFactors term, Rational number)
    {
        string key = term.Key;
        if (_places.TryGetValue(key, out int at))
        {
            _met = true;
            _terms[at] = (_terms[at].Term, _terms[at].Number + number);
        }
        else
        {
            _places.Add(key, _terms.Count);
            _terms.Add((term, number));
        }
    }

    public Formula ToFormula()
    {
        MergeCases();
        _terms.RemoveAll(t => t.Number.Sign == 0 && t.Number.IsFinite);
        if (_terms.Count < 2)
        {
            return Written(_terms);
        }

        Formula plain = Written(Ordered());
        Formula shorter = Factored() is { } factored && Length(factored) <= Length(plain) ? factored : plain;
        return Expanded() is { } expanded && Length(expanded) < Length(shorter) ? expanded : shorter;
    }

    private static int Length(Formula formula) => FormulaText.Print(formula).Length;

    // Multiplied out, where terms then meet or cancel: x*(x + 1) - x^2 is x.
    private Formula? Expanded()
    {
        if (_isExpanded || _terms.Count > MostExpanded || _terms.All(t => t.Term.SumAt < 0) || _terms.Any(t => !t.Number.IsFinite))
        {
            return null;
        }

        FormulaTerms all = new(pass) { _isExpanded = true };
        Queue<(FormulaFactors Term, Rational Number)> open = new(_terms);
        for (int made = 0; open.TryDequeue(out (FormulaFactors Term, Rational Number) at); made++)
        {
            if (at.Term.SumAt < 0)
            {
                all.Collect(at.Term, at.Number);
                continue;
            }

            foreach ((FormulaFactors term, Rational number, bool _) in at.Term.Distributed(at.Term.SumAt))
            {
                open.Enqueue((term, number * at.Number));
            }

            if (made > MostExpanded)
            {
                return null;
            }
        }

        return all._terms.Count > 0 && all._met ? all.ToFormula() : null;
    }

    private static Formula Written(IEnumerable<(FormulaFactors Term, Rational Number)> terms)
    {
        Formula? sum = null;
        foreach ((FormulaFactors term, Rational number) in terms)
        {
            Rational size = sum is not null && number.Sign < 0 ? -number : number;
            Formula signed = term.ToFormula(size);
            sum = sum is null ? signed : new Formula.Infix(number.Sign < 0 ? "-" : "+", sum, signed);
        }

        return sum ?? new Formula.Number(0);
    }

    // Choices by one condition become one choice: where(c, a, 0) + where(c, 0, b) is where(c, a, b).
    private void MergeCases()
    {
        Dictionary<string, (Formula Condition, List<(int At, bool Holds)> Terms)> groups = [];
        for (int i = 0; i < _terms.Count; i++)
        {
            if (_terms[i].Term.Condition is { } condition)
            {
                string opposite = FormulaText.Print(FormulaCases.Not(condition));
                string key = FormulaText.Print(condition);
                bool holds = !groups.ContainsKey(opposite);
                groups.TryAdd(holds ? key : opposite, (condition, []));
                groups[holds ? key : opposite].Terms.Add((i, holds));
            }
        }

        foreach ((Formula condition, List<(int At, bool Holds)> group) in groups.Values.Where(g => g.Terms.Count > 1))
        {
            Formula apart = Written(group.Select(t => _terms[t.At]));
            Formula a = pass.Sum(group.Select(t => (_terms[t.At].Term.InCase(t.Holds), _terms[t.At].Number)));
            Formula b = pass.Sum(group.Select(t => (_terms[t.At].Term.InCase(!t.Holds), _terms[t.At].Number)));
            Formula opposite = FormulaCases.Not(condition);
            Formula merged = FormulaCases.IsPositive(opposite) && !FormulaCases.IsPositive(condition) ? FormulaCases.Where(opposite, b, a) : FormulaCases.Where(condition, a, b);
            if (FormulaText.Print(merged).Length <= FormulaText.Print(apart).Length)
            {
                FormulaFactors one = new(pass);
                one.Multiply(pass.Known(merged), Rational.One);
                Rational number = one.TakeNumber();
                foreach ((int at, bool _) in group)
                {
                    _terms[at] = at == group[0].At ? (one, number) : (_terms[at].Term, Rational.Zero);
                }
            }
        }
    }

    // A polynomial in one name by descending powers; else as it came, but a - b rather than -b + a.
    private IEnumerable<(FormulaFactors Term, Rational Number)> Ordered()
    {
        (FormulaFactors Term, Rational Number)[] ordered = [.. _terms];
        if (_terms.All(t => t.Term.IsPowerOfName) && _terms.SelectMany(t => t.Term.Variable.Select(f => f.Key)).Distinct().Count() == 1)
        {
            ordered = [.. _terms.OrderByDescending(t => t.Term.Degree.ToDouble())];
        }

        return ordered is [var first, var second] && first.Number.Sign < 0 && second.Number.Sign > 0 && !(first.Term.IsQuotient && second.Term.IsQuotient) ? [second, first] : ordered;
    }

    // Common factors in front, the 1 that is left of a term last: x^x*(log(x) + 1).
    private Formula? Factored()
    {
        FormulaFactors.Factor[] common = FormulaFactors.Common([.. _terms.Select(t => t.Term)]);
        if ((common.All(c => c is { Base: Formula.Symbol or Formula.Number, Exponent.Sign: > 0 }) && !IsError(common)) || _terms.Any(t => !t.Number.IsFinite))
        {
            return null; // polynomials stay sums
        }

        Rational number = CommonDivisor(_terms.Select(t => t.Number));
        FormulaTerms inner = new(pass);
        foreach ((FormulaFactors term, Rational times) in _terms.OrderBy(t => t.Number.Sign > 0 && t.Term.Is(common) ? 1 : 0))
        {
            FormulaFactors rest = term.Without(common);
            if (rest.Sum is { } sum)
            {
                inner.Add(sum, times / number);
            }
            else
            {
                inner.Collect(rest, times / number);
            }
        }

        FormulaFactors product = new(pass);
        product.Multiply(pass.Known(inner.ToFormula()), Rational.One);
        foreach (FormulaFactors.Factor factor in common)
        {
            product.Collect(factor.Base, factor.Exponent);
        }

        return product.ToFormula(number * product.TakeNumber());
    }

    // x*(sigmoid(z) - y), as gradients are known: the input times what an output is off by. Other sums of products stay sums.
    private bool IsError(FormulaFactors.Factor[] common) => common.Length > 0
        && _terms is [var a, var b] && (a.Number == -b.Number)
        && _terms.All(t => t.Term.Without(common).Factors is [{ Exponent: var power }] && power == Rational.One)
        && _terms.Any(t => t.Term.Factors.Any(f => f.Base is Formula.Call));

    // The largest number that all are whole multiples of; negative where all are.
    private static Rational CommonDivisor(IEnumerable<Rational> numbers)
    {
        Rational[] all = [.. numbers];
        BigInteger top = all.Aggregate(BigInteger.Zero, (divisor, n) => BigInteger.GreatestCommonDivisor(divisor, n.Numerator));
        BigInteger bottom = all.Aggregate(BigInteger.One, (multiple, n) => multiple / BigInteger.GreatestCommonDivisor(multiple, n.Denominator) * n.Denominator);
        return new Rational(all.All(n => n.Sign < 0) ? -top : top, bottom);
    }
}
